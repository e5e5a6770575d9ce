import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { VerbName } from '../../shared/release/verbs.ts'
import { isOver } from '../../shared/release/standing.ts'
import type { Violation } from './facts.ts'
import type { Move, ServiceName } from './move.ts'
import { judgePictures } from './pictures.ts'
import { pressVerb } from './press.ts'
import { services } from './simulated-scenario.ts'
import { putWorldRight } from './stranger.ts'
import type { World } from './world.ts'

/** What a person tries in order to come to an end. Forward first: it says more about what was promised. */
const ways: readonly VerbName[] = [
  'take-over',
  'approve',
  'resume',
  'retry',
  'adopt',
  'restore',
  'skip',
  'roll-back',
  'stop',
]
const patienceMs = 40 * 60_000
const lookEveryMs = 20_000
const forwardForMs = 15 * 60_000
const goesByItselfMs = 5 * 60_000

/**
 * Nothing goes wrong any more, and one person wants every release to end: from any state some verb that is offered
 * leads there in bounded time. Ways that were tried in a state are not tried in it again before all others.
 */
export async function finish(world: World): Promise<readonly Violation[]> {
  world.calm()
  putWorldRight(world.cluster)
  // Also whoever was killed: where the record was deleted its own copy is all that is left.
  await world.open(0)
  await world.open(2)
  const found: Violation[] = []
  for (const service of services) found.push(...(await finishService(world, service)))
  // What was called done has to stay so.
  await world.time.runUntil(world.time.now() + 120_000)
  return found
}

async function finishService(world: World, service: ServiceName): Promise<readonly Violation[]> {
  const began = world.time.now()
  const tried = new Map<string, number>()
  const log: string[] = []
  while (world.time.now() - began < patienceMs) {
    await world.time.runUntil(world.time.now() + lookEveryMs)
    judgePictures(world)
    if (isEnded(world, service)) return []
    // Whoever drives it presses; a person who can't take it over asks for nothing.
    const who =
      everybody.find((one) => isDriving(world, one, service)) ??
      everybody.find((one) => seesUnfinished(world, one, service)) ??
      2
    const operator = world.operator(who)
    const view = operator?.shown(service).at(-1)
    if (operator === undefined || view?.release === undefined) continue
    // A way back that goes on by itself needs nobody; one that stands does.
    const since = world.time.now() - ((view.release.since ?? 0) - world.cluster.epoch)
    if (view.release.state === 'rolling-back' && since < goesByItselfMs) continue
    const state = stateOf(view)
    // Whoever has gone forward for so long, and sees no end, takes it back or stops it.
    const wanted = world.time.now() - began < forwardForMs ? ways : [...ways].reverse()
    const offered = wanted.flatMap(
      (name) => view.release?.verbs.filter((one) => one.verb === name && one.enabled) ?? [],
    )
    const verb = [...offered].sort(
      (a, b) => (tried.get(`${state}/${a.verb}`) ?? 0) - (tried.get(`${state}/${b.verb}`) ?? 0),
    )[0]
    if (verb === undefined || !isStill(view)) continue
    tried.set(`${state}/${verb.verb}`, (tried.get(`${state}/${verb.verb}`) ?? 0) + 1)
    const move: Move = {
      at: world.time.now(),
      kind: 'press',
      who,
      service,
      verb: verb.verb,
      stale: 0,
      times: 1,
    }
    log.push(`${state}: ${verb.verb}`)
    pressVerb(world, operator, { move, view, verb, stale: 0, window: 0 })
  }
  return [
    {
      rule: 'every state has a way out',
      at: world.time.now(),
      what: `${service} does not end: ${log.slice(-8).join('; ')} ${JSON.stringify(world.cluster.journals().find((one) => one.service === service)?.release.state)}`,
    },
  ]
}

const everybody = [0, 1, 2] as const

/**
 * In the cluster, and for everybody: without its record a release is known to the one who drove it alone, who may only
 * be asleep.
 */
function isEnded(world: World, service: ServiceName): boolean {
  const journal = world.cluster.journals().find((one) => one.service === service)
  if (journal !== undefined) return isOver(journal.release)
  return !world.isAnyAsleep() && !everybody.some((who) => seesUnfinished(world, who, service))
}

/** Also one that has ended, where something of it is left that whoever takes it over clears. */
function seesUnfinished(world: World, who: 0 | 1 | 2, service: ServiceName): boolean {
  const release = world.operator(who)?.shown(service).at(-1)?.release
  if (release === undefined) return false
  const isLeft = release.verbs.some((one) => one.verb === 'take-over' && one.enabled)
  return release.state !== 'ended' || isLeft
}

function isDriving(world: World, who: 0 | 1 | 2, service: ServiceName): boolean {
  return world.operator(who)?.shown(service).at(-1)?.release?.driving === true
}

/** Nothing goes on by itself: a person would act now. */
function isStill({ release, headline }: PipelineView): boolean {
  if (release === undefined) return false
  return release.state !== 'running' || headline.kind === 'release-approval' || !release.driving
}

function stateOf({ release, headline }: PipelineView): string {
  return `${release?.state ?? 'none'} ${headline.kind}`
}
