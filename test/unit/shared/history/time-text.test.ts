import { expect, test } from 'vitest'
import { dayText, parseTime } from '../../../../shared/history/time-text.ts'

test('a time of the day is the last one that has passed, a date is taken as it stands', () => {
  const now = new Date(2026, 10, 24, 0, 10).getTime()
  expect(parseTime('0:05', now)).toBe(new Date(2026, 10, 24, 0, 5).getTime())
  expect(parseTime('23:50:30', now)).toBe(new Date(2026, 10, 23, 23, 50, 30).getTime())
  expect(parseTime('2026-11-02T14:05', now)).toBe(new Date(2026, 10, 2, 14, 5).getTime())
  expect(parseTime('2026-11-02 14:05:30', now)).toBe(new Date(2026, 10, 2, 14, 5, 30).getTime())
  expect([parseTime('25:00', now), parseTime('2026', now), parseTime('', now)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a time that is offered is understood again', () => {
  const at = new Date(2026, 10, 24, 0, 10, 7).getTime()
  expect(dayText(at)).toBe('2026-11-24 00:10:07')
  expect(parseTime(dayText(at), 0)).toBe(at)
})
