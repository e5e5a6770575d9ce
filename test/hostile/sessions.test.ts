import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createSessions, type Sessions } from '../../electron/browser/sessions.ts'

let server: WebSocketServer
let sessions: Sessions
/** Of this test alone: pages of the one before may close late. */
let attached: Set<object>
const pages: WebSocket[] = []

async function serve(pingMs: number): Promise<void> {
  const own = new Set<object>()
  attached = own
  sessions = createSessions((pipe) => {
    own.add(pipe)
    return () => own.delete(pipe)
  }, pingMs)
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => sessions.enter(socket))
  await once(server, 'listening')
}

afterEach(() => {
  sessions.stop()
  for (const page of pages.splice(0)) page.terminate()
  server.close()
})

async function open(autoPong: boolean): Promise<WebSocket> {
  const { port } = server.address() as AddressInfo
  const page = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong })
  page.on('error', () => undefined)
  pages.push(page)
  await once(page, 'message')
  return page
}

test('a page that answers no ping any more is ended, and its application let go', async () => {
  await serve(50)
  const page = await open(false)
  expect(attached.size).toBe(1)
  await once(page, 'close')
  // The other end hears of it in a turn of its own.
  while (attached.size > 0) await new Promise((resolve) => setImmediate(resolve))
})

test('a page that answers stays', async () => {
  // Long enough for an answer on a busy machine, or it would be ended rightly.
  await serve(1_000)
  const page = await open(true)
  for (let pings = 0; pings < 3; pings++) await once(page, 'ping')
  expect(page.readyState).toBe(WebSocket.OPEN)
  expect(attached.size).toBe(1)
})

test('pages have a number, and one that goes makes room', async () => {
  await serve(60_000)
  const all = await Promise.all(Array.from({ length: 20 }, () => open(true)))
  expect(sessions.full()).toBe(true)
  all[0]?.close()
  while (sessions.full()) await new Promise((resolve) => setImmediate(resolve))
  expect(attached.size).toBe(19)
})
