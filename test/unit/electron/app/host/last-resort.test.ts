import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createLastResort, outliveReaders } from '../../../../../electron/app/host/last-resort.ts'

function bench(services: readonly string[], close: () => Promise<unknown>) {
  const said: string[] = []
  const codes: number[] = []
  let late = (): void => undefined
  const take = createLastResort({
    driving: () => services,
    language: 'en',
    say: (line) => said.push(line),
    close,
    exit: (code) => codes.push(code),
    after: (_ms, run) => (late = run),
  })
  return { take, said: () => said.join('\n'), codes, patienceEnds: () => late() }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('an error that nobody expected is said, with what becomes of the releases, and ends the process once it has closed', async () => {
  let closed = 0
  const { take, said, codes } = bench(['shop-http'], () => Promise.resolve(closed++))
  take(new Error('a bug'))
  expect(said()).toContain('a bug')
  expect(said()).toContain('shop-http')
  expect(said()).toContain('once Tranche runs again, the release continues')
  expect(codes).toEqual([])
  await settled()
  expect([closed, codes]).toEqual([1, [70]])
})

test('where nothing is released it says so', () => {
  const { take, said } = bench([], () => Promise.resolve())
  take('no error at all')
  expect(said()).toContain('no error at all')
  expect(said()).toContain('Nothing was being released')
})

test.each([
  ['a closing that fails', () => Promise.reject(new Error('closed badly')), 'failing'],
  ['a closing that hangs', () => new Promise(() => undefined), 'hanging'],
])('%s ends it all the same', async (_, close, how) => {
  const { take, codes, patienceEnds } = bench(['shop-http'], close)
  take(new Error('a bug'))
  await settled()
  if (how === 'hanging') {
    expect(codes).toEqual([])
    patienceEnds()
  }
  expect(codes).toEqual([70])
})

test('another error while it closes ends it at once', () => {
  let closed = 0
  const { take, codes } = bench([], () => new Promise(() => closed++))
  take(new Error('one'))
  take(new Error('another'))
  expect([closed, codes]).toEqual([1, [70]])
})

test('a reader that goes away ends nothing', () => {
  const stream = new PassThrough()
  outliveReaders([stream])
  expect(() => stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).not.toThrow()
})
