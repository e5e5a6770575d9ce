import { describe, expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import { command } from '../../../../shared/release/command.ts'
import { type ReleaseCommand } from '../../../../shared/release/command-context.ts'
import { settle } from '../../../../shared/release/settle/settle.ts'
import { whyNot } from '../../../../shared/release/verbs.ts'
import { buildBatch, buildBatchSet } from '../../../support/build-batch.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { standstillOf } from '../../../../shared/view/headline.ts'
import { verbViews } from '../../../../shared/view/verb-views.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease, quickGates } from '../../../support/build-release.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'

const second = uid('batch-2')
const third = uid('batch-3')

/** An image for batches 1 and 3: batch 2 is left out by the plan, and only gets its size. */
const releaseWithoutSecond = {
  change: { kind: 'image' },
  steps: [uid('batch-1'), second, third].map((batch) => ({
    batch,
    gates: quickGates,
    leftOut: batch === second,
  })),
} as const

/** Two pods move from batch 3 to batch 2, on a cluster whose batch 2 looks as a test says. */
function resizing(ofRelease = false) {
  const cluster = createToyCluster([1, 4, 4])
  let seen: Partial<Batch> = {}
  let now = 1000
  let release = buildRelease(buildBatchSet(cluster.batches()), {
    ...(ofRelease ? releaseWithoutSecond : { change: { kind: 'none' } }),
    batchLimitSeconds: 300,
    sizes: [
      { batch: second, from: 4, to: 6 },
      { batch: third, from: 4, to: 2 },
    ],
  })
  const observed = () => ({
    freshness: { kind: 'live' } as const,
    service: true,
    batches: cluster.batches().map((one) => (one.uid === second ? { ...one, ...seen } : one)),
  })
  return {
    cluster,
    see: (parts: Partial<Batch>) => (seen = parts),
    wait: (seconds: number) => (now += seconds * 1000),
    look() {
      const decision = decide(release, observed(), now)
      release = decision.release
      for (const effect of decision.effects)
        release = settle(release, effect, { result: cluster.apply(effect), now })
      return decision
    },
    give(wish: ReleaseCommand) {
      const reply = command(release, wish, { observed: observed(), by: 'li', now })
      if (reply.ok) release = reply.value
      return reply
    },
    release: () => release,
    headline: () => standstillOf(release),
    /** What the button of a verb says. */
    promise: (verb: 'retry' | 'skip') => {
      const { freshness, batches } = observed()
      const set = buildBatchSet(batches)
      const views = verbViews(release, { set, freshness, lock: { kind: 'mine' }, driving: true })
      const view = views.find((one) => one.verb === verb)
      return view === undefined ? '' : sayEnglish(view.sentence)
    },
    why: (verb: 'skip' | 'retry' | 'roll-back' | 'stop') => whyNot(verb, release, observed()),
  }
}

const pulling = {
  reason: 'ImagePullBackOff',
  message: 'not found',
  pod: 'demo-aone-2-x',
  pods: 1,
  weight: 'final',
} as const
const quota = { reason: 'FailedCreate', message: 'exceeded quota', pods: 0, weight: 'refused' } as const

describe('a size that cannot be reached holds the release', () => {
  test.each([
    [
      'at once for pods that fail',
      0,
      pulling,
      { kind: 'pods', reason: 'ImagePullBackOff', pod: 'demo-aone-2-x' },
    ],
    [
      'after a minute for a quota',
      60,
      quota,
      { kind: 'pods', reason: 'FailedCreate', message: 'exceeded quota' },
    ],
  ])('%s, and nothing shrinks', (...row) => {
    const [, seconds, trouble, hold] = row
    const world = resizing()
    world.look()
    world.cluster.progress()
    world.see({ trouble, available: 4, servingNew: 4 })
    world.look()
    expect(world.release().state.kind).toBe(seconds === 0 ? 'held' : 'running')
    world.wait(seconds)
    world.look()
    expect(world.release().state).toMatchObject({ kind: 'held', hold: { ...hold, batch: second } })
    expect(world.cluster.batches()[2]?.desired).toBe(4)
  })

  test('after the time limit when nothing comes nearer, such as pods that find no node', () => {
    const world = resizing()
    world.look()
    world.cluster.progress()
    world.see({
      available: 4,
      servingNew: 4,
      trouble: { ...pulling, reason: 'Unschedulable', weight: 'slow' },
    })
    expect(world.look().wakeAt).toBe(301_000)
    world.wait(200)
    // One more pod is progress: the limit begins anew.
    world.see({ available: 5, servingNew: 5 })
    expect(world.look().wakeAt).toBe(501_000)
    world.see({ available: 4, servingNew: 4 })
    world.look()
    world.wait(300)
    world.look()
    expect(world.release().state).toMatchObject({ kind: 'held', hold: { kind: 'deadline', batch: second } })
  })

  test('after the time limit when it does not shrink', () => {
    const world = resizing()
    world.look()
    world.cluster.progress()
    world.look()
    world.look()
    expect(world.release().resize?.phase).toBe('shrinking')
    world.wait(300)
    world.look()
    expect(world.release().state).toMatchObject({ kind: 'held', hold: { kind: 'deadline', batch: third } })
  })

  test('when somebody sets the old size again after our write: who did it is named, it is not waited for', () => {
    const world = resizing()
    world.look()
    world.cluster.scale(2, 4)
    world.look()
    expect(world.release().state).toMatchObject({
      kind: 'held',
      hold: { kind: 'foreign', batch: second, manager: 'kubectl-scale' },
    })
  })
})

describe('and what a person can do about it', () => {
  function held() {
    const world = resizing()
    world.look()
    world.cluster.progress()
    world.see({ trouble: pulling, available: 4, servingNew: 4 })
    world.look()
    return world
  }

  test('retry forgives the same pods for a while and goes on once they are well', () => {
    const world = held()
    expect(world.give({ kind: 'retry', batch: second }).ok).toBe(true)
    world.look()
    expect(world.release().state.kind).toBe('running')
    world.see({})
    world.look()
    world.cluster.progress()
    world.look()
    world.cluster.progress()
    world.look()
    world.look()
    expect(world.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  })

  test('retry is held again when the time for it is over', () => {
    const world = held()
    world.give({ kind: 'retry', batch: second })
    world.look()
    world.wait(301)
    world.look()
    expect(world.release().state).toMatchObject({ kind: 'held', hold: { kind: 'pods' } })
  })

  test('stop keeps what was written on record; leaving the batch out is refused, and so is a roll back of versions', () => {
    const world = held()
    expect(world.why('skip')).toEqual({ kind: 'off-resizing' })
    expect(world.why('roll-back')).toEqual({ kind: 'off-sizes-changed' })
    expect(world.give({ kind: 'stop' }).ok).toBe(true)
    expect(world.release().resize?.targets.map((one) => [one.batch, one.sent])).toEqual([
      [second, true],
      [third, false],
    ])
  })

  test('the size that somebody else set is accepted, and the other sizes go on', () => {
    const world = resizing()
    world.look()
    world.cluster.scale(2, 5)
    world.look()
    expect(world.give({ kind: 'adopt', batch: second }).ok).toBe(true)
    world.cluster.progress()
    world.look()
    world.cluster.progress()
    world.look()
    world.look()
    expect(world.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
    expect(world.cluster.batches().map((one) => one.desired)).toEqual([1, 5, 2])
  })
})

/** Every state of a resize has a way out that works: the cluster does what it is asked from there on. */
function finish(world: ReturnType<typeof resizing>): void {
  for (let round = 0; round < 8; round++) {
    world.cluster.progress()
    world.look()
  }
}

describe('somebody else has set another size', () => {
  function rescaled() {
    const world = resizing()
    world.look()
    world.cluster.scale(2, 9)
    finish(world)
    expect(world.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign', batch: second } })
    return world
  }

  test.each([{ kind: 'retry', batch: second } as const, { kind: 'resume' } as const])(
    '$kind sets the planned one from there, and goes on',
    (wish) => {
      const world = rescaled()
      expect(world.promise('retry')).toBe(
        'Sets the planned size of batch 2 once more. Batch 3 gets its new size first. Then the release ends.',
      )
      expect(world.give(wish)).toMatchObject({ ok: true })
      finish(world)
      expect(world.cluster.batches().map((one) => one.desired)).toEqual([1, 6, 2])
      expect(world.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
    },
  )

  test('what is grown anew is grown before anything else shrinks', () => {
    const world = resizing()
    world.look()
    world.cluster.scale(2, 3)
    finish(world)
    world.give({ kind: 'retry', batch: second })
    world.look()
    expect(world.cluster.batches().map((one) => one.desired)).toEqual([1, 6, 4])
  })

  test('keeping it is said of that batch, and the others are said to have theirs', () => {
    const world = rescaled()
    expect(world.give({ kind: 'adopt', batch: second })).toMatchObject({ ok: true })
    finish(world)
    expect(world.cluster.batches().map((one) => one.desired)).toEqual([1, 9, 2])
    expect(world.headline()).toEqual({ kind: 'resize-done', has: [3], moved: [] })
  })
})

describe('a batch is gone, or is not behind the Service any more', () => {
  const lose = {
    gone: (world: ReturnType<typeof resizing>) => world.cluster.remove(2),
    unselected: (world: ReturnType<typeof resizing>) => world.cluster.select(2, false),
  }

  test.each(['gone', 'unselected'] as const)(
    '%s: it is left out, and the other sizes are reached',
    (kind) => {
      const world = resizing()
      world.look()
      lose[kind](world)
      finish(world)
      expect(world.release().state).toMatchObject({ kind: 'held', hold: { kind, batch: second } })
      expect(world.why('skip')).toBeUndefined()
      expect(world.give({ kind: 'skip', batch: second })).toMatchObject({ ok: true })
      finish(world)
      expect(world.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
      expect(world.cluster.batches().find((one) => one.uid === third)?.desired).toBe(2)
      expect(world.headline()).toEqual({ kind: 'resize-done', has: [3], moved: [] })
    },
  )

  test('created anew, it takes the place of the one that is gone, at the planned size', () => {
    const world = resizing()
    world.look()
    world.cluster.recreate(2)
    finish(world)
    expect(world.release().state).toMatchObject({
      kind: 'held',
      hold: { kind: 'gone', again: uid('batch-2-again') },
    })
    expect(world.give({ kind: 'adopt', batch: second })).toMatchObject({ ok: true })
    finish(world)
    expect(world.cluster.batches().map((one) => one.desired)).toEqual([1, 6, 2])
    expect(world.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  })

  test.each(['gone', 'unselected'] as const)(
    '%s, and left out by the plan: its size is not dropped in silence, and is left out by a person',
    (kind) => {
      const world = resizing(true)
      world.look()
      lose[kind](world)
      finish(world)
      expect(world.release().state).toMatchObject({ kind: 'held', hold: { kind, batch: second } })
      expect(world.give({ kind: 'skip', batch: second })).toMatchObject({ ok: true })
      finish(world)
      expect(world.release().state.kind).toBe('running')
      expect(world.release().batches[1]?.phase).toEqual({ kind: 'skipped', touched: false })
      expect(world.release().resize?.phase).toBe('done')
    },
  )
})

describe('one decision about sizes', () => {
  const [one, two, three] = [1, 2, 3].map((number) => buildBatch(number, { desired: 4 }))
  if (one === undefined || two === undefined || three === undefined) throw new Error('no batches')
  const seeing = (...batches: readonly Batch[]) => ({
    freshness: { kind: 'live' } as const,
    service: true,
    batches,
  })
  const sized = (...sizes: readonly (readonly [Batch, number])[]) =>
    buildRelease(buildBatchSet([one, two, three]), {
      change: { kind: 'none' },
      batchLimitSeconds: 300,
      sizes: sizes.map(([batch, to]) => ({ batch: batch.uid, from: 4, to })),
    })

  test('is about one batch: the intent of its write is written down, and of no other', () => {
    const { release, effects } = decide(sized([two, 6], [three, 8]), seeing(one, two, three), 1000)
    expect(effects).toMatchObject([{ kind: 'set-replicas', batch: two.uid, from: 4, to: 6 }])
    expect(release.resize?.targets.map((target) => target.asked)).toEqual([true, undefined])
  })

  test.each([
    ['a person', { kind: 'skipped', touched: false, asks: true }, 'running'],
    ['the plan', { kind: 'skipped', touched: false }, 'held'],
    ['nobody', { kind: 'waiting' }, 'held'],
  ] as const)('a batch that is gone and was left out by %s', (_, phase, state) => {
    const started = sized([two, 6], [three, 2])
    const batches = started.batches.map((own) => (own.uid === two.uid ? { ...own, phase } : own))
    const { release, effects } = decide({ ...started, batches }, seeing(one, three), 1000)
    expect(release.state.kind).toBe(state)
    expect(effects.map((effect) => effect.batch)).toEqual(state === 'running' ? [three.uid] : [])
  })

  test('gives what a person has left out its size all the same, as long as it is there', () => {
    const started = sized([two, 6])
    const phase = { kind: 'skipped', touched: false, asks: true } as const
    const batches = started.batches.map((own) => (own.uid === two.uid ? { ...own, phase } : own))
    const { effects } = decide({ ...started, batches }, seeing(one, two, three), 1000)
    expect(effects.map((effect) => effect.batch)).toEqual([two.uid])
  })

  test('that a person wants tried again forgives the new pods of then, and no others', () => {
    const pods = [buildPod('new', { isNew: true }), buildPod('old', { isNew: false })]
    const troubled = seeing(one, { ...two, desired: 6, trouble: pulling, pods }, three)
    const again = command(
      { ...sized([two, 6]), state: { kind: 'held', since: 1, hold: { kind: 'deadline', batch: two.uid } } },
      { kind: 'retry', batch: two.uid },
      { observed: troubled, by: 'li', now: 1000 },
    )
    expect(again).toMatchObject({ value: { resize: { targets: [{ forgives: { pods: [uid('new')] } }] } } })
  })

  test('is held by whichever batch is in trouble, not by the first one that is waited for', () => {
    const started = sized([two, 6], [three, 8])
    const resize = started.resize && {
      ...started.resize,
      targets: started.resize.targets.map((target) => ({ ...target, sent: true, generation: 1 })),
    }
    const grown = [
      { ...two, desired: 6 },
      { ...three, desired: 8, trouble: pulling },
    ] as const
    const release = { ...started, ...(resize !== undefined && { resize }) }
    const { release: held, effects } = decide(release, seeing(one, ...grown), 1000)
    expect(effects).toEqual([])
    expect(held.state).toMatchObject({ kind: 'held', hold: { kind: 'pods', batch: three.uid } })
    // Without trouble the first limit of them wakes it.
    const waiting = decide(release, seeing(one, grown[0], { ...three, desired: 8 }), 1000)
    expect(waiting).toMatchObject({ effects: [], wakeAt: 301_000 })
  })
})
