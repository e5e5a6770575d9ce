import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import type { BatchView } from '../../../../shared/view/batch-view.ts'
import type { Sizes } from '../../../../shared/view/sizes.ts'
import { expectedEnd, expectedSpans } from '../../../../shared/view/expected.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const bakeSeconds = () => 60
const pace = { roundSeconds: 30, from: 'batches' } as const
const spansOf = (view: PipelineView, now = 0, sizes: Sizes = {}) =>
  expectedSpans({ view, sizes, bakeSeconds }, now).map(
    ({ batch, kind, from, to }) => `${batch.slice(-1)} ${kind} ${from / 1000}-${to / 1000}`,
  )

test('a draft goes batch by batch: rounds of its pods, then its bake', () => {
  const view = { ...pipelineStates.idle(), pace }
  expect(spansOf(view).slice(0, 4)).toEqual([
    '1 updating 0-30',
    '1 baking 30-90',
    '2 updating 90-150',
    '2 baking 150-210',
  ])
})

test('another size takes other rounds, and resizing first takes one more', () => {
  const view = { ...pipelineStates.idle(), pace }
  const sizes: Sizes = { [uid('uid-batch-2')]: 4, [uid('uid-batch-3')]: 28 }
  expect(spansOf(view, 0, sizes).slice(0, 3)).toEqual([
    '1 updating 30-60',
    '1 baking 60-120',
    '2 updating 120-180',
  ])
})

test('a batch in progress takes what is left of its time, those that are done take none', () => {
  const view = { ...pipelineStates.rolling(), pace: { ...pace, roundSeconds: 90 } }
  const { now } = view
  // 16 pods are two rounds of 90 s; 108 s have passed.
  const seconds = (at: number) => (at - now) / 1000
  const [first, second] = expectedSpans({ view, sizes: {}, bakeSeconds }, now)
  expect(first).toMatchObject({ batch: 'uid-batch-2', kind: 'updating', from: now })
  expect(seconds(first?.to ?? 0)).toBe(72)
  expect(seconds(second?.to ?? 0)).toBe(132)
})

test('a batch that is late is expected to take at least the rounds that its old pods still need', () => {
  const rolling = pipelineStates.rolling()
  const late = (batch: BatchView): BatchView =>
    batch.number === 2 ? { ...batch, updated: 0, startedAt: rolling.now - 1_000_000 } : batch
  const view = { ...rolling, pace, batches: rolling.batches.map(late) }
  const [first] = expectedSpans({ view, sizes: {}, bakeSeconds }, view.now)
  expect(((first?.to ?? 0) - view.now) / 1000).toBe(30)
})

test.each(['failed', 'paused', 'rolling-back'] as const)(
  'nothing is expected of a release that does not move by itself: %s',
  (state) => {
    const view = { ...pipelineStates[state](), pace }
    expect(spansOf(view, view.now)).toEqual([])
  },
)

test('a batch that was left out takes no time, and one that is frozen has no end', () => {
  const rolling = pipelineStates.rolling()
  const withLook = (number: number, look: BatchView['look']) => ({
    ...rolling,
    pace,
    batches: rolling.batches.map((batch) => (batch.number === number ? { ...batch, look } : batch)),
  })
  expect(spansOf(withLook(3, 'skipped'), rolling.now).some((span) => span.startsWith('3'))).toBe(false)
  expect(spansOf(withLook(2, 'frozen'), rolling.now)).toEqual([])
})

test('without a pace no time is guessed', () => {
  const { pace: _unknown, ...view } = pipelineStates.rolling()
  const spans = expectedSpans({ view, sizes: {}, bakeSeconds }, view.now)
  expect(spans).toEqual([])
  expect(expectedEnd(spans)).toBeUndefined()
})
