import { describe, expect, test } from 'vitest'
import { decide } from '../../../../shared/release/decide.ts'
import { settle } from '../../../../shared/release/settle/settle.ts'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import type { Freshness } from '../../../../shared/model/freshness.ts'
import { templateDigest } from '../../../../shared/k8s/template-digest.ts'
import { buildBatch, buildBatchSet, buildTemplate, newImage, oldImage } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'
import { drive } from '../../../support/drive-release.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'

const live: Freshness = { kind: 'live' }

describe('a release goes forward', () => {
  test('from the canary through all batches to its end, one approval each', () => {
    const run = drive([1, 16, 16])
    run.look()
    for (const step of [0, 1]) {
      run.roll()
      run.bake()
      expect(run.give({ kind: 'approve', step })).toMatchObject({ ok: true })
      run.look()
    }
    run.roll()
    run.bake()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
    expect(run.names()).toEqual([
      'set-images demo-aone-1',
      'set-images demo-aone-2',
      'set-images demo-aone-3',
    ])
  })

  test('it waits at the gate until a person approves', () => {
    const run = drive([1, 16])
    run.look()
    run.roll()
    run.bake()
    run.roll()
    expect(run.phases()).toEqual(['done', 'waiting'])
    expect(run.effects).toHaveLength(1)
  })

  test('a second approval of the same gate opens no further one', () => {
    const run = drive([1, 4, 4])
    run.look()
    run.roll()
    run.bake()
    run.give({ kind: 'approve', step: 0 })
    expect(run.give({ kind: 'approve', step: 0 })).toMatchObject({ ok: true })
    run.look()
    run.roll()
    run.bake()
    run.roll()
    expect(run.phases()).toEqual(['done', 'done', 'waiting'])
  })

  test('an approval of a gate that is not reached yet is refused', () => {
    const run = drive([1, 4, 4])
    run.look()
    expect(run.give({ kind: 'approve', step: 0 })).toMatchObject({ ok: false, fault: { code: 'conflict' } })
  })

  test('push all opens every approval gate, but each batch still has to be ready and baked', () => {
    const run = drive([1, 4, 4])
    run.look()
    run.give({ kind: 'push-all' })
    run.look()
    expect(run.effects).toHaveLength(1)
    for (let batch = 0; batch < 3; batch++) {
      run.roll()
      run.bake()
    }
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  })

  test('without approval gates it goes on by itself after the bake time', () => {
    const run = drive([1, 4], { gates: { approval: false } })
    run.look()
    run.roll()
    expect(run.phases()).toEqual(['baking', 'waiting'])
    run.bake()
    expect(run.phases()).toEqual(['done', 'rolling'])
  })

  test('a batch that runs the image already is not patched, and still has to be whole and baked', () => {
    const batches = [buildBatch(1, { image: newImage }), buildBatch(2)]
    const release = buildRelease(buildBatchSet(batches))
    const decision = decide(release, { freshness: live, service: true, batches }, 2000)
    expect(decision.effects).toEqual([])
    expect(decision.release.batches[0]?.phase.kind).toBe('baking')
  })
})

describe('a batch is done only when everything holds', () => {
  const rolling = (parts: Partial<Batch>): string | undefined => {
    const before = [buildBatch(1, { desired: 4 })]
    const started = decide(
      buildRelease(buildBatchSet(before)),
      { freshness: live, service: true, batches: before },
      1000,
    )
    const effect = started.effects[0]
    if (effect === undefined) throw new Error('no effect')
    const release = settle(started.release, effect, {
      result: { kind: 'done', generation: 2, digest: templateDigest(buildTemplate(newImage)) },
      now: 1000,
    })
    const now = { desired: 4, image: newImage, generation: 2, observedGeneration: 2, ...parts }
    return decide(release, { freshness: live, service: true, batches: [buildBatch(1, now)] }, 2000).release
      .batches[0]?.phase.kind
  }
  const cases: readonly (readonly [string, Partial<Batch>, string])[] = [
    ['all new pods serve', {}, 'baking'],
    ['the controller has not seen our patch', { observedGeneration: 1 }, 'rolling'],
    ['what we see is older than our patch', { generation: 1, observedGeneration: 1 }, 'rolling'],
    ['a pod is still old', { updated: 3, total: 4 }, 'rolling'],
    ['an old pod is left over', { total: 5, old: 1 }, 'rolling'],
    ['a pod is not available', { available: 3 }, 'rolling'],
    ['a pod is available but no endpoint of the Service yet', { servingNew: 3 }, 'rolling'],
  ]
  test.each(cases)('%s', (_name, parts, phase) => {
    expect(rolling(parts)).toBe(phase)
  })
})

describe('a release is held', () => {
  test('when new pods cannot pull the image: the reason is named and later batches stay untouched', () => {
    const run = drive([1, 16])
    run.look()
    run.cluster.spoil(1, 'ImagePullBackOff')
    run.roll()
    expect(run.release().state).toMatchObject({
      kind: 'held',
      hold: { kind: 'pods', reason: 'ImagePullBackOff' },
    })
    run.give({ kind: 'push-all' })
    run.roll()
    expect(run.effects).toHaveLength(1)
  })

  test('when new pods restart in the bake time', () => {
    const run = drive([1, 16])
    run.look()
    run.roll()
    run.cluster.restartPods(1)
    run.bake()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'restarts', restarts: 1 } })
  })

  test('when somebody changes a batch in the middle, who is named; nothing is overwritten', () => {
    const run = drive([1, 16, 16])
    run.look()
    run.cluster.setImage(3, 'registry.example/other:1')
    run.roll()
    expect(run.release().state).toMatchObject({
      kind: 'held',
      hold: { kind: 'foreign', manager: 'kubectl-set' },
    })
    expect(run.effects).toHaveLength(1)
  })

  test('when a finished batch loses pods while the next one rolls', () => {
    const run = drive([1, 16], { gates: { approval: false } })
    run.look()
    run.roll()
    run.bake()
    const [first, second] = run.cluster.batches()
    if (first === undefined || second === undefined) throw new Error('two batches')
    const sick = {
      ...first,
      available: 0,
      servingNew: 0,
      trouble: { reason: 'CrashLoopBackOff', message: '', pods: 1, weight: 'final' as const },
    }
    const decision = decide(
      run.release(),
      { freshness: live, service: true, batches: [sick, second] },
      20_000,
    )
    expect(decision.release.state).toMatchObject({ kind: 'held', hold: { kind: 'regressed' } })
    expect(decision.release.batches[0]?.phase.kind).toBe('done')
  })

  test('when the Deployment is gone or was created anew', () => {
    const run = drive([1, 4])
    run.look()
    const decision = decide(
      run.release(),
      { freshness: live, service: true, batches: run.cluster.batches().slice(1) },
      2000,
    )
    expect(decision.release.state).toMatchObject({ kind: 'held', hold: { kind: 'gone' } })
  })

  test('and resume goes on once the batch is well', () => {
    const run = drive([1, 4])
    run.look()
    run.cluster.spoil(1, 'ImagePullBackOff')
    run.roll()
    run.cluster.heal(1)
    run.give({ kind: 'resume' })
    run.roll()
    expect(run.phases()).toEqual(['baking', 'waiting'])
  })
})

describe('stop, pause and roll back', () => {
  test('pause lets the batch in progress finish and starts no other', () => {
    const run = drive([1, 4], { gates: { approval: false } })
    run.look()
    run.give({ kind: 'pause' })
    run.roll()
    run.bake()
    run.roll()
    expect(run.phases()).toEqual(['done', 'waiting'])
    run.give({ kind: 'resume' })
    run.look()
    expect(run.phases()).toEqual(['done', 'rolling'])
  })

  test('after stop nothing more is written', () => {
    const run = drive([1, 4], { gates: { approval: false } })
    run.look()
    run.give({ kind: 'stop' })
    run.roll()
    run.bake()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'stopped' })
    expect(run.effects).toHaveLength(1)
  })

  test('roll back at once writes all touched batches back to their own baselines in one go', () => {
    const run = drive([1, 4, 4], { gates: { approval: false } })
    run.look()
    run.roll()
    run.bake()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    expect(run.look().map((effect) => effect.name)).toEqual(['demo-aone-1', 'demo-aone-2'])
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(run.cluster.batches().map((batch) => batch.containers[0]?.image)).toEqual([
      oldImage,
      oldImage,
      oldImage,
    ])
  })

  test('roll back batch by batch takes the last one first and waits for it', () => {
    const run = drive([1, 4, 4], { gates: { approval: false } })
    run.look()
    run.roll()
    run.bake()
    run.give({
      kind: 'roll-back',
      mode: 'batch-by-batch',
      batches: run.release().batches.map((own) => own.uid),
    })
    expect(run.look().map((effect) => effect.name)).toEqual(['demo-aone-2'])
    run.roll()
    expect(run.names().slice(2)).toEqual(['set-template demo-aone-2', 'set-template demo-aone-1'])
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  })

  test('roll back works on stale data, but nothing is called returned by it', () => {
    const run = drive([1, 4])
    run.look()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    expect(run.look({ kind: 'stale', since: 0, why: { kind: 'words', words: 'gone' } })).toHaveLength(1)
    run.cluster.progress()
    run.look({ kind: 'stale', since: 0, why: { kind: 'words', words: 'gone' } })
    expect(run.phases()).toEqual(['rolling-back', 'waiting'])
  })

  test('roll back leaves alone what somebody else has changed, and says so', () => {
    const run = drive([1, 4])
    run.look()
    run.cluster.setImage(1, 'registry.example/other:1')
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back-in-part' })
    expect(run.phases()[0]).toBe('stuck')
  })

  test('roll back works after the end too', () => {
    const run = drive([1])
    run.look()
    run.roll()
    run.bake()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    run.look()
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  })

  test('roll back of nothing is refused', () => {
    const run = drive([1, 4])
    expect(run.give({ kind: 'roll-back', mode: 'at-once', batches: [] })).toMatchObject({ ok: false })
  })
})

describe('sizes', () => {
  test('everything grows and becomes available before anything shrinks; then the canary starts', () => {
    const cluster = createToyCluster([1, 16, 16, 16])
    const [, second, third, fourth] = cluster.batches()
    if (second === undefined || third === undefined || fourth === undefined) throw new Error('four batches')
    const run = drive([1, 16, 16, 16], {
      sizes: [
        { batch: second.uid, from: 16, to: 4 },
        { batch: third.uid, from: 16, to: 12 },
        { batch: fourth.uid, from: 16, to: 32 },
      ],
    })
    run.look()
    expect(run.names()).toEqual(['set-replicas demo-aone-4'])
    run.look()
    expect(run.names()).toHaveLength(1)
    run.roll()
    run.roll()
    expect(run.names()).toEqual([
      'set-replicas demo-aone-4',
      'set-replicas demo-aone-2',
      'set-replicas demo-aone-3',
      'set-images demo-aone-1',
    ])
  })

  test('sizes alone end when they are reached', () => {
    const batches = createToyCluster([1, 4]).batches()
    const second = batches[1]
    if (second === undefined) throw new Error('two batches')
    const run = drive([1, 4], { change: { kind: 'none' }, sizes: [{ batch: second.uid, from: 4, to: 8 }] })
    run.look()
    run.roll()
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
    expect(run.names()).toEqual(['set-replicas demo-aone-2'])
  })
})

test('nothing is decided on stale data', () => {
  const run = drive([1, 4])
  expect(
    run.look({ kind: 'stale', since: 1, why: { kind: 'words', words: 'the connection is gone' } }),
  ).toEqual([])
  expect(run.phases()).toEqual(['waiting', 'waiting'])
})

test('a lost answer is judged by what is there: a write that was done is not sent again', () => {
  const cluster = createToyCluster([1, 4])
  const first = decide(
    buildRelease(buildBatchSet(cluster.batches())),
    { freshness: live, service: true, batches: cluster.batches() },
    0,
  )
  const effect = first.effects[0]
  if (effect === undefined) throw new Error('no effect')
  cluster.apply(effect)
  const lost = settle(first.release, effect, { result: { kind: 'unknown', message: 'reset' }, now: 0 })
  const next = decide(lost, { freshness: live, service: true, batches: cluster.batches() }, 5_000)
  expect(next.effects).toEqual([])
  expect(next.release.batches[0]?.phase.kind).toBe('rolling')
})
