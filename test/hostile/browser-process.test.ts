import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildPage } from '../../electron/install.mjs'

const entry = resolve(import.meta.dirname, '..', '..', 'electron', 'browser', 'main.ts')
let folder: string
let child: ChildProcess | undefined

// It serves the page, which has to be there.
beforeAll(() => buildPage(process.execPath), 180_000)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-hostile-'))
})
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

function start(...args: readonly string[]): ChildProcess {
  child = spawn(
    process.execPath,
    [entry, '--training', '--no-open', '--data-folder', join(folder, 'data'), ...args],
    {
      env: { ...process.env, HOME: folder, KUBECONFIG: join(folder, 'none') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  return child
}

async function portOf(host: ChildProcess): Promise<number> {
  for await (const piece of host.stdout ?? []) {
    const port = /127\.0\.0\.1:(\d+)/.exec(String(piece))?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error('It did not begin.')
}

async function said(host: ChildProcess): Promise<{ readonly code: number | null; readonly text: string }> {
  let text = ''
  host.stderr?.on('data', (piece) => (text += String(piece)))
  await once(host, 'close')
  return { code: host.exitCode, text }
}

test('an upgrade of another origin that is reset does not end the process', async () => {
  const host = start()
  const port = await portOf(host)
  for (let times = 0; times < 10; times++) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(
      `GET /pipe HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    await once(socket, 'data')
    socket.resetAndDestroy()
  }
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
  expect(host.exitCode).toBe(null)
})

test('a reader that goes away in the middle does not end it, and it still ends by a signal', async () => {
  const host = start()
  await portOf(host)
  host.stdout?.destroy()
  host.stderr?.destroy()
  const gone = once(host, 'exit')
  host.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
})

test('a port that is taken is a sentence and exit code 1', async () => {
  const first = start()
  const port = await portOf(first)
  const { code, text } = await said(start('--port', String(port)))
  first.kill('SIGKILL')
  expect([code, text]).toEqual([1, expect.stringMatching(/^Port \d+ is taken by another program\..*\n$/)])
})

test('an option that there is not is a sentence and exit code 2', async () => {
  const { code, text } = await said(start('--nonsense'))
  expect([code, text]).toEqual([2, expect.not.stringContaining('    at ')])
  expect(text).toContain('--nonsense')
})
