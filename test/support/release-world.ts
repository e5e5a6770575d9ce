import fc from 'fast-check'
import type { Freshness } from '../../shared/model/freshness.ts'
import { type VerbView } from '../../shared/view/verb-views.ts'
import { type SteeringVerb } from '../../shared/release/verbs.ts'
import { steeringVerbs } from '../../shared/release/verbs.ts'
import { releaseId, type Uid } from '../../shared/ids.ts'
import { command } from '../../shared/release/command.ts'
import { type ReleaseCommand } from '../../shared/release/command-context.ts'
import { decide } from '../../shared/release/decide.ts'
import type { FailurePolicy } from '../../shared/release/plan.ts'
import type { Change, Effect, EffectResult, Release, TemplateTarget } from '../../shared/release/release.ts'
import { settle } from '../../shared/release/settle/settle.ts'
import { isOver, isTouched, waitingStep } from '../../shared/release/standing.ts'
import { subjectOf } from '../../shared/release/verbs.ts'
import { templateDigest } from '../../shared/k8s/template-digest.ts'
import { verbViews } from '../../shared/view/verb-views.ts'
import { buildBatchSet, buildTemplate } from './build-batch.ts'
import { buildRelease, quickGates } from './build-release.ts'
import { createToyCluster, type ToyCluster } from './toy-cluster.ts'

/** What a history begins with. The numbers stand for batches. */
export type Beginning = {
  readonly change: Change['kind']
  /** Which steps ask for approval, and which are left out of the plan. */
  readonly asks: readonly boolean[]
  readonly leftOut: readonly boolean[]
  readonly sizes: readonly number[]
  readonly onFailure: FailurePolicy
  readonly mode: 'at-once' | 'batch-by-batch'
}

export type Turn =
  /** `hang`: the next write is given up without an answer; `fly`: what comes next comes before its answer. */
  | { readonly kind: 'look' | 'roll' | 'lose-answer' | 'supersede' | 'hang' | 'fly' | 'land' }
  | {
      readonly kind:
        | 'spoil'
        | 'heal'
        | 'foreign'
        | 'scale'
        | 'lose-pods'
        | 'pause-it'
        | 'recreate'
        | 'restart'
        | 'unselect'
        | 'select'
      readonly batch: number
    }
  | { readonly kind: 'wish'; readonly verb: SteeringVerb }

const desired = [1, 6, 4]
const live: Freshness = { kind: 'live' }

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  change: fc.constantFrom<Change['kind']>('image', 'image', 'restart', 'template', 'restore', 'none'),
  asks: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  leftOut: fc.tuple(fc.constant(false), fc.boolean(), fc.boolean()),
  sizes: fc.constantFrom(desired, desired, [2, 6, 4], [1, 9, 3]),
  onFailure: fc.constantFrom<FailurePolicy>(
    'pause',
    'pause',
    'roll-back-batch',
    'roll-back-all',
    'roll-back-batch-by-batch',
  ),
  mode: fc.constantFrom('at-once', 'batch-by-batch'),
})

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('look', 'roll').map((kind) => ({ kind }) as const) },
  { weight: 1, arbitrary: fc.constantFrom('lose-answer', 'supersede').map((kind) => ({ kind }) as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          ...([
            ...([
              'spoil',
              'heal',
              'foreign',
              'scale',
              'lose-pods',
              'pause-it',
              'recreate',
              'restart',
            ] as const),
            ...(['unselect', 'select'] as const),
          ] as const),
        ),
        fc.integer({ min: 1, max: 3 }),
      )
      .map(([kind, batch]) => ({ kind, batch }) as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<SteeringVerb>(...steeringVerbs, 'approve', 'approve', 'resume')
      .map((verb) => ({ kind: 'wish', verb }) as const),
  },
)
export const turns: fc.Arbitrary<readonly Turn[]> = fc.array(turn, { size: 'max', maxLength: 30 })

/** The same, where writes land after whoever sent them has given them up. */
export const lateTurns: fc.Arbitrary<readonly Turn[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: turn },
    {
      weight: 1,
      arbitrary: fc.constantFrom('hang', 'hang', 'fly', 'land').map((kind) => ({ kind }) as const),
    },
  ),
  { size: 'max', maxLength: 30 },
)

export type ReleaseWorld = {
  readonly cluster: ToyCluster
  readonly release: () => Release
  /** Every verb as the page would offer it now. */
  verbs(): readonly VerbView[]
  play(turn: Turn): void
  send(verb: VerbView): boolean
  /** Everything that was broken is whole again, and time passes until nothing moves by itself. */
  settleDown(): void
  fork(): ReleaseWorld
}

export function createReleaseWorld(beginning: Beginning): ReleaseWorld {
  const cluster = createToyCluster(desired)
  const release = begin(beginning, cluster)
  return world({ cluster, release, now: 1000, next: 'answered', foreign: 0, late: [] })
}

type State = {
  cluster: ToyCluster
  release: Release
  now: number
  /** What becomes of the next write. */
  next: 'answered' | 'lost' | 'hanging' | 'flying'
  foreign: number
  late: readonly Late[]
}

/** A write that may still land, with the generation that it names. */
type Late = { readonly effect: Effect; readonly generation: number }

function world(start: State): ReleaseWorld {
  const state = { ...start }
  const observed = () => ({ freshness: live, service: true, batches: state.cluster.batches() })

  function look(): boolean {
    const decision = decide(state.release, observed(), state.now)
    const moved = decision.release !== state.release || decision.effects.length > 0
    state.release = decision.release
    for (const effect of decision.effects) {
      const result = send(effect)
      if (result !== undefined) state.release = settle(state.release, effect, { result, now: state.now })
    }
    return moved
  }

  function send(effect: Effect): EffectResult | undefined {
    const { next, cluster } = state
    state.next = 'answered'
    if (next === 'answered') return cluster.apply(effect)
    if (next === 'lost') cluster.apply(effect)
    else {
      const generation = cluster.batches().find((one) => one.uid === effect.batch)?.generation
      if (generation !== undefined) state.late = [...state.late, { effect, generation }]
    }
    return next === 'flying' ? undefined : { kind: 'unknown', message: 'reset' }
  }

  function land(): void {
    for (const { effect, generation } of state.late) {
      const batch = state.cluster.batches().find((one) => one.uid === effect.batch)
      if (batch?.generation === generation) state.cluster.apply(effect)
    }
    state.late = []
  }

  function give(wish: ReleaseCommand): boolean {
    const reply = command(state.release, wish, { observed: observed(), by: 'li.wei', now: state.now })
    if (reply.ok) state.release = reply.value
    return reply.ok
  }

  function supersede(): void {
    const { release } = state
    if (release.state.kind === 'ended' || release.change.kind === 'restore') return
    const all = state.cluster.batches()
    const selected = all.filter((batch) => batch.unselected !== true)
    if (selected.length === 0) return
    // What the Service does not select is no batch of what begins now, but where something was done, or may still land:
    // the application sees such writes out first.
    const mayLand = (uid: Uid): boolean => state.late.some(({ effect }) => effect.batch === uid)
    const left = release.batches.filter(
      (own) => isTouched(own) || own.freeze !== undefined || mayLand(own.uid),
    )
    const set = buildBatchSet(
      all.filter((batch) => selected.includes(batch) || left.some(({ uid }) => uid === batch.uid)),
    )
    const image = 'registry.example/app-cloud/demo:20190301'
    state.release = buildRelease(set, {
      id: releaseId('r2'),
      now: state.now,
      images: set.batches.map((batch) => ({ batch: batch.uid, container: 'demo-aone', image })),
      supersede: { release, from: 'canary' },
    })
  }

  return {
    cluster: state.cluster,
    release: () => state.release,
    verbs: () =>
      verbViews(state.release, {
        set: buildBatchSet(state.cluster.batches()),
        freshness: live,
        lock: { kind: 'mine' },
        driving: true,
      }),
    play(turn) {
      const { cluster } = state
      switch (turn.kind) {
        case 'look':
          look()
          return
        case 'roll':
          cluster.progress()
          look()
          state.now += 11_000
          return
        case 'lose-answer':
          state.next = 'lost'
          return
        case 'hang':
          state.next = 'hanging'
          return
        case 'fly':
          state.next = 'flying'
          return
        case 'land':
          land()
          return
        case 'supersede':
          supersede()
          return
        case 'spoil':
          cluster.spoil(turn.batch, 'ImagePullBackOff')
          return
        case 'heal':
          cluster.heal(turn.batch)
          return
        case 'foreign':
          cluster.setImage(turn.batch, `registry.example/other:${++state.foreign}`)
          return
        case 'scale':
          cluster.scale(turn.batch, 8)
          return
        case 'lose-pods':
          cluster.losePods(turn.batch, 1)
          return
        case 'pause-it':
          cluster.pauseIt(turn.batch)
          return
        case 'recreate':
          cluster.recreate(turn.batch)
          return
        case 'unselect':
        case 'select':
          cluster.select(turn.batch, turn.kind === 'select')
          return
        case 'restart':
          cluster.restartPods(turn.batch)
          return
        case 'wish': {
          const wish = wishOf(turn.verb, state.release)
          if (wish !== undefined) give(wish)
          return
        }
      }
    },
    send({ verb, step, batch }) {
      const wish = wishOf(verb as SteeringVerb, state.release)
      if (wish === undefined) return false
      if (wish.kind === 'approve' && wish.step !== step) return false
      if ('batch' in wish && wish.batch !== batch) return false
      return give(wish)
    },
    settleDown() {
      state.next = 'answered'
      for (const number of [1, 2, 3]) {
        state.cluster.heal(number)
        state.cluster.select(number, true)
      }
      for (let still = 0, round = 0; still < 4 && round < 200; round++) {
        state.cluster.progress()
        const moved = look()
        still = moved || !isQuiet(state.release) ? 0 : still + 1
        state.now += 31_000
      }
    },
    fork: () => world({ ...state, cluster: state.cluster.fork() }),
  }
}

/** A write whose answer was lost is tried again after a while: until then nothing seems to move. */
function isQuiet(release: Release): boolean {
  return (
    isOver(release) ||
    release.batches.every(({ freeze }) => freeze?.sent !== false || freeze.stuck !== undefined)
  )
}

/** What the button of a verb sends. */
function wishOf(verb: SteeringVerb, release: Release): ReleaseCommand | undefined {
  switch (verb) {
    case 'approve': {
      const step = waitingStep(release)
      return step === undefined ? undefined : { kind: 'approve', step }
    }
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore': {
      const batch = subjectOf(verb, release)
      return batch === undefined ? undefined : { kind: verb, batch }
    }
    case 'roll-back':
      return { kind: 'roll-back', mode: 'at-once', batches: release.batches.map((own) => own.uid) }
    default:
      return { kind: verb }
  }
}

function begin(beginning: Beginning, cluster: ToyCluster): Release {
  const set = buildBatchSet(cluster.batches())
  const kind = beginning.change
  const sizes = kind === 'none' ? [2, 9, 3] : beginning.sizes
  const resizes = kind !== 'restore'
  return buildRelease(set, {
    change: changeOf(kind),
    ...((kind === 'template' || kind === 'restore') && {
      targets: new Map(set.batches.map((batch) => [batch.uid, targetOf()])),
    }),
    mode: beginning.mode,
    onFailure: beginning.onFailure,
    sizes: resizes
      ? set.batches.map((batch, index) => ({ batch: batch.uid, from: batch.desired, to: sizes[index] ?? 0 }))
      : [],
    steps: set.batches.map((batch, index) => ({
      batch: batch.uid,
      gates: { ...quickGates, approval: beginning.asks[index] ?? false },
      leftOut: kind !== 'none' && (beginning.leftOut[index] ?? false),
    })),
  })
}

function changeOf(kind: Change['kind']): Change {
  return kind === 'restart' ? { kind, at: 1000 } : { kind }
}

function targetOf(): TemplateTarget {
  const template = buildTemplate('registry.example/app-cloud/demo:20180101')
  return { template, digest: templateDigest(template) }
}
