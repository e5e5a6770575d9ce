import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import type { ApiContext } from './api-context.ts'
import { openChannels } from './channel-stream.ts'
import { listeningOn, playApplication } from '../node/played-application.ts'
import type { Pod } from '../objects/objects.ts'
import type { RequestInfo } from './request-info.ts'
import { pods } from '../objects/resources.ts'
import { badRequest, good, notFound, refuse, type Result } from '../objects/status-error.ts'
import { isAllowed, type User } from './users.ts'

/** The one protocol of a forwarded port over a WebSocket that every kubelet speaks. */
const protocol = 'v4.channel.k8s.io'
/** As much as an application gets in one piece. */
const largestMessage = 2 ** 20

export type Upgrade = {
  readonly request: IncomingMessage
  readonly socket: Socket
  readonly head: Buffer
}

export function isPortForward({ plural, subresource }: RequestInfo): boolean {
  return plural === pods.plural && subresource === 'portforward'
}

/** kubectl asks for SPDY, by itself or inside a WebSocket. */
export function speaksChannels({ method, headers }: IncomingMessage): boolean {
  const asked = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && asked.includes(protocol)
}

/** Refused without an upgrade, as by the real server, which has looked at the right to get by then. */
export function forwardedPod(context: ApiContext, info: RequestInfo, user: User): Result<Pod> {
  // Since 1.35 whoever gets by a WebSocket what kubectl creates needs the right to create, too.
  if (!isAllowed(user, { ...info, verb: 'create' }))
    return refuse({
      code: 403,
      reason: 'Forbidden',
      message: `pods "${info.name}" is forbidden: `,
      details: { name: info.name, kind: pods.plural },
    })
  const pod = context.store.get(pods, info.namespace, info.name)
  if (pod === undefined) return refuse(notFound(pods, info.name))
  return pod.spec.nodeName === undefined
    ? refuse(badRequest(`pod ${info.name} does not have a host assigned`))
    : good(pod)
}

export function portOf({ query }: RequestInfo): Result<number> {
  const text = query.get('ports') ?? ''
  if (text === '') return refuse(badRequest('query parameter "port" is required'))
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port > 0 && port < 65_536 ? good(port) : refuse(badRequest(`unable to parse "${text}" as a port`))
}

export type PortForwarding = {
  /** Makes the connection the way to a port of a pod. */
  carry(upgrade: Upgrade, pod: Pod, port: number): void
  /** Cuts every port that is forwarded. */
  cut(): void
}

export function createPortForwarding(context: ApiContext): PortForwarding {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: largestMessage,
    handleProtocols: (asked) => (asked.has(protocol) ? protocol : false),
  })

  return {
    carry({ request, socket, head }, pod, port) {
      sockets.handleUpgrade(request, socket, head, (open) => {
        open.on('error', () => open.terminate())
        const channels = openChannels(open, port)
        const found = listeningOn(pod, port)
        if (found === undefined) {
          const uid = pod.metadata.uid
          channels.fail(
            `error forwarding port ${port} to pod ${uid}, uid : failed to connect to localhost:${port}: connection refused`,
          )
          return
        }
        const application = playApplication(found, context.clock)
        application.emit('connection', channels.stream())
        // A container that ends takes its connections with it.
        const stop = context.logs.follow(
          { uid: pod.metadata.uid, container: found.container.name },
          (line) => {
            if (line === undefined) open.terminate()
          },
        )
        open.on('close', stop)
      })
    },
    cut() {
      for (const open of sockets.clients) open.terminate()
    },
  }
}
