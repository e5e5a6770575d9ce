import type { ConnectionSentence } from '../../../shared/fault-sentences/connection-sentence.ts'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { ForwardEnd, ForwardTrouble } from '../../../shared/model/forwarding.ts'
import { failed, ok, sentenceOf, type Fault, type Reply } from '../../../shared/fault.ts'
import type { Clock } from '../clock/clock.ts'
import { carryConnection } from './carry-connection.ts'
import { portForwardProtocol } from './channels.ts'
import type { OpenSocket } from './open-socket.ts'

/** As many as a browser opens to a few pages at once. Each is a connection of its own to the API server. */
export const mostConnections = 16
/** Nobody but this machine reaches it. */
const host = '127.0.0.1'

export type PortForward = {
  readonly localPort: number
  connections(): number
  /** Of the last connection that came to nothing. */
  trouble(): ForwardTrouble | undefined
  /** Closes the port and every connection. The first reason is the one that counts. */
  end(why: ForwardEnd): Promise<void>
  readonly ended: Promise<ForwardEnd>
}

export type PortForwardOptions = {
  readonly open: OpenSocket
  readonly clock: Clock
  readonly namespace: string
  readonly pod: string
  readonly podPort: number
  /** 0: one that is free. */
  readonly localPort: number
  readonly onChange: () => void
}

/** Whoever connects to the local port is connected to the port of the pod, until the forward or the pod ends. */
export async function startPortForward(options: PortForwardOptions): Promise<Reply<PortForward>> {
  const { clock, open, onChange } = options
  const stop = new AbortController()
  const path = `/api/v1/namespaces/${encodeURIComponent(options.namespace)}/pods/${encodeURIComponent(options.pod)}/portforward?ports=${options.podPort}`
  const reach = (signal: AbortSignal): ReturnType<OpenSocket> =>
    open({ path, protocol: portForwardProtocol, signal })

  // Rights, proxies and the pod itself are found out about now, not by a browser that is shown nothing.
  const tried = await reach(stop.signal)
  if (!tried.ok) return { ok: false, fault: withRight(tried.fault) }
  tried.value.on('error', () => undefined)
  tried.value.terminate()

  const locals = new Set<Socket>()
  let trouble: ForwardTrouble | undefined
  const note = (what: ForwardTrouble | undefined): void => {
    trouble = what
    onChange()
  }
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (local) => {
    locals.add(local)
    local.on('error', () => local.destroy())
    void serve(local).finally(() => {
      locals.delete(local)
      onChange()
    })
    onChange()
  })
  server.maxConnections = mostConnections
  server.on('drop', () => note({ kind: 'too-many' }))
  const listening = await listen(server, options.localPort)
  if (!listening.ok) return listening

  async function serve(local: Socket): Promise<void> {
    const left = new AbortController()
    local.once('close', () => left.abort())
    const remote = await reach(AbortSignal.any([stop.signal, left.signal]))
    if (remote.ok) {
      if (trouble !== undefined) note(undefined)
      await carryConnection(local, remote.value, {
        clock,
        onError: (text) => note({ kind: 'port', text }),
      })
      return
    }
    local.resetAndDestroy()
    if (remote.fault.code === 'not-found') void end('pod-gone')
    else if (remote.fault.code !== 'closed') note({ kind: 'fault', fault: withRight(remote.fault) })
  }

  let tellEnd: ((why: ForwardEnd) => void) | undefined
  const ended = new Promise<ForwardEnd>((resolve) => (tellEnd = resolve))
  let ending: Promise<void> | undefined
  function end(why: ForwardEnd): Promise<void> {
    ending ??= close().then(() => tellEnd?.(why))
    return ending
  }

  async function close(): Promise<void> {
    stop.abort()
    const closed = new Promise((resolve) => server.close(resolve))
    for (const local of locals) local.resetAndDestroy()
    await closed
  }

  return ok({
    localPort: listening.value,
    connections: () => locals.size,
    trouble: () => trouble,
    end,
    ended,
  })
}

function listen(server: Server, port: number): Promise<Reply<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(failed('invalid-input', taken(error, port))),
    )
    server.listen({ host, port, exclusive: true }, () => resolve(ok((server.address() as AddressInfo).port)))
  })
}

function taken({ code = '' }: NodeJS.ErrnoException, port: number): ConnectionSentence {
  if (code === 'EADDRINUSE') return { kind: 'port-taken', port }
  if (code === 'EACCES') return { kind: 'port-denied', port }
  return { kind: 'port-failed', port, code }
}

/** The server may not say which right it is: since 1.35 it is the one to create, also where a GET is sent. */
function withRight(fault: Fault): Fault {
  if (fault.code !== 'forbidden') return fault
  return { ...fault, sentence: { kind: 'port-forward-right', says: sentenceOf(fault) }, message: '' }
}
