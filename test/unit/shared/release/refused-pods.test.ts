import { describe, expect, test } from 'vitest'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import type { Freshness } from '../../../../shared/model/freshness.ts'
import { connectionId } from '../../../../shared/ids.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { sayChinese } from '../../../../shared/words/sentences-zh.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { pipelineView } from '../../../../shared/view/pipeline-view.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease } from '../../../support/build-release.ts'

const live: Freshness = { kind: 'live' }
const message = 'pods "demo-2-x" is forbidden: exceeded quota: tight'
const refused = { reason: 'FailedCreate', message, pods: 0, weight: 'refused' } as const
const well = buildBatch(2, { image: newImage })
const begun = { updated: 4, available: 4, servingNew: 4 }

function rolling(parts: Parameters<typeof buildRelease>[1] = {}) {
  const started = buildRelease(buildBatchSet([buildBatch(2)]), parts)
  const common = { since: 1000, generation: 1, digest: well.templateDigest } as const
  let release: Release = {
    ...started,
    batches: started.batches.map((own) => ({
      ...own,
      phase: { kind: 'rolling', ...common, highWater: 8, progressAt: 1000, restartsBefore: 0 },
    })),
  }
  return {
    seen(seconds: number, more: Partial<Batch>) {
      const observed = { freshness: live, service: true, batches: [{ ...well, ...begun, ...more }] }
      const decision = decide(release, observed, seconds * 1000)
      release = decision.release
      return { state: release.state, wakeAt: decision.wakeAt, phase: release.batches[0]?.phase }
    },
    shown(more: Partial<Batch>) {
      return pipelineView({
        connection: connectionId('c'),
        set: buildBatchSet([{ ...well, ...begun, ...more }]),
        freshness: live,
        lock: { kind: 'mine' },
        release,
        driving: true,
        now: 0,
      })
    },
  }
}

describe('pods that may not be made', () => {
  test('are said at once, in the words of the server, at the batch and above all', () => {
    const run = rolling()
    expect(run.seen(2, { trouble: refused }).state.kind).toBe('running')
    const view = run.shown({ trouble: refused })
    const [batch] = view.batches
    expect(batch?.trouble?.message).toBe(message)
    expect(sayEnglish(view.headline)).toBe(`New pods of batch 2 can’t be created: ${message}`)
    expect(sayEnglish(batch?.sentence ?? { kind: 'batch-old' })).toBe(
      '4 of 16 updated, new pods can’t be created',
    )
    expect(sayChinese(view.headline)).toContain(message)
  })

  test('hold the release once they have been refused for a minute, and no earlier', () => {
    const run = rolling()
    expect(run.seen(2, { trouble: refused }).wakeAt).toBe(62_000)
    expect(run.seen(61, { trouble: refused }).state.kind).toBe('running')
    expect(run.seen(62, { trouble: refused }).state).toMatchObject({
      kind: 'held',
      hold: { kind: 'pods', reason: 'FailedCreate', message },
    })
    expect(sayEnglish(run.shown({ trouble: refused }).headline)).toContain(message)
  })

  test('that may be made again are told as what was, while the release waits for a person', () => {
    const run = rolling()
    run.seen(2, { trouble: refused })
    run.seen(62, { trouble: refused })
    expect(sayEnglish(run.shown({}).headline)).toBe(
      `New pods of batch 2 could not be created; they are not refused now. It was: ${message}`,
    )
  })

  test('or for as long as the plan gives a batch, where that is shorter', () => {
    const run = rolling({ batchLimitSeconds: 20 })
    expect(run.seen(2, { trouble: refused }).wakeAt).toBe(21_000)
    expect(run.seen(21, { trouble: refused }).state).toMatchObject({ hold: { kind: 'pods', message } })
  })

  test('while the batch gets on all the same, they are waited for', () => {
    const run = rolling()
    run.seen(2, { trouble: refused })
    run.seen(50, { trouble: refused, updated: 8, available: 8, servingNew: 8 })
    expect(run.seen(100, { trouble: refused, updated: 8, available: 8 }).state.kind).toBe('running')
    expect(run.seen(110, { trouble: refused, updated: 8, available: 8 }).state.kind).toBe('held')
  })

  test.each(['roll-back-all', 'roll-back-batch', 'roll-back-batch-by-batch'] as const)(
    'a quota that is full for some seconds, again and again, brings about no %s',
    (onFailure) => {
      const run = rolling({ onFailure })
      for (let at = 2; at < 300; at += 20) {
        expect(run.seen(at, { trouble: refused }).state.kind).toBe('running')
        expect(run.seen(at + 15, {}).state.kind).toBe('running')
      }
    },
  )

  test('one that stays full brings about what the plan says', () => {
    const run = rolling({ onFailure: 'roll-back-all' })
    run.seen(2, { trouble: refused })
    expect(run.seen(62, { trouble: refused }).state).toMatchObject({
      kind: 'rolling-back',
      because: { kind: 'pods', message },
    })
  })

  test('of a ReplicaSet that may not be made hold as well: its Deployment is never observed', () => {
    const message = 'Failed to create new replica set "demo-2-x": exceeded quota: sets'
    const trouble = { ...refused, reason: 'ReplicaSetCreateError', message }
    const { newReplicaSet: _, ...rest } = well
    const without = { ...rest, generation: 2, observedGeneration: 1, updated: 0, trouble }
    const run = rolling()
    expect(run.seen(2, without).wakeAt).toBe(62_000)
    expect(run.seen(62, without).state).toMatchObject({ kind: 'held', hold: { kind: 'pods', message } })
  })

  test('that somebody adds to a batch in its bake hold as well', () => {
    const run = rolling()
    const pods = Array.from({ length: 16 }, (_, index) => buildPod(`pod-${index}`, { readySince: 1000 }))
    const whole = { updated: 16, available: 16, servingNew: 16, pods }
    run.seen(2, whole)
    const grown = { ...whole, desired: 18, generation: 2, observedGeneration: 2, trouble: refused }
    expect(run.seen(3, grown).phase?.kind).toBe('baking')
    expect(run.seen(63, grown).state).toMatchObject({ kind: 'held', hold: { kind: 'pods' } })
  })
})
