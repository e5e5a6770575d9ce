import { expect, test } from 'vitest'
import { createSignalCount } from '../../../../../electron/cli/session/count-signals.ts'

test('one Ctrl-C that comes by several ways counts once, a second one is a wish of its own', () => {
  let now = 1000
  const count = createSignalCount(() => now)
  expect(count.take('SIGINT')).toBe('first')
  now += 5
  expect(count.take('SIGINT')).toBe('echo')
  expect(count.take('SIGTERM')).toBe('echo')
  now += 900
  expect(count.take('SIGINT')).toBe('again')
})

test('ending it twice, with time between, is a wish to end it at once', () => {
  let now = 0
  const count = createSignalCount(() => now)
  expect(count.take('SIGTERM')).toBe('first')
  now += 2000
  expect(count.take('SIGTERM')).toBe('again')
})
