import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from '../../shared/model/batch-set.ts'
import type { Freshness } from '../../shared/model/freshness.ts'
import { command, type ReleaseCommand } from '../../shared/release/command.ts'
import { decide } from '../../shared/release/decide.ts'
import type { Effect, Release } from '../../shared/release/release.ts'
import { say } from '../../shared/release/say.ts'
import { settle } from '../../shared/release/settle.ts'
import { pipelineView } from '../../shared/view/pipeline-view.ts'
import { connectionId } from '../../shared/ids.ts'
import { buildBatchSet } from '../support/build-batch.ts'
import { buildRelease } from '../support/build-release.ts'
import { createToyCluster } from '../support/toy-cluster.ts'

const live: Freshness = { kind: 'live' }
const stale: Freshness = { kind: 'stale', since: 0, why: 'the connection is gone' }

type Step =
  | {
      readonly kind:
        'look' | 'look-late' | 'look-stale' | 'progress' | 'crash' | 'crash-after-write' | 'lose-answer'
    }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'spoil' | 'heal' | 'restart' | 'foreign'; readonly batch: number }
  | {
      readonly kind: 'command'
      readonly wish: 'pause' | 'resume' | 'approve' | 'push-all' | 'stop' | 'back' | 'back-slowly'
    }

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
      .tuple(fc.constantFrom('spoil', 'heal', 'restart', 'foreign'), fc.integer({ min: 1, max: 3 }))
      .map(([kind, batch]) => ({ kind, batch }) as const),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('approve', 'approve', 'resume', 'pause', 'push-all', 'stop', 'back', 'back-slowly')
      .map((wish) => ({ kind: 'command', wish }) as const),
  },
)
const histories = fc.array(step, { size: 'max', maxLength: 80 })

type World = ReturnType<typeof createWorld>

/** The runner's loop on the toy cluster: what is journaled survives a crash, what is only in memory does not. */
function createWorld(approval: boolean) {
  const cluster = createToyCluster([1, 6, 6])
  let release = buildRelease(buildBatchSet(cluster.batches()), { gates: { approval, bakeSeconds: 10 } })
  let journaled = release
  let now = 1000
  let past: readonly Batch[] = cluster.batches()
  let loseNext = false
  const forward: { readonly batch: string; readonly release: Release; readonly freshness: Freshness }[] = []

  function look(freshness: Freshness, batches: readonly Batch[], dieAfterWrite = false): void {
    const decision = decide(release, { freshness, service: true, batches }, now)
    if (decision.wakeAt !== undefined) expect(decision.wakeAt).toBeGreaterThanOrEqual(now)
    const again = decide(release, { freshness, service: true, batches }, now)
    expect(again).toEqual(decision)
    journaled = decision.release
    release = decision.release
    for (const effect of decision.effects) run(effect, freshness, dieAfterWrite)
    show(batches)
  }

  function run(effect: Effect, freshness: Freshness, dieAfterWrite: boolean): void {
    if (effect.kind === 'set-images') forward.push({ batch: effect.batch, release, freshness })
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
      case 'command':
        give(wishFor(next.wish, release))
        return
    }
  }

  return { cluster, forward, play, give, release: () => release, look: () => play({ kind: 'look' }) }
}

function wishFor(wish: Extract<Step, { kind: 'command' }>['wish'], release: Release): ReleaseCommand {
  const batches = release.batches.map((own) => own.uid)
  switch (wish) {
    case 'approve': {
      const index = release.batches.findIndex((own) => own.phase.kind !== 'done')
      return { kind: 'approve', step: Math.max(0, index - 1) }
    }
    case 'back':
      return { kind: 'roll-back', mode: 'at-once', batches }
    case 'back-slowly':
      return { kind: 'roll-back', mode: 'batch-by-batch', batches }
    default:
      return { kind: wish }
  }
}

function after(history: readonly Step[], approval: boolean): World {
  const world = createWorld(approval)
  for (const next of history) world.play(next)
  return world
}

const runs = { numRuns: 400 }

test('no batch is touched before the gate of the one before it opened on live data', () => {
  fc.assert(
    fc.property(histories, fc.boolean(), (history, approval) => {
      for (const { batch, release, freshness } of after(history, approval).forward) {
        expect(freshness.kind).toBe('live')
        const index = release.batches.findIndex((own) => own.uid === batch)
        expect(release.batches.slice(0, index).every((own) => own.phase.kind === 'done')).toBe(true)
        if (index > 0 && approval) expect(release.approved).toContain(index - 1)
      }
    }),
    runs,
  )
})

test('no batch is written forward twice, whatever is lost, repeated, late or killed', () => {
  fc.assert(
    fc.property(histories, fc.boolean(), (history, approval) => {
      const quiet = history.filter((one) => one.kind !== 'foreign')
      for (const writes of after(quiet, approval).cluster.forwardWrites.values()) expect(writes).toBe(1)
    }),
    runs,
  )
})

test('after stop nothing goes forward any more', () => {
  fc.assert(
    fc.property(histories, histories, (before, later) => {
      const world = after(before, false)
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
    fc.property(histories, fc.boolean(), (history, approval) => {
      const world = after(
        history.filter((one) => one.kind !== 'foreign'),
        approval,
      )
      for (const batch of [1, 2, 3]) world.cluster.heal(batch)
      for (let patience = 0; patience < 120 && world.release().state.kind !== 'ended'; patience++) {
        const { kind } = world.release().state
        if (kind === 'paused' || kind === 'held') world.give({ kind: 'resume' })
        world.give(wishFor('approve', world.release()))
        world.play({ kind: 'progress' })
        world.look()
        world.play({ kind: 'wait', seconds: 15 })
      }
      expect(world.release().state.kind).toBe('ended')
    }),
    runs,
  )
})

test('an observation that is stale never advances a release', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const world = after(history, false)
      const before = world.release()
      if (before.state.kind === 'rolling-back') return
      world.play({ kind: 'look-stale' })
      expect(world.release()).toBe(before)
    }),
    runs,
  )
})
