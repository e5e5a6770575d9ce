import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commands, feeds } from '../../../shared/contract.ts'
import { ok } from '../../../shared/fault.ts'
import { connect, serve, type Served } from '../../../shared/rpc.ts'
import { arrayPair, portPair, socketPair, type PipePair } from '../../support/pipe-pairs.ts'

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

describe.each([
  ['an array pair', arrayPair],
  ['a MessagePort', portPair],
  ['a WebSocket', socketPair],
])('over %s', (_name, open) => {
  let pair: PipePair
  beforeEach(async () => {
    pair = await open()
  })
  afterEach(() => pair.end())

  test('a command is answered, and its input is checked before anything else', async () => {
    const asked: number[] = []
    serve(
      pair.app,
      served({ 'training/speed': ({ factor }) => (asked.push(factor), Promise.resolve(ok(null))) }),
    )
    const client = connect(pair.page)
    expect(await client.call('training/speed', { factor: 5 })).toEqual({ ok: true, value: null })
    expect(await client.call('training/speed', { factor: 500 })).toMatchObject({
      fault: { code: 'invalid-input' },
    })
    expect(asked).toEqual([5])
  })

  test.each(['constructor', '__proto__', 'toString', 'no/such'])('"%s" is no command', async (name) => {
    serve(pair.app, served({}))
    expect(await connect(pair.page).call(name as 'training/reset', {})).toMatchObject({
      fault: { code: 'not-found' },
    })
  })

  test('a handler that throws is an internal fault without its words', async () => {
    serve(pair.app, served({ 'training/reset': () => Promise.reject(new Error('secret detail')) }))
    const reply = await connect(pair.page).call('training/reset', {})
    expect(reply).toMatchObject({ fault: { code: 'internal' } })
    expect(JSON.stringify(reply)).not.toContain('secret detail')
  })

  test('a feed sends the whole view at once', async () => {
    serve(pair.app, served({}))
    const seen = await new Promise((resolve) => {
      connect(pair.page).subscribe('clusters', {}, (payload, revision) =>
        resolve([payload.lookedAt, revision]),
      )
    })
    expect(seen).toEqual([['a'], 1])
  })

  test('a pipe that closes settles every waiting call', async () => {
    const closed = new Promise<void>((resolve) => {
      const handlers = {
        'training/reset': () => {
          pair.app.close()
          resolve()
          return new Promise<never>(() => undefined)
        },
      }
      serve(pair.app, served(handlers))
    })
    const waiting = connect(pair.page).call('training/reset', {})
    await closed
    expect(await waiting).toMatchObject({ fault: { code: 'closed' } })
  })

  test('garbage on the pipe is ignored, and what comes after it is answered', async () => {
    serve(pair.app, served({ 'training/reset': () => Promise.resolve(ok(null)) }))
    for (const garbage of [null, 7, 'x', {}, { kind: 'call' }, { kind: 'odd', id: 1 }])
      pair.page.send(garbage)
    expect(await connect(pair.page).call('training/reset', {})).toEqual({ ok: true, value: null })
  })
})
