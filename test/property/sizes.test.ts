import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFormat } from '../../renderer/i18n/format.ts'
import { words } from '../../renderer/i18n/words.ts'
import { pictureLayout } from '../../renderer/pipeline/picture-layout.ts'
import { countPods, draftedPods } from '../../renderer/pipeline/pod-counts.ts'
import { ribbonPaths } from '../../renderer/pipeline/ribbon-paths.ts'
import { draftSizes } from '../../renderer/draft/draft-input.ts'
import { watched } from '../../renderer/release/watching.tsx'
import { commands } from '../../shared/contract.ts'
import { surgeAndUnavailable } from '../../shared/k8s/surge-and-unavailable.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { forecast, keepTotal, largestSize, sizeOf, sizeRange, totalOf } from '../../shared/view/sizes.ts'
import { uid } from '../../shared/ids.ts'
import { expectedSpans } from '../../shared/view/expected.ts'
import { timelineLayout } from '../../shared/view/timeline-layout.ts'
import { pipelineStates } from '../visual/pipeline-states.ts'

const int32 = 2_147_483_647
/** What people type, what clusters have, and what no reader should ever let through. */
const sizes = fc.oneof(
  fc.constantFrom(0, 1, 2, 16, 64, 65, 2_000, 4_999, 5_000, 5_001, 999_999_999, int32),
  fc.integer({ min: 0, max: 40 }),
)
const wishes = fc.oneof(
  sizes,
  fc.constantFrom(-1, -12, -int32, NaN, Infinity, -Infinity, 1.5, Number.MAX_SAFE_INTEGER),
)
const strategies = fc.record({
  type: fc.constantFrom('RollingUpdate', 'Recreate'),
  maxSurge: fc.constantFrom<number | string>(0, 1, 12, int32, '0%', '25%', '100%', '1e999'),
  maxUnavailable: fc.constantFrom<number | string>(0, 1, 12, int32, '0%', '25%', '100%', '-3'),
})
/** What was planned has been through the same door. */
const plans = fc.option(fc.integer({ min: 0, max: largestSize }), { nil: undefined })
const fixed = { kind: 'fixed', why: { kind: 'size-updated' } } as const

const batches = fc
  .array(fc.tuple(sizes, plans, fc.boolean(), strategies), { minLength: 1, maxLength: 14 })
  .map((rows) =>
    rows.map(([desired, planned, free, strategy], index): BatchView => {
      const [like] = pipelineStates.idle().batches
      if (like === undefined) throw new Error('a batch')
      return {
        ...like,
        uid: uid(`b${String(index)}`),
        number: index + 1,
        desired,
        strategy,
        ...surgeAndUnavailable(strategy, desired),
        size: free ? { kind: 'free', ...(planned !== undefined && { planned }) } : fixed,
      }
    }),
  )
const steps = fc.array(fc.tuple(fc.nat(13), wishes), { maxLength: 12 })

function viewOf(own: readonly BatchView[]): PipelineView {
  return { ...pipelineStates.idle(), batches: own }
}

function moved(view: PipelineView, moves: readonly (readonly [number, number])[]) {
  return moves.reduce((now, [index, pods]) => {
    const batch = view.batches[index % view.batches.length]
    return batch === undefined ? now : keepTotal(view, now, { batch: batch.uid, pods })
  }, {})
}

test('whatever is wished, every size is a whole number within its bounds, and of several batches the total stays', () => {
  fc.assert(
    fc.property(batches, steps, (own, moves) => {
      const view = viewOf(own)
      const drafted = moved(view, moves)
      for (const batch of own) {
        const pods = sizeOf(batch, drafted)
        const { least, most } = sizeRange(view, drafted, batch.uid)
        expect(Number.isInteger(pods)).toBe(true)
        expect(pods).toBeGreaterThanOrEqual(least)
        expect(pods).toBeLessThanOrEqual(most)
        expect(least).toBeGreaterThanOrEqual(0)
        if (pods !== sizeOf(batch, {})) expect(pods).toBeGreaterThanOrEqual(Math.min(1, sizeOf(batch, {})))
      }
      if (own.length > 1) expect(totalOf(view, drafted)).toBe(totalOf(view, {}))
    }),
  )
})

test('a size that is at an end of its range stays there, and one within it reaches what is wished', () => {
  fc.assert(
    fc.property(batches, steps, fc.nat(13), (own, moves, index) => {
      const view = viewOf(own)
      const drafted = moved(view, moves)
      const batch = own[index % own.length]
      if (batch === undefined) return
      const { least, most } = sizeRange(view, drafted, batch.uid)
      for (const [wish, result] of [
        [least - 1, least],
        [most + 1, most],
        [Math.floor((least + most) / 2), Math.floor((least + most) / 2)],
      ] as const) {
        expect(sizeOf(batch, keepTotal(view, drafted, { batch: batch.uid, pods: wish }))).toBe(
          batch.size.kind === 'fixed' ? batch.desired : result,
        )
      }
      expect(keepTotal(view, drafted, { batch: batch.uid, pods: NaN })).toEqual(drafted)
    }),
  )
})

test('what is kept of a draft by an older page, or by nobody, is read as a size all the same', () => {
  fc.assert(
    fc.property(batches, fc.array(wishes, { minLength: 14, maxLength: 14 }), (own, kept) => {
      const drafted = Object.fromEntries(kept.map((pods, index) => [`b${String(index)}`, pods]))
      for (const batch of own) {
        const pods = sizeOf(batch, drafted)
        expect(Number.isInteger(pods) && pods >= 0 && pods <= int32).toBe(true)
      }
    }),
  )
})

test('every size that can be drafted is one that the application takes', () => {
  fc.assert(
    fc.property(batches, steps, (own, moves) => {
      const view = viewOf(own)
      const draft = { sizes: moved(view, moves) }
      const parsed = commands['release/change-plan'].input.shape.change.shape.sizes.safeParse(
        draftSizes(view, draft),
      )
      expect(parsed.error?.issues ?? []).toEqual([])
    }),
  )
})

test('the application refuses a size that is out of all bounds, and lets one that is there already stay', () => {
  const { sizes: schema } = commands['release/change-plan'].input.shape.change.shape
  const takes = (from: number, to: number) => schema.safeParse([{ batch: 'b', from, to }]).success
  expect(takes(16, largestSize)).toBe(true)
  expect(takes(16, largestSize + 1)).toBe(false)
  expect(takes(16, -1)).toBe(false)
  expect(takes(9_000, 9_000)).toBe(true)
  expect(takes(9_000, 9_001)).toBe(false)
})

test('the picture and all its numbers are drawn, whatever the sizes', () => {
  const format = createFormat('en')
  fc.assert(
    fc.property(batches, steps, fc.integer({ min: 0, max: 3_000 }), (own, moves, width) => {
      const view = viewOf(own)
      const drafted = moved(view, moves)
      const pods = own.map((batch) => sizeOf(batch, drafted))
      const layout = pictureLayout({ width, pods, wanted: [1] })
      const numbers = [...layout.segments, ...layout.columns].flatMap((span) => [span.left, span.width])
      expect([...numbers, layout.perPod, layout.width].every((one) => Number.isFinite(one))).toBe(true)
      expect(numbers.every((one) => one >= -0.001)).toBe(true)
      const bands = own.map((batch, index) => ({
        pods: pods[index] ?? 0,
        counts: pods[index] === batch.desired ? countPods(batch.pods) : draftedPods(pods[index] ?? 0),
      }))
      for (const { path } of ribbonPaths(layout, bands, 180)) expect(path).not.toMatch(/NaN|Infinity/)
      for (const row of forecast({ batches: own, others: 0 }, drafted)) {
        expect(row.share >= 0 && row.share <= 1).toBe(true)
        expect(Number.isSafeInteger(row.peakPods) && Number.isSafeInteger(row.newPods)).toBe(true)
      }
      const input = { view: { batches: own, pace: { roundSeconds: 86_400, from: 'pods' as const } } }
      const expected = expectedSpans({ ...input, sizes: drafted, bakeSeconds: () => 86_400 }, Date.UTC(2026))
      for (const span of expected) expect(format.clock(span.to, span.to)).not.toBe('')
      const lanes = own.map(({ uid: batch, number }) => ({ batch, number, spans: [], marks: [] }))
      const axis = timelineLayout({ lanes, expected, from: 0, until: 0, phase: 'draft' })
      expect(axis.lanes.flatMap(({ bars }) => bars).every(({ width: bar }) => Number.isFinite(bar))).toBe(
        true,
      )
    }),
  )
})

test('no fewer pods than none are expected to serve, whatever maxUnavailable says', () => {
  fc.assert(
    fc.property(batches, (own) => {
      const rolling = own.map((batch) => ({ ...batch, look: 'rolling' as const }))
      const view = { ...pipelineStates.rolling(), batches: rolling }
      for (const { text } of watched(view, words.en.release, createFormat('en')))
        expect(text).not.toMatch(/-\d|NaN/)
    }),
  )
})

test('a Deployment can be short of no more pods than it has, as its controller takes it', () => {
  expect(surgeAndUnavailable({ type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 12 }, 1)).toEqual({
    surge: 0,
    unavailable: 1,
  })
  expect(surgeAndUnavailable({ type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 0 }, 0)).toEqual({
    surge: 0,
    unavailable: 0,
  })
})
