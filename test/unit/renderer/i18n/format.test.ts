import { expect, test } from 'vitest'
import { createFormat } from '../../../../renderer/i18n/format.ts'

const english = createFormat('en')
const chinese = createFormat('zh')

test.each([
  [0, '0 %'],
  [1, '100 %'],
  [17 / 49, '34.7 %'],
  [0.0001, '0.1 %'],
  [0.9999, '99.9 %'],
])('%d of the traffic is written %s', (value, text) => {
  expect(english.share(value).replace('\u00a0', ' ')).toBe(text)
})

test.each([
  [0, '0:00'],
  [72, '1:12'],
  [3_725, '1:02:05'],
  [-3, '0:00'],
])('%d seconds are written %s', (seconds, text) => {
  expect(english.duration(seconds)).toBe(text)
})

test('clock times are written with 24 hours in both languages', () => {
  const at = new Date(2026, 10, 24, 14, 3, 9).getTime()
  expect([english.clock(at, at), chinese.clock(at, at)]).toEqual(['14:03', '14:03'])
  expect([english.clockSeconds(at, at), chinese.clockSeconds(at, at)]).toEqual(['14:03:09', '14:03:09'])
})

test('a time of another day has its day beside it, in both languages, with and without seconds', () => {
  const [at, now] = [new Date(2026, 10, 24, 14, 3, 9).getTime(), new Date(2026, 10, 29, 14, 3, 9).getTime()]
  expect([english.clock(at, now), english.clockSeconds(at, now)]).toEqual([
    '24 Nov 2026, 14:03',
    '24 Nov 2026, 14:03:09',
  ])
  expect([chinese.clock(at, now), chinese.clockSeconds(at, now)]).toEqual([
    '2026年11月24日 14:03',
    '2026年11月24日 14:03:09',
  ])
})

test('ages are rough and in words of the language', () => {
  expect(english.age(45)).toBe('45s')
  expect(english.age(200)).toBe('3m')
  expect(chinese.age(200)).toBe('3分钟')
})
