import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { proofOf } from '../../../../electron/browser/handshake.ts'
import { startBrowserServer, type BrowserServer } from '../../../../electron/browser/http-server.ts'
import { wsPipe } from '../../../../electron/browser/ws-pipe.ts'
import { commands, feeds, type CommandInput } from '../../../../shared/contract.ts'
import { ok } from '../../../../shared/fault.ts'
import { kubeconfigBytes, messageBytes } from '../../../../shared/limits.ts'
import { connect, serve, type Client, type Served } from '../../../../shared/rpc.ts'

const secret = Buffer.alloc(32, 7).toString('base64url')
let server: BrowserServer
let attached = 0
/** Says how long the text was that arrived: only what these tests call is there. */
const served = {
  commands,
  feeds,
  handlers: {
    'kubeconfig/inspect': (what: CommandInput<'kubeconfig/inspect'>) =>
      Promise.resolve(ok({ contexts: [], problems: [what.kind === 'text' ? String(what.text.length) : ''] })),
  },
  subscribe: {},
  log: () => undefined,
} as unknown as Served

beforeEach(async () => {
  attached = 0
  server = await startBrowserServer({
    port: 0,
    secret,
    files: new Map([['/', { body: Buffer.from('page'), type: 'text/html' }]]),
    attach: (pipe) => {
      attached++
      return serve(pipe, served)
    },
    log: () => undefined,
  })
})
afterEach(() => server.close())

function status(options: {
  readonly host?: string
  readonly path?: string
  readonly method?: string
}): Promise<number> {
  return new Promise((resolve) => {
    const host = options.host ?? `127.0.0.1:${server.port}`
    const { path = '/', method = 'GET' } = options
    request({ host: '127.0.0.1', port: server.port, path, method, headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).end()
  })
}

type Message = { readonly nonce?: string; readonly proof?: string; readonly ready?: boolean }

/** Plays the page's part of the handshake; resolves to whether it was let in, and whether the server proved itself. */
function knock(using: { readonly secret: string; readonly origin?: string }): Promise<string> {
  const origin = using.origin ?? `http://127.0.0.1:${server.port}`
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/pipe`, 'tranche.v1', { origin })
  const hello = 'a-nonce-of-the-page'
  return new Promise((resolve) => {
    socket.on('error', () => resolve('refused'))
    socket.on('close', () => resolve('closed'))
    socket.on('open', () => socket.send(JSON.stringify({ hello })))
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as Message
      if (message.ready === true) {
        resolve('in')
        socket.close()
        return
      }
      const nonces = hello + (message.nonce ?? '')
      expect(message.proof).toBe(proofOf(secret, 'server', nonces))
      socket.send(JSON.stringify({ proof: proofOf(using.secret, 'page', nonces) }))
    })
  })
}

test('only its own Host is answered: a name bound anew to 127.0.0.1 gets nothing', async () => {
  expect(await status({})).toBe(200)
  expect(await status({ host: `evil.example:${server.port}` })).toBe(403)
  expect(await status({ host: 'localhost' })).toBe(403)
})

test('paths outside the page and other methods are refused', async () => {
  expect(await status({ path: '/../package.json' })).toBe(404)
  expect(await status({ method: 'POST' })).toBe(405)
})

test('who knows the secret is let in, after the server has proved itself', async () => {
  expect(await knock({ secret })).toBe('in')
  expect(attached).toBe(1)
})

test('a wrong secret, or another origin, never reaches the application', async () => {
  expect(await knock({ secret: Buffer.alloc(32, 8).toString('base64url') })).toBe('closed')
  expect(await knock({ secret, origin: 'http://127.0.0.1:1' })).toBe('refused')
  expect(attached).toBe(0)
})

/** A page that has been let in, over the real socket. */
function enter(): Promise<{ readonly client: Client; readonly socket: WebSocket; readonly codes: number[] }> {
  const origin = `http://127.0.0.1:${server.port}`
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/pipe`, 'tranche.v1', { origin })
  const hello = 'a-nonce-of-the-page'
  const codes: number[] = []
  socket.on('close', (code) => codes.push(code))
  return new Promise((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify({ hello })))
    socket.on('message', (data: Buffer) => {
      const { ready, nonce = '' } = JSON.parse(data.toString('utf8')) as Message
      if (ready === undefined) socket.send(JSON.stringify({ proof: proofOf(secret, 'page', hello + nonce) }))
      else {
        socket.removeAllListeners('message')
        resolve({ client: connect(wsPipe(socket)), socket, codes })
      }
    })
  })
}

test.each([
  ['of lines', `${'a'.repeat(59)}\n`],
  ['of nothing but line ends and quotes', '\n"'],
  ['of Chinese', '集'],
])('a kubeconfig of the largest size, %s, arrives whole', async (_name, piece) => {
  const { client, socket, codes } = await enter()
  const bytes = Buffer.byteLength(piece)
  const text = piece.repeat(Math.floor(kubeconfigBytes / bytes))
  expect(await client.call('kubeconfig/inspect', { kind: 'text', name: 'pasted', text })).toEqual(
    ok({ contexts: [], problems: [String(text.length)] }),
  )
  expect(codes).toEqual([])
  socket.terminate()
})

test('what is too large is answered in a sentence, before it is sent or by the host, and never cuts the connection', async () => {
  const { client, socket, codes } = await enter()
  const inspect = (text: string) => client.call('kubeconfig/inspect', { kind: 'text', name: 'pasted', text })
  // The frame would take it, the command does not.
  expect(await inspect('a'.repeat(kubeconfigBytes + 1))).toMatchObject({
    fault: { code: 'invalid-input', message: 'text: It is too large.' },
  })
  // Small as text, and larger than a frame once it is escaped.
  expect(await inspect('\u0001'.repeat(kubeconfigBytes))).toMatchObject({ fault: { code: 'too-large' } })
  expect(await inspect('a'.repeat(messageBytes))).toMatchObject({ fault: { code: 'too-large' } })
  expect(await inspect('still here')).toMatchObject({ ok: true })
  expect(codes).toEqual([])
  socket.terminate()
})
