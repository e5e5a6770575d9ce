import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { failed, faultOf, ok, type Fault, type Reply } from '../../../shared/fault.ts'
import { startDeadline, type Deadline } from '../clock/deadline.ts'
import type { Clock } from '../clock/clock.ts'
import type { ConnectionSpec } from '../dial/connection-spec.ts'
import { dial } from '../dial/dial.ts'
import type { DispatcherTools } from '../dial/dispatcher.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { proxyFor } from '../dial/proxy.ts'
import { readText } from '../dial/read-text.ts'
import type { Secrets } from '../dial/secrets.ts'
import { faultOfError, faultOfStatus, parseBody } from '../dial/status-fault.ts'
import { wayTo } from '../dial/way.ts'
import type { Credentials } from '../sign-in/credentials.ts'
import type { Withheld } from '../sign-in/withheld.ts'

/** A path with its query, and the one protocol that is spoken there. */
type SocketCall = { readonly path: string; readonly protocol: string; readonly signal: AbortSignal }

/** Opens WebSockets to one cluster as one user: what a kubelet streams is reached with the credentials of every request. */
export type OpenSocket = (call: SocketCall) => Promise<Reply<WebSocket>>

export type SocketOptions = DispatcherTools & {
  readonly spec: ConnectionSpec
  readonly credentials: Credentials
  readonly withheld: Withheld
  readonly clock: Clock
  readonly files: ForeignFiles
  readonly userAgent: string
  /** It ends with the connection. */
  readonly closed: AbortSignal
}

const withinMs = 15_000
const longestRefusal = 64 * 1024
/** A kubelet sends no more than 32 KiB at a time. What is larger comes from nobody that we speak to. */
const largestMessage = 1024 * 1024

export function createSocketOpener(options: SocketOptions): OpenSocket {
  const { spec, credentials, withheld, clock } = options

  async function attempt(call: SocketCall, deadline: Deadline): Promise<Reply<WebSocket> & Tried> {
    if (options.network !== undefined) return failed('not-supported', { kind: 'no-network' })
    const secrets = await deadline.race(credentials.get())
    if (secrets === undefined) return failed('timeout', { kind: 'nobody-signed-in' })
    if (!secrets.ok) return secrets
    withheld.learn(secrets.value)
    const ca = spec.tls.ca === undefined ? ok(undefined) : await readText(spec.tls.ca, options.files)
    if (!ca.ok) return ca
    const way = wayTo(spec, { secrets: secrets.value, ca: ca.value }, options)
    if (!way.ok) return way
    const server = new URL(spec.server.startsWith('unix:') ? 'http://localhost' : spec.server)
    try {
      const socket = await dial(way.value, server, deadline.signal)
      const opened = await shakeHands(new URL(`${withoutSlash(server)}${call.path}`), {
        protocol: call.protocol,
        socket,
        headers: { ...folded(secrets.value), 'user-agent': options.userAgent },
        signal: deadline.signal,
      })
      return { ...opened, tried: secrets.value }
    } catch (error) {
      if (error instanceof Error && /subprotocol/.test(error.message))
        return failed('not-supported', {
          kind: 'no-streaming',
          server: spec.server,
          protocol: call.protocol,
        })
      const proxy = proxyFor(server, spec.proxyUrl, options.env)
      // Nothing is changed by it, whatever became of it.
      const { maybeDone: _maybeDone, ...fault } = faultOfError(error, spec.server, proxy)
      return { ok: false, fault }
    }
  }

  return async (call) => {
    const deadline = startDeadline(clock, withinMs, AbortSignal.any([call.signal, options.closed]))
    try {
      const first = await attempt(call, deadline)
      const refused = !first.ok && first.fault.status === 401 ? first.tried : undefined
      // As with a request: once more if there are other credentials by then.
      const reply =
        refused !== undefined && credentials.refused(refused) ? await attempt(call, deadline) : first
      if (reply.ok && reply.tried !== undefined) credentials.accepted(reply.tried)
      if (reply.ok) {
        endWith(options.closed, reply.value)
        return ok(reply.value)
      }
      const isOver = call.signal.aborted || options.closed.aborted
      return { ok: false, fault: isOver ? closed : withheld.fault(reply.fault) }
    } finally {
      deadline.over()
    }
  }
}

function endWith(closed: AbortSignal, socket: WebSocket): void {
  const cut = (): void => socket.terminate()
  closed.addEventListener('abort', cut, { once: true })
  socket.once('close', () => closed.removeEventListener('abort', cut))
}

/** The credentials that were shown, if it came to that. */
type Tried = { readonly tried?: Secrets }

const closed = faultOf('closed', { kind: 'connection-closed' })

function withoutSlash(server: URL): string {
  return server.href.replace(/\/+$/, '')
}

/** A repeated header (groups) stays several: as a list Node sends a line for each. */
function folded({ headers }: Secrets): Readonly<Record<string, string | string[]>> {
  const all: Record<string, string | string[]> = {}
  for (const [name, value] of headers) {
    const before = all[name]
    all[name] = before === undefined ? value : [before, value].flat()
  }
  return all
}

type Handshake = {
  readonly protocol: string
  readonly socket: Socket
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly signal: AbortSignal
}

function shakeHands(url: URL, { protocol, socket, headers, signal }: Handshake): Promise<Reply<WebSocket>> {
  // The connection is made, TLS included: from here on it is spoken over as it is.
  url.protocol = 'ws:'
  const open = new WebSocket(url, protocol, {
    createConnection: () => socket,
    headers,
    perMessageDeflate: false,
    maxPayload: largestMessage,
  })
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      open.on('error', () => undefined)
      open.terminate()
      socket.destroy()
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)))
    }
    const settled = (): void => signal.removeEventListener('abort', giveUp)
    signal.addEventListener('abort', giveUp, { once: true })
    open.once('open', () => {
      settled()
      // Whoever takes it listens first: nothing of what comes with the handshake is lost.
      open.pause()
      resolve(ok(open))
    })
    open.once('unexpected-response', (_request, response) => {
      refusalOf(response).then(
        (fault) => {
          settled()
          socket.destroy()
          resolve({ ok: false, fault })
        },
        (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
      )
    })
    open.once('error', (error) => {
      settled()
      socket.destroy()
      reject(error)
    })
  })
}

async function refusalOf(response: IncomingMessage): Promise<Fault> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > longestRefusal) break
  }
  const text = Buffer.concat(chunks).toString('utf8')
  const { statusCode = 0, headers } = response
  const fault = faultOfStatus(statusCode, parseBody(text) ?? null, headers['retry-after'])
  // A kubelet refuses in a line of text, which the API server hands on as it is.
  const isLine = parseBody(text) === undefined && /^[^\n<]{1,500}\n?$/.test(text)
  const { sentence: _unsaid, ...refused } = fault
  return isLine && statusCode >= 400 ? { ...refused, message: text.trim() } : fault
}
