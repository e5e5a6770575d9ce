import { describe, expect, test } from 'vitest'
import { proofOf } from '../../../../electron/browser/handshake.ts'
import { createHandshake } from '../../../../renderer/bridge/handshake.ts'

const secret = Buffer.alloc(32, 7).toString('base64url')
const nonce = 'N'.repeat(32)
const text = (message: object): string => JSON.stringify(message)

/** What the real server says to a greeting. */
const greeting = (hello: string, own = nonce): string =>
  text({ nonce: own, proof: proofOf(secret, 'server', hello + own) })

test('a server that proves itself gets our proof, and is believed once it is ready', async () => {
  const page = await createHandshake(secret)
  expect(await page.take(greeting(page.hello))).toEqual({
    kind: 'send',
    message: { proof: proofOf(secret, 'page', page.hello + nonce) },
  })
  expect(await page.take(text({ ready: true }))).toEqual({ kind: 'open' })
})

describe('nothing is believed, and nothing is proved, to one that', () => {
  const unreachable = { kind: 'unreachable' }

  test('says it is ready before it has proved anything', async () => {
    const page = await createHandshake(secret)
    expect(await page.take(text({ ready: true }))).toEqual(unreachable)
    // Not even when it proves itself afterwards.
    expect(await page.take(greeting(page.hello))).toEqual(unreachable)
  })

  test('says it is ready while its proof is being checked', async () => {
    const page = await createHandshake(secret)
    const first = page.take(greeting(page.hello))
    expect(await page.take(text({ ready: true }))).toEqual(unreachable)
    expect(await first).toEqual(unreachable)
  })

  test('proves itself twice', async () => {
    const page = await createHandshake(secret)
    await page.take(greeting(page.hello))
    expect(await page.take(greeting(page.hello))).toEqual(unreachable)
  })

  test('knows another secret', async () => {
    const page = await createHandshake(secret)
    const proof = proofOf(Buffer.alloc(32, 8).toString('base64url'), 'server', page.hello + nonce)
    expect(await page.take(text({ nonce, proof }))).toEqual({ kind: 'refused' })
    expect(await page.take(text({ ready: true }))).toEqual(unreachable)
  })

  test('plays back what it has heard of another page', async () => {
    const other = await createHandshake(secret)
    const page = await createHandshake(secret)
    expect(await page.take(greeting(other.hello))).toEqual({ kind: 'refused' })
  })

  test('sends the page’s own proof, or its own greeting, back', async () => {
    const page = await createHandshake(secret)
    const proof = proofOf(secret, 'page', page.hello + nonce)
    expect(await page.take(text({ nonce, proof }))).toEqual({ kind: 'refused' })
    const again = await createHandshake(secret)
    expect(await again.take(greeting(again.hello, again.hello))).toEqual(unreachable)
  })

  test.each([
    ['nothing that is JSON', 'hello'],
    ['no text', new Uint8Array(3)],
    ['null', 'null'],
    ['no nonce', text({ proof: 'x' })],
    ['a nonce of another kind', text({ nonce: 1, proof: 'x' })],
    ['a nonce that is too short', text({ nonce: 'short', proof: 'x' })],
    ['no proof', text({ nonce })],
  ])('says %s', async (_, said) => {
    const page = await createHandshake(secret)
    expect(await page.take(said)).toEqual(unreachable)
  })

  test('each page greets with a nonce of its own', async () => {
    const hellos = await Promise.all([1, 2, 3].map(async () => (await createHandshake(secret)).hello))
    expect(new Set(hellos).size).toBe(3)
  })
})
