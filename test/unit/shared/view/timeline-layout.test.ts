import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { Lane } from '../../../../shared/view/lanes.ts'
import { timelineLayout, type TimelineInput } from '../../../../shared/view/timeline-layout.ts'

const minute = 60_000
const from = 1_700_000_040_000 - (1_700_000_040_000 % (5 * minute))

function lane(parts: Partial<Lane> = {}): Lane {
  return { batch: uid('b1'), number: 1, spans: [{ kind: 'updating', from }], marks: [], ...parts }
}

function layout(parts: Partial<TimelineInput> = {}) {
  return timelineLayout({
    lanes: [lane()],
    expected: [],
    from,
    until: from + 10 * minute,
    phase: 'running',
    ...parts,
  })
}

test('what goes on is drawn up to now, and what is expected follows from there', () => {
  const until = from + 4 * minute
  const expected = [{ batch: uid('b1'), kind: 'updating', from: until, to: until + 4 * minute } as const]
  const { now = 0, lanes } = layout({ until, expected })
  const [ran, toCome] = lanes[0]?.bars ?? []
  expect(ran?.kind).toBe('updating')
  expect((ran?.left ?? 0) + (ran?.width ?? 0)).toBeCloseTo(now)
  expect(toCome).toMatchObject({ kind: 'expected', left: now })
  expect(toCome?.width).toBeCloseTo(ran?.width ?? 0)
})

test('after the end there is no present, and the axis ends with the release', () => {
  const { now, lanes } = layout({
    phase: 'ended',
    lanes: [lane({ spans: [{ kind: 'updating', from, to: from + 10 * minute }] })],
  })
  expect(now).toBeUndefined()
  expect(lanes[0]?.bars[0]?.width).toBeCloseTo(1 / 1.08)
})

test('ticks stand at round times and keep away from the label of the present', () => {
  const { ticks, now = 0, seconds } = layout()
  expect(seconds).toBe(false)
  expect(ticks.length).toBeGreaterThan(2)
  for (const { at, left } of ticks) {
    expect(at % (2 * minute)).toBe(0)
    expect(Math.abs(left - now)).toBeGreaterThan(0.09)
  }
})

test('a release of seconds has ticks of seconds', () => {
  expect(layout({ until: from + 8000 }).seconds).toBe(true)
})

test('of marks at one spot the last is shown', () => {
  const marks = [
    { kind: 'approval', at: from + minute },
    { kind: 'failure', at: from + minute + 1000 },
  ] as const
  expect(layout({ lanes: [lane({ marks })] }).lanes[0]?.marks.map(({ kind }) => kind)).toEqual(['failure'])
})

test('whatever the lengths, everything lies on the axis and ticks stay few', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * 86_400_000 }), fc.nat(86_400_000), (length, ahead) => {
      const until = from + length
      const expected = [{ batch: uid('b1'), kind: 'baking', from: until, to: until + ahead } as const]
      const { lanes, ticks, now = 0 } = layout({ until, expected })
      for (const { left, width } of lanes[0]?.bars ?? []) {
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(1.000001)
      }
      expect(now).toBeLessThanOrEqual(1)
      expect(ticks.length).toBeLessThanOrEqual(8)
    }),
  )
})
