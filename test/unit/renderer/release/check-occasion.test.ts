import { expect, test } from 'vitest'
import { checkOccasion } from '../../../../renderer/release/check-occasion.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import type { BatchView } from '../../../../shared/view/batch-view.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const view = pipelineStates.canary()
const withFirst = (change: Partial<BatchView>): PipelineView => ({
  ...view,
  batches: view.batches.map((batch, index) => (index === 0 ? { ...batch, ...change } : batch)),
})

test.each<[string, PipelineView]>([
  ['somebody scales a batch', withFirst({ desired: 7 })],
  ['somebody changes a template', withFirst({ digest: 'another' })],
  ['somebody pauses a Deployment', withFirst({ paused: true })],
  [
    'the lock is taken',
    { ...view, lock: { kind: 'other', holder: 'wang', expired: false } as PipelineView['lock'] },
  ],
  ['the data is old', { ...view, freshness: { kind: 'stale', since: 0 } }],
  ['a batch appears', { ...view, batches: view.batches.slice(1) }],
])('checks are asked for again when %s', (_what, after) => {
  expect(checkOccasion(after)).not.toBe(checkOccasion(view))
})

test('a pod that gets ready among others, or the time that passes, is no occasion', () => {
  const rolling = pipelineStates.rolling()
  const after = {
    ...rolling,
    now: rolling.now + 5_000,
    batches: rolling.batches.map((batch) =>
      batch.look === 'rolling' ? { ...batch, ready: batch.ready - 1, updated: batch.updated - 1 } : batch,
    ),
  }
  expect(checkOccasion(after)).toBe(checkOccasion(rolling))
})
