import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRecent } from '../../../../electron/app/preflight/recent.ts'
import { failedInWords, ok, type Reply } from '../../../../shared/fault.ts'
import { createFakeClock, settled } from '../../../support/fake-clock.ts'

const unhandled: unknown[] = []
const note = (error: unknown): void => void unhandled.push(error)
beforeEach(() => process.on('unhandledRejection', note))
afterEach(() => {
  process.off('unhandledRejection', note)
  unhandled.length = 0
})

test('a question that throws is told to who asked, ends nothing, and is asked anew the next time', async () => {
  const recent = createRecent<number>(createFakeClock(), 60_000)
  const answers: (() => Promise<Reply<number>>)[] = [
    () => Promise.reject(new Error('a bug')),
    () => Promise.resolve(ok(7)),
  ]
  const ask = () =>
    recent('key', () => answers.shift()?.() ?? Promise.resolve(failedInWords('internal', 'too often')))
  await expect(ask()).rejects.toThrow('a bug')
  await settled()
  expect(unhandled).toEqual([])
  expect(await ask()).toEqual(ok(7))
  expect(await ask()).toEqual(ok(7))
})
