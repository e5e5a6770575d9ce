import { type VerbName } from '../../shared/release/verbs.ts'
import { steeringVerbs } from '../../shared/release/verbs.ts'
import type { Dice } from './dice.ts'
import type { Draft, History, Move, ServiceName, StrangeAct, Trouble, Who, WildVerb } from './move.ts'

/** How often a verb is pressed beside the others: a verb that is new is played too. */
const weights: Partial<Record<VerbName, number>> = { approve: 3, resume: 2, 'roll-back': 2, freeze: 2 }
const verbs: readonly VerbName[] = [...steeringVerbs, 'take-over' as const].flatMap((verb) =>
  Array<VerbName>(weights[verb] ?? 1).fill(verb),
)
const acts: readonly [StrangeAct, ...StrangeAct[]] = [
  'image',
  'template',
  'scale',
  'pause',
  'unpause',
  'delete',
  'recreate',
  'selector',
  'annotate',
  'kill-pods',
  'evict-pods',
  'restart',
  'undo',
  'add-batch',
  'remove-batch',
  'service-delete',
  'service-recreate',
  'quota',
  'no-quota',
  'autoscale',
]
const wildVerbs: readonly [WildVerb, ...WildVerb[]] = [
  ...steeringVerbs,
  'take-over',
  'ask-pause',
  'ask-stop',
  'forget',
]
const whos: readonly [Who, ...Who[]] = [0, 0, 0, 1, 2]
const places: readonly [ServiceName, ...ServiceName[]] = ['web', 'web', 'web', 'web', 'web-headless', 'side']

type Kind = Move extends infer M ? (M extends Move ? Omit<M, 'at'> : never) : never
type KindName = Kind['kind']

/**
 * How often each kind of move comes in one history. Drawn anew for each, with many at zero: histories that do a few
 * things often reach what a mixture of everything never reaches (swarm testing, Groce et al. 2012).
 */
type Swarm = {
  readonly kinds: readonly KindName[]
  readonly verbs: readonly VerbName[]
  readonly acts: readonly StrangeAct[]
  readonly troubles: readonly Trouble['kind'][]
  readonly pace: number
  readonly whos: readonly [Who, ...Who[]]
}

const kinds: Readonly<Record<KindName, number>> = {
  press: 12,
  start: 3,
  strange: 3,
  trouble: 5,
  'cut-watches': 1,
  'forget-history': 1,
  kill: 2,
  open: 2,
  jump: 1,
  lease: 1,
  send: 4,
  plan: 2,
  'go-back': 1,
  webhook: 1,
  sleep: 1,
  skew: 1,
}
const troubles = ['lost', 'unanswered', 'silent', 'late', 'doubled', 'refused', 'status'] as const

function swarmBy(dice: Dice): Swarm {
  const some = <T>(all: readonly T[], share: number): readonly T[] => {
    const chosen = all.filter(() => dice.chance(share))
    return chosen.length === 0 ? [dice.anyOf(all)].filter((one) => one !== undefined) : chosen
  }
  const names = Object.keys(kinds) as KindName[]
  const chosen = new Set<KindName>(['press', ...some(names, 0.5)])
  return {
    kinds: names
      .filter((name) => chosen.has(name))
      .flatMap((name) => Array<KindName>(kinds[name]).fill(name)),
    verbs: [...some(verbs, 0.5), ...(dice.chance(0.7) ? (['roll-back', 'approve'] as const) : [])],
    acts: some(acts, 0.3),
    troubles: some(troubles, 0.4),
    pace: dice.pick([300, 1_500, 6_000, 15_000]),
    whos: dice.pick([[0], [0], [0, 0, 1], [0, 0, 2], whos] as const),
  }
}

/** A plan of the world's moves from one seed. Where a move makes no sense once its time comes, it does nothing. */
export function planHistory(seed: number, dice: Dice): History {
  const swarm = swarmBy(dice)
  const length = 6 + dice.below(24)
  const moves: Move[] = [{ at: 3_000, kind: 'start', who: 0, service: 'web', draft: draftBy(dice) }]
  let at = 3_000 + dice.below(4_000)
  for (let count = 0; count < length; count++) {
    moves.push({ at, ...moveBy(dice, swarm) })
    at += dice.chance(0.1) ? 20_000 + dice.below(90_000) : dice.below(2 * swarm.pace)
  }
  return { seed, moves }
}

function moveBy(dice: Dice, swarm: Swarm): Kind {
  const who = dice.pick(swarm.whos)
  const service = dice.pick(places)
  switch (dice.anyOf(swarm.kinds) ?? 'press') {
    case 'press': {
      const stale = dice.chance(0.2) ? 1 + dice.below(6) : 0
      const verb = dice.anyOf(swarm.verbs) ?? 'approve'
      return { kind: 'press', who, service, verb, stale, times: dice.chance(0.15) ? 2 : 1 }
    }
    case 'start':
      return { kind: 'start', who, service, draft: draftBy(dice) }
    case 'send':
      return {
        kind: 'send',
        who,
        service,
        verb: dice.pick(wildVerbs),
        stale: dice.chance(0.3) ? 1 + dice.below(8) : 0,
        batch: dice.below(3),
        mode: dice.pick(['at-once', 'batch-by-batch']),
      }
    case 'plan':
      return { kind: 'plan', who, service, draft: draftBy(dice) }
    case 'go-back':
      return { kind: 'go-back', who, service, mode: dice.pick(['at-once', 'batch-by-batch']) }
    case 'webhook':
      return { kind: 'webhook', act: dice.pick(['deny', 'mutate']), writes: 1 + dice.below(6) }
    case 'sleep':
      return { kind: 'sleep', who, ms: dice.pick([5_000, 50_000, 70_000, 400_000]) }
    case 'skew':
      return { kind: 'skew', ms: dice.pick([-30_000, -3_000, 4_000, 30_000]) }
    case 'strange':
      return {
        kind: 'strange',
        act: dice.anyOf(swarm.acts) ?? 'image',
        batch: dice.below(3),
        number: dice.below(4),
      }
    case 'trouble': {
      const matching = dice.pick(['write', 'write', 'write', 'read', 'lease', 'watch', 'any'] as const)
      return {
        kind: 'trouble',
        who,
        matching,
        what: troubleBy(dice, swarm),
        requests: dice.pick([1, 1, 2, 3, 40]),
      }
    }
    case 'cut-watches':
      return { kind: 'cut-watches' }
    case 'forget-history':
      return { kind: 'forget-history' }
    case 'kill':
      return { kind: 'kill', who }
    case 'open':
      return { kind: 'open', who }
    case 'jump':
      return { kind: 'jump', who, ms: dice.pick([-3_600_000, -5_000, 7_000, 120_000]) }
    case 'lease':
      return { kind: 'lease', act: dice.pick(['delete', 'corrupt']), service }
  }
}

function draftBy(dice: Dice): Draft {
  return {
    change: dice.pick([
      'image',
      'image',
      'image',
      'bad-image',
      'slow-image',
      'restart',
      'template',
      'none',
    ] as const),
    tag: 2 + dice.below(4),
    approval: dice.chance(0.6),
    bakeSeconds: dice.pick([0, 2, 10]),
    tolerance: dice.chance(0.15) ? 1 : 0,
    onFailure: dice.pick(['pause', 'pause', 'roll-back-batch', 'roll-back-all', 'roll-back-batch-by-batch']),
    batchLimitSeconds: dice.pick([20, 60, 600]),
    ...(dice.chance(0.25) && { size: { batch: dice.below(3), by: dice.pick([-1, 1, 2]) } }),
    ...(dice.chance(0.5) && { over: dice.pick(['canary', 'rest'] as const) }),
    ...(dice.chance(0.15) && { leftOut: dice.below(3) }),
    waitForEnding: dice.chance(0.1),
    restartsAllowed: dice.chance(0.2) ? 2 : 0,
  }
}

function troubleBy(dice: Dice, swarm: Swarm): Trouble {
  switch (dice.anyOf(swarm.troubles) ?? 'late') {
    case 'lost':
      return { kind: 'lost' }
    case 'unanswered':
      return { kind: 'unanswered' }
    case 'silent':
      return { kind: 'silent', done: dice.chance(0.5) }
    case 'late':
      return { kind: 'late', ms: dice.pick([800, 5_000, 30_000, 59_000, 70_000, 90_000]) }
    case 'doubled':
      return { kind: 'doubled', ms: dice.pick([5, 500, 20_000]) }
    case 'refused':
      return { kind: 'refused' }
    case 'status':
      return { kind: 'status', status: dice.pick([409, 410, 422, 429, 500, 503]) }
  }
}
