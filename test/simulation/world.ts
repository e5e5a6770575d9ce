import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDice, type Dice } from './dice.ts'
import type { Facts } from './facts.ts'
import type { Matching, Trouble, Who } from './move.ts'
import { createSimulatedCluster, epoch, type SimulatedCluster } from './simulated-cluster.ts'
import {
  createSimulatedNetwork,
  type Fate,
  type PlainRequest,
  type SimulatedNetwork,
} from './simulated-network.ts'
import { newHome, startOperator, type Home, type Operator } from './simulated-operator.ts'
import { services } from './simulated-scenario.ts'
import { createSimulatedTime, type SimulatedTime } from './simulated-time.ts'

export const names = ['ann', 'ben', 'cai'] as const

/** A cluster, its network, and three people with an application each: the first two share one installation. */
export type World = {
  readonly time: SimulatedTime
  readonly cluster: SimulatedCluster
  readonly network: SimulatedNetwork
  readonly facts: Facts
  readonly dice: Dice
  /** Whoever can be asked for something now. */
  operator(who: Who): Operator | undefined
  /** Somebody's machine sleeps, and wakes again: what they know nobody can be asked for now. */
  isAnyAsleep(): boolean
  open(who: Who): Promise<void>
  kill(who: Who): void
  trouble(
    who: Who,
    which: { readonly matching: Matching; readonly what: Trouble; readonly requests: number },
  ): void
  /** Every other request meets an API server whose clock differs by so much. */
  skew(ms: number): void
  requestId(): string
  /** From now on nothing goes wrong any more. */
  calm(): void
  close(): void
}

type Rule = { readonly who: string; readonly matching: Matching; readonly what: Trouble; left: number }

export function createWorld(seed: number): World {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-simulated-'))
  const dice = createDice(seed)
  const ways = dice.apart('ways')
  const time = createSimulatedTime()
  const facts: Facts = {
    writes: [],
    asked: [],
    journaled: [],
    renewed: [],
    untrue: [],
    moments: [],
    restarts: [],
    moves: [],
    faults: [],
  }
  const cluster = createSimulatedCluster(seed, time, facts)
  const operators = new Map<Who, Operator>()
  const pids = new Map<number, Operator>()
  const homes: Readonly<Record<Who, Home>> = shareHomes(folder)
  let rules: Rule[] = []
  let starts = 0
  let requests = 0

  function fateOf(request: PlainRequest): Fate {
    const way = { there: 1 + ways.below(15), back: 1 + ways.below(15) }
    const rule = rules.find((one) => one.who === request.from && one.left > 0 && fits(one.matching, request))
    if (rule === undefined) return { ...way, what: 'answered' }
    rule.left -= 1
    return fateBy(rule.what, way)
  }

  const network = createSimulatedNetwork({
    time,
    answer: cluster.answer,
    fateOf,
    date: () => new Date(cluster.now()).toUTCString(),
  })

  return {
    time,
    cluster,
    network,
    facts,
    dice,
    operator: (who) => {
      const found = operators.get(who)
      return found?.alive() === true && found.awake() ? found : undefined
    },
    isAnyAsleep: () => [...operators.values()].some((one) => one.alive() && !one.awake()),
    async open(who) {
      if (operators.get(who)?.alive() === true) return
      starts += 1
      const pid = 100 + starts
      const name = names[who]
      const operator = await startOperator({
        name,
        home: homes[who],
        time,
        dice: dice.apart(`${name}/${starts}`),
        network,
        services,
        pid,
        isAlive: (other) => pids.get(other)?.alive() === true,
        epoch,
      })
      operators.set(who, operator)
      pids.set(pid, operator)
    },
    kill: (who) => operators.get(who)?.kill(),
    trouble(who, { matching, what, requests }) {
      rules.push({ who: names[who], matching, what, left: requests })
    },
    skew: (ms) => cluster.skew(ms),
    requestId() {
      requests += 1
      return `request-${requests}`
    },
    calm() {
      rules = []
      cluster.calm()
    },
    close() {
      for (const operator of operators.values()) operator.kill()
      network.close()
      cluster.training.hooks.plane.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function shareHomes(folder: string): Readonly<Record<Who, Home>> {
  const shared = newHome(join(folder, 'one'), 'install-one')
  return { 0: shared, 1: shared, 2: newHome(join(folder, 'two'), 'install-two') }
}

function fits(matching: Matching, { method, path }: PlainRequest): boolean {
  const isWatch = path.includes('watch=')
  const isLease = path.includes('/leases')
  switch (matching) {
    case 'any':
      return true
    case 'watch':
      return isWatch
    case 'lease':
      return isLease && !isWatch
    case 'read':
      return method === 'GET' && !isWatch
    case 'write':
      return method !== 'GET' && !isLease && !path.includes('dryRun=All')
  }
}

function fateBy(what: Trouble, way: { readonly there: number; readonly back: number }): Fate {
  switch (what.kind) {
    case 'lost':
      return { ...way, what: 'lost' }
    case 'unanswered':
      return { ...way, what: 'unanswered' }
    case 'silent':
      return { ...way, what: what.done ? 'unanswered' : 'lost', silent: true }
    case 'late':
      return { ...way, there: what.ms, what: 'answered' }
    case 'doubled':
      return { ...way, what: 'answered', again: what.ms }
    case 'refused':
      return { ...way, what: 'refused' }
    case 'status':
      return { ...way, what: 'answered', status: what.status }
  }
}
