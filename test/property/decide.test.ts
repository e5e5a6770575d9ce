import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from '../../shared/model/batch-set.ts'
import type { Freshness } from '../../shared/model/freshness.ts'
import { type SteeringVerb } from '../../shared/release/verbs.ts'
import { steeringVerbs } from '../../shared/release/verbs.ts'
import { command } from '../../shared/release/command.ts'
import { type ReleaseCommand } from '../../shared/release/command-context.ts'
import { decide } from '../../shared/release/decide.ts'
import { unwatched } from '../../shared/release/unwatched.ts'
import { isSeeingOut } from '../../shared/release/settle/in-doubt.ts'
import type { FailurePolicy } from '../../shared/release/plan.ts'
import type { Effect, Release, ReleaseBatch } from '../../shared/release/release.ts'
import { say } from '../../shared/words/say.ts'
import { settle } from '../../shared/release/settle/settle.ts'
import { isOver, isPassed, stepBefore, waitingStep } from '../../shared/release/standing.ts'
import { subjectOf } from '../../shared/release/verbs.ts'
import { pipelineView } from '../../shared/view/pipeline-view.ts'
import { connectionId } from '../../shared/ids.ts'
import { buildBatchSet } from '../support/build-batch.ts'
import { buildRelease } from '../support/build-release.ts'
import { createToyCluster } from '../support/toy-cluster.ts'

const live: Freshness = { kind: 'live' }
const stale: Freshness = { kind: 'stale', since: 0, why: { kind: 'words', words: 'the connection is gone' } }

type Step =
  | {
      readonly kind:
        'look' | 'look-late' | 'look-stale' | 'progress' | 'crash' | 'crash-after-write' | 'lose-answer'
    }
  | { readonly kind: 'wait'; readonly seconds: number }
  | {
      readonly kind:
        'spoil' | 'heal' | 'restart' | 'foreign' | 'scale' | 'lose-pods' | 'pause-it' | 'recreate'
      readonly batch: number
    }
  | { readonly kind: 'lose-service' | 'find-service' }
  | {
      readonly kind: 'command'
      readonly wish: Wish
    }

/** Every verb, the way back in each of its modes; going on is wished for more often, or nothing would get far. */
type Wish = Exclude<SteeringVerb, 'roll-back'> | 'back' | 'back-slowly'
const wishes: readonly Wish[] = [
  ...steeringVerbs.flatMap((verb): readonly Wish[] =>
    verb === 'roll-back' ? ['back', 'back-slowly'] : [verb],
  ),
  ...(['approve', 'approve', 'resume'] as const),
]

const plain = fc.constantFrom(
  ...([
    'look',
    'look',
    'progress',
    'look-late',
    'look-stale',
    'crash',
    'crash-after-write',
    'lose-answer',
  ] as const),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: plain.map((kind) => ({ kind })) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: -5, max: 30 }).map((seconds) => ({ kind: 'wait', seconds }) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          ...(['spoil', 'heal', 'restart', 'foreign', 'scale', 'lose-pods', 'pause-it', 'recreate'] as const),
        ),
        fc.integer({ min: 1, max: 3 }),
      )
      .map(([kind, batch]) => ({ kind, batch }) as const),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...wishes).map((wish) => ({ kind: 'command', wish }) as const),
  },
)
const service: fc.Arbitrary<Step> = fc.constantFrom('lose-service', 'find-service').map((kind) => ({ kind }))
const histories = fc.array(fc.oneof({ weight: 30, arbitrary: step }, { weight: 1, arbitrary: service }), {
  size: 'max',
  maxLength: 80,
})

type World = ReturnType<typeof createWorld>

/** The runner's loop on the toy cluster: what is journaled survives a crash, what is only in memory does not. */
function createWorld({ approval, onFailure = 'pause' }: Setting) {
  const cluster = createToyCluster([1, 6, 6])
  let release = buildRelease(buildBatchSet(cluster.batches()), {
    gates: { approval, bakeSeconds: 10 },
    onFailure,
  })
  let journaled = release
  let now = 1000
  let past: readonly Batch[] = cluster.batches()
  let loseNext = false
  let there = true
  const forward: { readonly batch: string; readonly release: Release; readonly freshness: Freshness }[] = []

  function look(freshness: Freshness, batches: readonly Batch[], dieAfterWrite = false): void {
    const decision = decide(release, { freshness, service: there, batches }, now)
    if (decision.wakeAt !== undefined) expect(decision.wakeAt).toBeGreaterThanOrEqual(now)
    const again = decide(release, { freshness, service: there, batches }, now)
    expect(again).toEqual(decision)
    journaled = decision.release
    release = decision.release
    for (const effect of decision.effects) run(effect, freshness, dieAfterWrite)
    show(batches)
  }

  function run(effect: Effect, freshness: Freshness, dieAfterWrite: boolean): void {
    if (isForward(effect)) forward.push({ batch: effect.batch, release, freshness })
    const result = cluster.apply(effect)
    if (dieAfterWrite) {
      release = journaled
      return
    }
    const known = loseNext ? ({ kind: 'unknown', message: 'reset' } as const) : result
    loseNext = false
    release = settle(release, effect, { result: known, now })
    journaled = release
  }

  /** Whatever state it is in, the page must be able to say it. */
  function show(batches: readonly Batch[]): void {
    const view = pipelineView({
      connection: connectionId('c'),
      set: buildBatchSet(batches),
      freshness: live,
      lock: { kind: 'mine' },
      release,
      driving: true,
      now,
    })
    for (const sentence of [view.headline, ...view.batches.map((batch) => batch.sentence)]) {
      expect(say(sentence, 'en')).not.toBe('')
      expect(say(sentence, 'zh')).not.toBe('')
    }
  }

  function give(wish: ReleaseCommand): void {
    const reply = command(release, wish, {
      observed: { freshness: live, service: true, batches: cluster.batches() },
      by: 'x',
      now,
    })
    if (reply.ok) {
      release = reply.value
      journaled = release
    }
  }

  function play(next: Step): void {
    switch (next.kind) {
      case 'look':
        past = cluster.batches()
        look(live, cluster.batches())
        return
      case 'look-late':
        look(live, past)
        return
      case 'look-stale':
        look(stale, past)
        return
      case 'progress':
        cluster.progress()
        return
      case 'crash':
        release = journaled
        return
      case 'crash-after-write':
        look(live, cluster.batches(), true)
        return
      case 'lose-answer':
        loseNext = true
        return
      case 'wait':
        now += next.seconds * 1000
        return
      case 'spoil':
        cluster.spoil(next.batch, 'ImagePullBackOff')
        return
      case 'heal':
        cluster.heal(next.batch)
        return
      case 'restart':
        cluster.restartPods(next.batch)
        return
      case 'foreign':
        cluster.setImage(next.batch, 'registry.example/other:1')
        return
      case 'scale':
        cluster.scale(next.batch, 8)
        return
      case 'lose-pods':
        cluster.losePods(next.batch, 2)
        return
      case 'pause-it':
        cluster.pauseIt(next.batch)
        return
      case 'recreate':
        cluster.recreate(next.batch)
        return
      case 'lose-service':
      case 'find-service':
        there = next.kind === 'find-service'
        return
      case 'command':
        give(wishFor(next.wish, release))
        return
    }
  }

  return { cluster, forward, play, give, release: () => release, look: () => play({ kind: 'look' }) }
}

function isForward(effect: Effect): boolean {
  return effect.kind === 'set-images' || (effect.kind === 'set-template' && effect.way === 'forward')
}

function wishFor(wish: Wish, release: Release): ReleaseCommand {
  const batches = release.batches.map((own) => own.uid)
  switch (wish) {
    case 'approve':
      return { kind: 'approve', step: waitingStep(release) ?? 0 }
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore': {
      const batch = subjectOf(wish, release) ?? batches[0]
      if (batch === undefined) throw new Error('a release has batches')
      return { kind: wish, batch }
    }
    case 'back':
      return { kind: 'roll-back', mode: 'at-once', batches }
    case 'back-slowly':
      return { kind: 'roll-back', mode: 'batch-by-batch', batches }
    default:
      return { kind: wish }
  }
}

type Setting = { readonly approval: boolean; readonly onFailure?: FailurePolicy }
const settings: fc.Arbitrary<Setting> = fc.record({
  approval: fc.boolean(),
  onFailure: fc.constantFrom<FailurePolicy>(
    'pause',
    'roll-back-batch',
    'roll-back-all',
    'roll-back-batch-by-batch',
  ),
})
const pausing: fc.Arbitrary<Setting> = fc.boolean().map((approval) => ({ approval }))

/** What is done to a release by others, so that a batch may rightly be written again. */
function isMeddling(one: Step): boolean {
  return (
    one.kind === 'foreign' || one.kind === 'recreate' || (one.kind === 'command' && one.wish === 'restore')
  )
}

function after(history: readonly Step[], setting: Setting): World {
  const world = createWorld(setting)
  for (const next of history) world.play(next)
  return world
}

/** The guard of main does not roll dice; on a developer's machine each run explores anew. */
const runs = { numRuns: 400, ...(process.env['CI'] !== undefined && { seed: 20_261_125 }) }

test('no batch is touched before the gate of the one before it opened on live data', () => {
  fc.assert(
    fc.property(histories, settings, (history, setting) => {
      for (const { batch, release, freshness } of after(history, setting).forward) {
        expect(freshness.kind).toBe('live')
        const index = release.batches.findIndex((own) => own.uid === batch)
        const phase = release.batches[index]?.phase
        expect(release.batches.filter(isMoving)).toEqual([])
        // Begun before an earlier one was created anew, it is brought to its end first.
        if (phase?.kind === 'patching' && phase.attempt > 1) continue
        expect(release.batches.slice(0, index).every(isPassed)).toBe(true)
        const gate = stepBefore(release, index)
        if (gate !== undefined && setting.approval) expect(release.approved).toContain(gate)
        const words = gate === undefined ? undefined : wordsAfterSkip(release, gate)
        if (words !== undefined)
          expect(['approved', 'push-all'].some((word) => words.includes(word))).toBe(true)
      }
    }),
    runs,
  )
})

/** Its pods are being exchanged: of one batch at a time. */
function isMoving({ phase: { kind } }: ReleaseBatch): boolean {
  return kind === 'rolling' || kind === 'baking' || kind === 'returning' || kind === 'rolling-back'
}

/** The last word about a batch that was left out before, if the gate after it is the one before this batch. */
function wordsAfterSkip(release: Release, gate: number): readonly string[] | undefined {
  const own = release.batches[gate]
  if (own?.phase.kind !== 'skipped') return undefined
  const left = release.log.findLastIndex(
    ({ what, batch }) => batch === own.uid && (what === 'batch-skipped' || what === 'adopted'),
  )
  return release.log.slice(left + 1).map((event) => event.what)
}

test('no batch is written forward twice, whatever is lost, repeated, late or killed', () => {
  fc.assert(
    fc.property(histories, pausing, (history, setting) => {
      const quiet = history.filter((one) => !isMeddling(one))
      for (const writes of after(quiet, setting).cluster.forwardWrites.values()) expect(writes).toBe(1)
    }),
    runs,
  )
})

test('after stop nothing goes forward any more', () => {
  fc.assert(
    fc.property(histories, histories, settings, (before, later, setting) => {
      const world = after(before, setting)
      world.give({ kind: 'stop' })
      const writes = world.forward.length
      for (const next of later) world.play(next)
      expect(world.forward.length).toBe(writes)
    }),
    runs,
  )
})

test('from any state a healthy cluster and a patient person reach an end', () => {
  fc.assert(
    fc.property(histories, settings, (history, setting) => {
      const world = after(history, setting)
      for (const batch of [1, 2, 3]) world.cluster.heal(batch)
      world.play({ kind: 'find-service' })
      for (let patience = 0; patience < 120 && !isOver(world.release()); patience++) {
        // The person accepts what others have done, puts back what is paused, leaves out what is gone.
        for (const wish of ['adopt', 'restore', 'retry'] as const) world.give(wishFor(wish, world.release()))
        const { state } = world.release()
        if (state.kind === 'paused') world.give({ kind: 'resume' })
        world.give(wishFor('approve', world.release()))
        world.play({ kind: 'progress' })
        world.look()
        world.play({ kind: 'wait', seconds: 15 })
      }
      expect(world.release().state.kind).toBe('ended')
      expect(world.release().batches.map((own) => own.freeze)).toEqual([undefined, undefined, undefined])
    }),
    runs,
  )
})

test('an observation that is stale never advances a release', () => {
  fc.assert(
    fc.property(histories, settings, (history, setting) => {
      const world = after(history, setting)
      const before = world.release()
      // A roll back writes on stale data, and so does the brake, and what sees out a write that may still land.
      const brakes = before.batches.some(({ freeze }) => freeze?.sent === false)
      if (before.state.kind === 'rolling-back' || brakes || isSeeingOut(before)) return
      world.play({ kind: 'look-stale' })
      // What bakes meanwhile is not watched, and no more.
      expect(world.release()).toEqual(unwatched(before))
    }),
    runs,
  )
})
