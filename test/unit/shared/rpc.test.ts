import { expect, test } from 'vitest'
import { commands, feeds } from '../../../shared/contract.ts'
import { ok } from '../../../shared/fault.ts'
import { connect, serve, type Served } from '../../../shared/rpc.ts'
import type { Pipe } from '../../../shared/rpc-pipe.ts'

/** Two pipes that deliver to each other as JSON, at once. */
function pair(): { readonly app: Pipe; readonly page: Pipe; readonly raw: unknown[] } {
  const raw: unknown[] = []
  const listeners: Record<'app' | 'page', ((message: unknown) => void)[]> = { app: [], page: [] }
  const closers: (() => void)[] = []
  const end = (own: 'app' | 'page', other: 'app' | 'page'): Pipe => ({
    send(message) {
      raw.push(message)
      for (const listener of listeners[other]) listener(JSON.parse(JSON.stringify(message)))
    },
    onMessage(listener) {
      listeners[own].push(listener)
      return () => undefined
    },
    onClose(listener) {
      closers.push(listener)
      return () => undefined
    },
    close: () => closers.forEach((close) => close()),
  })
  return { app: end('app', 'page'), page: end('page', 'app'), raw }
}

function served(parts: Partial<Served['handlers']>): Served {
  // Only what a test calls is there: the rest would be noise.
  const handlers = parts as Served['handlers']
  const subscribe = {
    clusters: (_params: unknown, send: (payload: unknown) => void) => {
      send({ clusters: [], problems: [], lookedAt: ['a'] })
      return () => undefined
    },
  } as unknown as Served['subscribe']
  return { commands, feeds, handlers, subscribe, log: () => undefined }
}

test('a command is answered, and its input is checked before anything else', async () => {
  const { app, page } = pair()
  const asked: number[] = []
  serve(app, served({ 'training/speed': ({ factor }) => (asked.push(factor), Promise.resolve(ok(null))) }))
  const client = connect(page)
  expect(await client.call('training/speed', { factor: 5 })).toEqual({ ok: true, value: null })
  expect(await client.call('training/speed', { factor: 500 })).toMatchObject({
    fault: { code: 'invalid-input' },
  })
  expect(asked).toEqual([5])
})

test.each(['constructor', '__proto__', 'toString', 'no/such'])('"%s" is no command', async (name) => {
  const { app, page } = pair()
  serve(app, served({}))
  expect(await connect(page).call(name as 'training/reset', {})).toMatchObject({
    fault: { code: 'not-found' },
  })
})

test('a handler that throws is an internal fault without its words', async () => {
  const { app, page } = pair()
  serve(app, served({ 'training/reset': () => Promise.reject(new Error('secret detail')) }))
  const reply = await connect(page).call('training/reset', {})
  expect(reply).toMatchObject({ fault: { code: 'internal' } })
  expect(JSON.stringify(reply)).not.toContain('secret detail')
})

test('a feed sends the whole view at once', () => {
  const { app, page } = pair()
  serve(app, served({}))
  const seen: unknown[] = []
  connect(page).subscribe('clusters', {}, (payload) => seen.push(payload.lookedAt))
  expect(seen).toEqual([['a']])
})

test('a pipe that closes settles every waiting call', async () => {
  const { app, page } = pair()
  serve(app, served({ 'training/reset': () => new Promise(() => undefined) }))
  const waiting = connect(page).call('training/reset', {})
  page.close()
  expect(await waiting).toMatchObject({ fault: { code: 'closed' } })
})

test('garbage on the pipe is ignored', () => {
  const { app, page, raw } = pair()
  serve(app, served({}))
  for (const garbage of [null, 7, 'x', {}, { kind: 'call' }, { kind: 'odd', id: 1 }]) page.send(garbage)
  expect(raw).toHaveLength(6)
})
