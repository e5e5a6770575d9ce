import { expect, test } from 'vitest'
import { createKeyedQueue } from '../../../../../electron/app/async/keyed-queue.ts'

test('what is for the same key runs one after the other, also after one that failed', async () => {
  const inTurn = createKeyedQueue()
  const seen: string[] = []
  const run = (name: string, fails = false) =>
    inTurn('demo-http', async () => {
      seen.push(`${name} begins`)
      await Promise.resolve()
      seen.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    })
  const all = await Promise.allSettled([run('one', true), run('two'), run('three')])
  expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends'])
  expect(all.map((one) => one.status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
})

test('other keys do not wait', async () => {
  const inTurn = createKeyedQueue()
  const never = inTurn('one', () => new Promise<never>(() => undefined))
  expect(await inTurn('two', () => Promise.resolve('done'))).toBe('done')
  void never
})
