import { expect, test } from 'vitest'
import { once } from '../../../../electron/app/once.ts'

test('a request that is sent twice acts once, and both get the same reply', async () => {
  let runs = 0
  const remembered = once()
  const run = (): Promise<number> => Promise.resolve(++runs)
  expect(await Promise.all([remembered('request-1', run), remembered('request-1', run)])).toEqual([1, 1])
  expect(await remembered('request-2', run)).toBe(2)
})
