import { connect as connectSocket, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { proofOf } from '../../electron/browser/handshake.ts'
import { startBrowserServer, type BrowserServer } from '../../electron/browser/http-server.ts'

const secret = Buffer.alloc(32, 7).toString('base64url')
const hello = 'nonce-of-the-page-in-these-tests'
let server: BrowserServer
let attached = 0
const opened: (Socket | WebSocket)[] = []

beforeEach(async () => {
  attached = 0
  server = await startBrowserServer({
    port: 0,
    secret,
    files: new Map([['/', { body: Buffer.from('page'), type: 'text/html' }]]),
    attach: () => {
      attached++
      return () => undefined
    },
    log: () => undefined,
  })
})
afterEach(async () => {
  for (const one of opened.splice(0)) {
    if (one instanceof WebSocket) one.terminate()
    else one.destroy()
  }
  await server.close()
})

const host = (): string => `127.0.0.1:${server.port}`

function raw(options: { readonly allowHalfOpen?: boolean } = {}): Socket {
  const socket = connectSocket({ port: server.port, host: '127.0.0.1', ...options })
  socket.on('error', () => undefined)
  opened.push(socket)
  return socket
}

function upgrade({ origin = `http://${host()}`, to = host(), path = '/pipe' } = {}): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: ${to}`,
    `Origin: ${origin}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: tranche.v1',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n')
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    // Nothing is closed for whoever does not read.
    socket.resume()
    socket.once('close', () => resolve())
  })

function firstBytes(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once('data', (data) => resolve(data.toString('latin1'))))
}

function isServed(): Promise<boolean> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port: server.port, path: '/' }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
      .on('error', () => resolve(false))
      .end()
  })
}

type Said = { readonly nonce?: string; readonly proof?: string; readonly ready?: boolean }

/** A WebSocket that is let to the handshake. `say`: what it answers to the server's proof. */
function knock(say: (said: Required<Pick<Said, 'nonce' | 'proof'>>) => unknown): Promise<string> {
  const socket = new WebSocket(`ws://${host()}/pipe`, 'tranche.v1', { origin: `http://${host()}` })
  opened.push(socket)
  return new Promise((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => resolve('closed'))
    socket.on('open', () => socket.send(JSON.stringify({ hello })))
    socket.on('message', (data: Buffer) => {
      const { ready, nonce = '', proof = '' } = JSON.parse(data.toString('utf8')) as Said
      if (ready === true) resolve('in')
      else socket.send(JSON.stringify(say({ nonce, proof })))
    })
  })
}

/** It gets as far as the handshake and says nothing. */
function silentSocket(): WebSocket {
  const socket = new WebSocket(`ws://${host()}/pipe`, 'tranche.v1', { origin: `http://${host()}` })
  socket.on('error', () => undefined)
  opened.push(socket)
  return socket
}

const asThePage = ({ nonce }: { readonly nonce: string }) => ({
  proof: proofOf(secret, 'page', hello + nonce),
})

describe('one packet is not enough', () => {
  test.each([
    ['an upgrade of another origin', { origin: 'http://evil.example' }],
    ['an upgrade at another path', { path: '/elsewhere' }],
    ['an upgrade that is allowed', {}],
  ])('%s that is reset at once ends nothing', async (_, how) => {
    for (let times = 0; times < 20; times++) {
      const socket = raw()
      await new Promise<void>((resolve) => socket.once('connect', resolve))
      socket.write(upgrade(how))
      if (times % 2 === 0) await firstBytes(socket)
      socket.resetAndDestroy()
    }
    expect(await isServed()).toBe(true)
    expect(await knock(asThePage)).toBe('in')
  })

  test.each([
    ['no HTTP', () => '\u0000\u0001\u0002\u0003'],
    ['a header without end', () => `GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}`],
    ['two lengths', () => 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a key that is none', () => upgrade().replace(/Sec-WebSocket-Key: .*/, 'Sec-WebSocket-Key: none')],
  ])('%s is turned away, and the next one is served', async (_, bytes) => {
    const socket = raw()
    const gone = closed(socket)
    socket.write(bytes())
    await gone
    expect(await isServed()).toBe(true)
  })
})

describe('whoever is turned away is not kept', () => {
  test('a refused upgrade is closed, also for one that keeps its half open', async () => {
    const socket = raw({ allowHalfOpen: true })
    const gone = new Promise<void>((resolve) => socket.once('error', () => resolve()))
    socket.write(upgrade({ origin: 'http://evil.example' }))
    expect(await firstBytes(socket)).toContain('403')
    // What is written to a socket that the server has destroyed is answered with a reset.
    const writing = setInterval(() => socket.write('x'), 50)
    await gone
    clearInterval(writing)
  })

  test.each([
    ['a request that never ends its headers', () => `GET / HTTP/1.1\r\nHost: ${host()}\r\n`],
    ['a connection that never says a word', () => ''],
  ])('%s is closed', async (_, bytes) => {
    const socket = raw()
    const gone = closed(socket)
    socket.write(bytes())
    await gone
  })

  test('a wrong proof is closed, also for one that does not close', async () => {
    expect(await knock(() => ({ proof: 'A'.repeat(43) }))).toBe('closed')
    expect(attached).toBe(0)
  })
})

describe('before it has proved itself', () => {
  test('a connection may say no more than a proof', async () => {
    const socket = silentSocket()
    let answers = 0
    socket.on('message', () => answers++)
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    socket.on('open', () => socket.send(JSON.stringify({ hello: 'x'.repeat(1_000_000) })))
    await gone
    expect(answers).toBe(0)
  })

  test('those that wait without a word are few, and do not keep the page out', async () => {
    const many = Array.from({ length: 60 }, silentSocket)
    await Promise.all(many.map((one) => new Promise<void>((resolve) => one.once('open', resolve))))
    expect(await knock(asThePage)).toBe('in')
    expect(attached).toBe(1)
    const open = many.filter((one) => one.readyState === WebSocket.OPEN)
    expect(open.length).toBeLessThanOrEqual(16)
  })

  test('the proof of another connection is none', async () => {
    let recorded: unknown
    expect(await knock((said) => (recorded = asThePage(said)))).toBe('in')
    expect(await knock(() => recorded)).toBe('closed')
    expect(attached).toBe(1)
  })

  test('the server’s own proof sent back is none', async () => {
    expect(await knock(({ proof }) => ({ proof }))).toBe('closed')
    expect(attached).toBe(0)
  })

  test('each connection is asked another nonce', async () => {
    const nonces = new Set<string>()
    for (let times = 0; times < 3; times++)
      await knock((said) => {
        nonces.add(said.nonce)
        return asThePage(said)
      })
    expect(nonces.size).toBe(3)
  })
})

describe('the door', () => {
  test('a socket under another name of this machine is refused', async () => {
    for (const to of [`localhost:${server.port}`, `evil.example:${server.port}`, '127.0.0.1:1']) {
      const socket = raw()
      socket.write(upgrade({ to }))
      expect(await firstBytes(socket)).toContain('403')
    }
  })

  test('stands open on 127.0.0.1 alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .map((one) => one.address)
      .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'))
    for (const other of [...others, '127.0.0.2']) {
      const socket = connectSocket({ port: server.port, host: other })
      opened.push(socket)
      const answered = await new Promise<boolean>((resolve) => {
        socket.on('error', () => resolve(false))
        socket.on('connect', () => resolve(true))
      })
      expect([other, answered]).toEqual([other, false])
    }
  })
})
