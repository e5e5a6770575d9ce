import { afterEach, expect, test } from 'vitest'
import { dayText, parseTime } from '../../../../shared/history/time-text.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

function at(value: ReturnType<typeof parseTime>): number | undefined {
  return value.kind === 'time' ? value.at : undefined
}

test('a time of the day is the last one that has passed, a date is taken as it stands', () => {
  const now = new Date(2026, 10, 24, 0, 10).getTime()
  expect(at(parseTime('0:05', now))).toBe(new Date(2026, 10, 24, 0, 5).getTime())
  expect(at(parseTime('23:50:30', now))).toBe(new Date(2026, 10, 23, 23, 50, 30).getTime())
  expect(at(parseTime('2026-11-02T14:05', now))).toBe(new Date(2026, 10, 2, 14, 5).getTime())
  expect(at(parseTime('2026-11-02 14:05:30', now))).toBe(new Date(2026, 10, 2, 14, 5, 30).getTime())
  expect(at(parseTime('2026-11-02T14:05:30.250Z', now))).toBe(Date.UTC(2026, 10, 2, 14, 5, 30))
})

test.each(['25:00', '2026', '', '2026-11-24', '2026-11-24 24:00', '2026-11-24 10:60', 'yesterday', '-1:00'])(
  '"%s" is no time',
  (text) => {
    expect(parseTime(text, 0)).toEqual({ kind: 'none' })
  },
)

test.each(['2026-02-31', '2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'])(
  '%s is refused as a day that does not exist, and not taken for another',
  (day) => {
    expect(parseTime(`${day} 10:00`, 0)).toEqual({ kind: 'no-such-day', day })
  },
)

test('29 February of a leap year is a day', () => {
  expect(at(parseTime('2028-02-29 10:00', 0))).toBe(new Date(2028, 1, 29, 10).getTime())
})

test('a time that is offered is understood again', () => {
  const then = new Date(2026, 10, 24, 0, 10, 7).getTime()
  expect(dayText(then)).toBe('2026-11-24 00:10:07')
  expect(parseTime(dayText(then), 0)).toEqual({ kind: 'time', at: then })
})

test('in the hour that comes two times, each is offered so that it is understood again, and the bare text asks which', () => {
  process.env['TZ'] = 'Europe/Berlin'
  const [summer, winter] = [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)]
  expect([dayText(summer), dayText(winter)]).toEqual([
    '2026-10-25 02:30:00 +02:00',
    '2026-10-25 02:30:00 +01:00',
  ])
  expect([at(parseTime(dayText(summer), 0)), at(parseTime(dayText(winter), 0))]).toEqual([summer, winter])
  const twice = { kind: 'twice', texts: [dayText(summer), dayText(winter)] }
  expect(parseTime('2026-10-25 02:30', 0)).toEqual(twice)
  expect(parseTime('2:30', Date.UTC(2026, 9, 25, 8))).toEqual(twice)
  // Before the second one has come, there is only the first.
  expect(at(parseTime('2:30', Date.UTC(2026, 9, 25, 0, 45)))).toBe(summer)
})

test('a time that the clocks were set forward over is refused, and 2:30 then is that of the day before', () => {
  process.env['TZ'] = 'Europe/Berlin'
  expect(parseTime('2026-03-29 02:30', 0)).toEqual({ kind: 'skipped', text: '2026-03-29 02:30:00' })
  expect(at(parseTime('2:30', Date.UTC(2026, 2, 29, 8)))).toBe(Date.UTC(2026, 2, 28, 1, 30))
})
