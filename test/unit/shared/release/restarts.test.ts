import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Batch, BatchPod } from '../../../../shared/model/batch-set.ts'
import type { Freshness } from '../../../../shared/model/freshness.ts'
import { connectionId } from '../../../../shared/ids.ts'
import { command } from '../../../../shared/release/command.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { counted, countFrom, restartedPods } from '../../../../shared/release/restart-count.ts'
import { settle } from '../../../../shared/release/settle/settle.ts'
import { pipelineView } from '../../../../shared/view/pipeline-view.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease } from '../../../support/build-release.ts'
import { wordsOf } from '../../../support/spoken.ts'

const live: Freshness = { kind: 'live' }
const after = buildBatch(2, { image: newImage })

/** A release of one batch, from its patch on; `pods` are those that are there at that moment. */
function patched(pods: readonly BatchPod[], gates: { restartsAllowed?: number; tolerance?: number } = {}) {
  const before = buildBatch(2, { pods })
  let now = 1000
  let release: Release = buildRelease(buildBatchSet([before]), { gates: { bakeSeconds: 60, ...gates } })
  const observe = (batch: Batch) => ({ freshness: live, service: true, batches: [batch] })
  const first = decide(release, observe(before), now)
  const [effect] = first.effects
  if (effect === undefined) throw new Error('no effect')
  const result = { kind: 'done', generation: 1, digest: after.templateDigest } as const
  release = settle(first.release, effect, { result, now })
  const batchOf = (later: readonly BatchPod[]): Batch => ({ ...after, pods: later })
  return {
    seen(later: readonly BatchPod[]): Release {
      now += 1000
      release = decide(release, observe(batchOf(later)), now).release
      return release
    },
    /** As another process finds it. */
    reread(): void {
      release = JSON.parse(JSON.stringify(release)) as Release
    },
    resume(later: readonly BatchPod[]): void {
      const reply = command(release, { kind: 'resume' }, { observed: observe(batchOf(later)), by: 'li', now })
      if (!reply.ok) throw new Error(wordsOf(reply.fault))
      release = reply.value
    },
    shown(later: readonly BatchPod[]): number | undefined {
      const view = pipelineView({
        connection: connectionId('c'),
        set: buildBatchSet([batchOf(later)]),
        freshness: live,
        lock: { kind: 'mine' },
        release,
        driving: true,
        now,
      })
      const line = view.release?.gates[0]?.lines.find((one) => one.gate === 'restarts')?.sentence
      return line?.kind === 'gate-restarts' ? line.restarts : undefined
    },
  }
}

const restarting = (restarts: number, name = 'a'): BatchPod => buildPod(name, { restarts })

describe('restarts are counted since the rollout began', () => {
  test('old pods that a template of before brings back do not bring their old restarts', () => {
    const run = patched([buildPod('a', { isNew: false, restarts: 7 }), buildPod('b', { isNew: false })])
    expect(run.seen([restarting(7), restarting(0, 'b')]).state.kind).toBe('running')
    expect(run.shown([restarting(7), restarting(0, 'b')])).toBe(0)
  })

  test('and a restart of one of them since is one restart', () => {
    const run = patched([buildPod('a', { isNew: false, restarts: 7 })])
    expect(run.seen([restarting(8)]).state).toMatchObject({ hold: { kind: 'restarts', restarts: 1 } })
    expect(run.shown([restarting(8)])).toBe(1)
  })

  test('resuming lets pass what was seen, and nothing later', () => {
    const run = patched([])
    run.seen([restarting(1)])
    run.resume([restarting(1)])
    expect(run.seen([restarting(1)]).state.kind).toBe('running')
    expect(run.seen([restarting(2)]).state).toMatchObject({ hold: { kind: 'restarts', restarts: 1 } })
  })
})

describe('restarts of a pod that is gone stay counted', () => {
  test('once it is evicted or deleted, and another one has its place', () => {
    const run = patched([], { restartsAllowed: 2 })
    run.seen([restarting(2)])
    expect(run.shown([restarting(0, 'b')])).toBe(2)
    expect(run.seen([restarting(0, 'b')]).state.kind).toBe('running')
    expect(run.seen([restarting(1, 'b')]).state).toMatchObject({ hold: { kind: 'restarts', restarts: 3 } })
  })

  test('also for another process, from the journal', () => {
    const run = patched([], { restartsAllowed: 2 })
    run.seen([restarting(2)])
    run.seen([])
    run.reread()
    expect(run.seen([restarting(1, 'b')]).state).toMatchObject({ hold: { kind: 'restarts', restarts: 3 } })
  })

  test('while it falls back from its bake, and bakes anew', () => {
    const run = patched([], { restartsAllowed: 2 })
    run.seen([restarting(2)])
    run.seen([buildPod('b', { ready: false })])
    expect(run.seen([restarting(1, 'b')]).state).toMatchObject({ hold: { kind: 'restarts', restarts: 3 } })
  })

  test('and are forgiven with their pod, as those of a pod that is there', () => {
    const run = patched([], { tolerance: 1 })
    run.seen([restarting(5)])
    expect(run.seen([restarting(0, 'b')]).state.kind).toBe('running')
    expect(run.seen([restarting(1, 'b')]).state).toMatchObject({ hold: { kind: 'restarts', restarts: 1 } })
  })
})

test('however pods come, restart and go, the count is the sum of what was seen of each, and is bounded', () => {
  const look = fc.array(
    fc.record({ uid: fc.integer({ min: 0, max: 9 }), more: fc.nat(3), isNew: fc.boolean() }),
  )
  fc.assert(
    fc.property(fc.array(look, { maxLength: 12 }), (looks) => {
      const restarts = new Map<number, number>()
      const expected = new Map<number, number>()
      let count = countFrom({ pods: [] })
      for (const seen of looks) {
        const pods = [...new Map(seen.map((one) => [one.uid, one])).values()].map(({ uid, more, isNew }) => {
          const total = (restarts.get(uid) ?? 0) + more
          restarts.set(uid, total)
          if (isNew) expected.set(uid, total)
          return buildPod(`pod-${uid}`, { isNew, restarts: total })
        })
        count = counted(count, { pods })
        expect(counted(count, { pods })).toBe(count)
      }
      const sum = restartedPods(count, { pods: [] }).reduce((all, one) => all + one.restarts, 0)
      expect(sum).toBe([...expected.values()].reduce((all, one) => all + one, 0))
    }),
  )
  const many = Array.from({ length: 5000 }, (_, index) => restarting(1, `pod-${index}`))
  const full = counted(countFrom({ pods: many }), { pods: many.map((pod) => ({ ...pod, restarts: 9 })) })
  expect(Object.keys(full.before).length).toBeLessThanOrEqual(1_100)
  expect(Object.keys(full.since).length).toBeLessThanOrEqual(1_100)
})
