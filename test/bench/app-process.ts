import { spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WebSocket } from 'ws'
import { wsPipe } from '../../electron/browser/ws-pipe.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { spawnNode } from '../support/spawned.ts'
import { wordsOf } from '../support/spoken.ts'

const root = resolve(import.meta.dirname, '..', '..')

/** The application as its browser host runs it, in a process of its own, and a page's end of its pipe. */
export type AppProcess = {
  readonly client: Client
  /** From the start of the process until it says that it is ready. */
  readonly readyMs: number
  /** Megabytes of memory that the process has, and the most that it ever had. */
  memory(): { readonly rss: number; readonly peak: number }
  /** After a full collection. */
  settledMemory(): Promise<{ readonly rss: number; readonly heapUsed: number }>
  stop(): Promise<void>
}

export async function startAppProcess(options: {
  readonly kubeconfig: string
  readonly home: string
  /** So that `settledMemory` can be asked for. */
  readonly collectable?: boolean
}): Promise<AppProcess> {
  if (!existsSync(join(root, 'dist', 'renderer', 'index.html'))) buildPage()
  const { kubeconfig, home, collectable = false } = options
  const began = performance.now()
  const spawned = spawnNode(
    [
      ...(collectable ? ['--expose-gc', '--import', './test/bench/tell-memory.ts'] : []),
      'electron/browser/main.ts',
      '--no-open',
      ...['--data-folder', join(home, 'data')],
    ],
    { KUBECONFIG: kubeconfig, HOME: home },
  )
  const ready = await spawned.line((line) => line.startsWith('Tranche is ready'))
  const readyMs = performance.now() - began
  const url = new URL(ready.replace('Tranche is ready: ', ''))
  const { pid = 0 } = spawned.child
  const socket = await shakeHands(url)
  const client = connect(wsPipe(socket))
  let told = 0

  return {
    client,
    readyMs,
    memory() {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      const megabytes = (field: string): number =>
        Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 'NaN') / 1024
      return { rss: megabytes('VmRSS'), peak: megabytes('VmHWM') }
    },
    async settledMemory() {
      told++
      spawned.child.kill('SIGUSR2')
      const line = await spawned.line((one) => one.startsWith(`memory ${told} `))
      const { rss, heapUsed } = JSON.parse(line.slice(`memory ${told} `.length)) as NodeJS.MemoryUsage
      return { rss: rss / 2 ** 20, heapUsed: heapUsed / 2 ** 20 }
    },
    async stop() {
      socket.terminate()
      spawned.child.kill('SIGTERM')
      await spawned.ended
    },
  }
}

/** Connects to the current context of its kubeconfig. */
export async function connectApp({ client }: AppProcess): Promise<ConnectionId> {
  const connection = await new Promise<ConnectionId>((resolve) => {
    client.subscribe('clusters', {}, ({ clusters }) => {
      const found = clusters.find((one) => one.current)
      if (found !== undefined) resolve(found.id)
    })
  })
  const connected = await client.call('cluster/connect', { connection })
  if (!connected.ok) throw new Error(wordsOf(connected.fault))
  return connection
}

/** As the page does it; see `handshake.ts`. */
async function shakeHands(url: URL): Promise<WebSocket> {
  const secret = Buffer.from(url.hash.replace('#k=', ''), 'base64url')
  const socket = new WebSocket(`ws://${url.host}/pipe`, 'tranche.v1', { origin: url.origin })
  await once(socket, 'open')
  const hello = randomBytes(24).toString('base64url')
  socket.send(JSON.stringify({ hello }))
  const { nonce } = await nextMessage(socket)
  const proof = createHmac('sha256', secret)
    .update(`page:${hello}${nonce ?? ''}`)
    .digest('base64url')
  socket.send(JSON.stringify({ proof }))
  await nextMessage(socket)
  return socket
}

async function nextMessage(socket: WebSocket): Promise<{ readonly nonce?: string }> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return JSON.parse(data.toString('utf8')) as { readonly nonce?: string }
}

function buildPage(): void {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) throw new Error('the page can not be built')
}
