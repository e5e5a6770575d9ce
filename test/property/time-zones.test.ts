import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { createFormat } from '../../renderer/i18n/format.ts'
import { dayText, parseTime } from '../../shared/history/time-text.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

/** With hours that come two times, with half an hour of them, without any, and on both sides of the date line. */
const zones = fc.constantFrom(
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Asia/Shanghai', 'Asia/Kathmandu'],
  ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Apia', 'America/Sao_Paulo'],
)
const second = 1000
const seconds = fc
  .oneof(
    fc.integer({ min: Date.UTC(2010, 0) / second, max: Date.UTC(2036, 0) / second }),
    // Around the nights in which clocks are set.
    fc
      .tuple(
        fc.integer({ min: 2010, max: 2035 }),
        fc.constantFrom(2, 3, 9, 10),
        fc.integer({ min: 0, max: 31 * 86_400 }),
      )
      .map(([year, month, of]) => Date.UTC(year, month) / second + of),
  )
  .map((whole) => whole * second)

test('in any time zone, every moment has a text that is understood as that very moment, and no two have the same', () => {
  fc.assert(
    fc.property(zones, seconds, (name, at) => {
      process.env['TZ'] = name
      expect(parseTime(dayText(at), 0)).toEqual({ kind: 'time', at })
      for (const other of [at - 3_600 * second, at - 1_800 * second])
        expect(dayText(other)).not.toBe(dayText(at))
    }),
    { numRuns: 1_000 },
  )
})

test('in any time zone, a time of the day is one that has passed, less than two days ago, or a question', () => {
  fc.assert(
    fc.property(zones, seconds, fc.tuple(fc.nat(23), fc.nat(59)), (name, now, [hour, minute]) => {
      process.env['TZ'] = name
      const parsed = parseTime(`${String(hour)}:${String(minute).padStart(2, '0')}`, now)
      if (parsed.kind === 'twice') {
        const both = parsed.texts.map((text) => parseTime(text, 0))
        expect(both.map((one) => one.kind)).toEqual(['time', 'time'])
        return
      }
      if (parsed.kind !== 'time') throw new Error(`${name}: ${JSON.stringify(parsed)}`)
      const local = new Date(parsed.at)
      expect([local.getHours(), local.getMinutes()]).toEqual([hour, minute])
      expect(now - parsed.at).toBeGreaterThanOrEqual(0)
      expect(now - parsed.at).toBeLessThan(2 * 86_400 * second + 7_200 * second)
    }),
    { numRuns: 1_000 },
  )
})

test('in any time zone and both languages, the day stands beside a time exactly where it is not the day of now', () => {
  fc.assert(
    fc.property(zones, seconds, fc.integer({ min: 0, max: 6 * 86_400 }), (name, now, ago) => {
      process.env['TZ'] = name
      const at = now - ago * second
      const today = new Date(at).toDateString() === new Date(now).toDateString()
      for (const language of ['en', 'zh'] as const) {
        const format = createFormat(language)
        for (const text of [format.clock(at, now), format.clockSeconds(at, now)])
          expect(/^\d{2}:\d{2}(?::\d{2})?$/.test(text), text).toBe(today)
      }
    }),
    { numRuns: 300 },
  )
})
