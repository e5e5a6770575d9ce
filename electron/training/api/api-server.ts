import {
  createServer,
  ServerResponse,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http'
import { Socket } from 'node:net'
import { answerError, type Answer, type Sink } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import type { TrainingClock } from '../clock/clock.ts'
import type { Disturbance, Disturbances } from './disturbances.ts'
import { parseRequest, type RequestInfo } from './request-info.ts'
import {
  createPortForwarding,
  forwardedPod,
  isPortForward,
  portOf,
  speaksChannels,
  type PortForwarding,
  type Upgrade,
} from './port-forwarding.ts'
import { impersonationLimit, noSpdy } from './practice-limits.ts'
import { readProtobufReview } from './protobuf-review.ts'
import { answerRequest } from './routes.ts'
import { good, internalError, refuse, unauthorized, type Result } from '../objects/status-error.ts'
import { findUser, forbidden, isAllowed, type User } from './users.ts'

export type ServerOptions = {
  readonly context: ApiContext
  readonly disturbances: Disturbances
  /** Told of every request when it arrives. */
  readonly onRequest: (info: RequestInfo) => void
}

const largestBody = 3 * 2 ** 20

/** The body; undefined when it is larger than the API server takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    // Read to its end all the same: the connection serves the next request too.
    if (size <= largestBody) chunks.push(chunk)
  }
  return size > largestBody ? undefined : Buffer.concat(chunks)
}

function headerText(value: string | readonly string[] | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : value.join(', ')
}

/**
 * Every answer says what time it is in the cluster, as every API server does, and how fast that goes: its clients time
 * by it what they show and wait for.
 */
function tellTime(response: ServerResponse, clock: TrainingClock): void {
  response.setHeader('date', new Date(clock.now()).toUTCString())
  response.setHeader('x-training-speed', `${clock.speed()}`)
}

function send(options: ServerOptions, response: ServerResponse, answer: Answer): void {
  tellTime(response, options.context.clock)
  if (answer.kind === 'text') {
    const headers = { 'content-type': answer.contentType ?? 'application/json', ...answer.headers }
    response.writeHead(answer.code, { ...headers, 'content-length': Buffer.byteLength(answer.text) })
    response.end(answer.text)
    return
  }
  response.writeHead(200, { 'content-type': answer.contentType, 'cache-control': 'no-cache, private' })
  response.flushHeaders()
  const sink: Sink = {
    write: (text) => void response.write(text),
    end: () => response.end(),
    cut: () => response.destroy(),
  }
  response.on('close', answer.start(sink))
}

function delay(options: ServerOptions, milliseconds: number): Promise<void> {
  return new Promise((resolve) => options.context.clock.setWallTimer(milliseconds, resolve))
}

function refusal(disturbance: Disturbance & { readonly kind: 'refuse' }): Answer {
  const { error, retryAfterSeconds } = disturbance
  if (retryAfterSeconds === undefined) return answerError(error)
  return answerError({ ...error, details: { ...error.details, retryAfterSeconds } })
}

type Exchange = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Where the request asks for another protocol than HTTP. */
  readonly upgrade?: UpgradeOf
}
type UpgradeOf = { readonly forwarding: PortForwarding; readonly from: Upgrade }

async function serve(options: ServerOptions, { request, response, upgrade }: Exchange): Promise<void> {
  const info = parseRequest(request)
  options.onRequest(info)
  const body = await readBody(request)
  const disturbance = options.disturbances.next(info)
  if (disturbance?.kind === 'delay') await delay(options, disturbance.milliseconds)
  if (disturbance?.kind === 'drop') {
    response.destroy()
    return
  }
  if (disturbance?.kind === 'refuse') {
    send(options, response, refusal(disturbance))
    return
  }
  if (upgrade !== undefined && isPortForward(info)) {
    const refused = forward(options.context, { info, headers: request.headers, body }, { response, upgrade })
    if (refused !== undefined) send(options, response, refused)
    return
  }
  const answer = answerCall(options.context, { info, headers: request.headers, body })
  if (disturbance?.kind === 'lose-answer') response.destroy()
  else send(options, response, answer)
}

/** What it is refused with; nothing where the port is forwarded from now on. */
function forward(
  context: ApiContext,
  { info, headers }: ReceivedCall,
  { response, upgrade }: { readonly response: ServerResponse; readonly upgrade: UpgradeOf },
): Answer | undefined {
  const caller = callerOf({ info, headers })
  if (!caller.ok) return answerError(caller.error)
  const access = { ...info, verb: info.verb }
  if (!isAllowed(caller.value, access)) return answerError(forbidden(caller.value, access))
  const pod = forwardedPod(context, info, caller.value)
  if (!pod.ok) return answerError(pod.error)
  if (!speaksChannels(upgrade.from.request)) return answerError(noSpdy)
  const port = portOf(info)
  if (!port.ok) return answerError(port.error)
  response.detachSocket(upgrade.from.socket)
  upgrade.forwarding.carry(upgrade.from, pod.value, port.value)
  return undefined
}

/** A request as it has arrived. `body`: undefined when it is larger than the API server takes. */
export type ReceivedCall = {
  readonly info: RequestInfo
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer | undefined
}

/** What the API server makes of a request, whatever brought it here. */
export function answerCall(context: ApiContext, { info, headers, body }: ReceivedCall): Answer {
  const user = callerOf({ info, headers })
  if (!user.ok) return answerError(user.error)
  if (body === undefined) {
    const message = 'Request entity too large: limit is 3145728'
    return answerError({ code: 413, reason: 'RequestEntityTooLarge', message })
  }
  const caller = {
    user: user.value,
    userAgent: headerText(headers['user-agent']),
    accept: headerText(headers.accept),
    wholeRows: info.query.get('includeObject') === 'Object',
  }
  return answerRequest(context, { info, caller, ...bodyOf(headers, body) })
}

function callerOf({ info, headers }: Omit<ReceivedCall, 'body'>): Result<User> {
  const user = findUser(headers.authorization, info.person)
  if (user === undefined) return refuse(unauthorized)
  const other = impersonationLimit(headers)
  return other === undefined ? good(user) : refuse(other)
}

const protobuf = 'application/vnd.kubernetes.protobuf'

/** The body as text, with its media type; what is read of protobuf goes on as JSON. */
function bodyOf(
  headers: IncomingHttpHeaders,
  body: Buffer,
): { readonly body: string; readonly contentType: string } {
  const contentType = headerText(headers['content-type']).split(';')[0]?.trim() ?? ''
  const review = contentType === protobuf ? readProtobufReview(body) : undefined
  return review === undefined
    ? { body: body.toString(), contentType }
    : { body: review, contentType: 'application/json' }
}

export type ApiServer = {
  /** Not listening yet. */
  readonly http: Server
  /** Cuts what `http` no longer knows: connections that have become something else. */
  cutUpgraded(): void
}

export function createApiServer(options: ServerOptions): ApiServer {
  const forwarding = createPortForwarding(options.context)
  const upgraded = new Set<Socket>()
  const http = createServer((request, response) => void answer({ request, response }))
  http.keepAliveTimeout = 60_000
  http.on('upgrade', (request, socket, head) => {
    // What an HTTP server upgrades is the very socket that it has accepted.
    if (!(socket instanceof Socket)) return
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
    socket.on('error', () => socket.destroy())
    // A refusal is an answer like any other, and the last one of this connection.
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket)
    response.on('finish', () => socket.end())
    void answer({ request, response, upgrade: { forwarding, from: { request, socket, head } } })
  })

  function answer(exchange: Exchange): Promise<void> {
    return serve(options, exchange).catch((error: unknown) => {
      const { response } = exchange
      const why = error instanceof Error ? error.message : String(error)
      if (response.headersSent) response.destroy()
      else send(options, response, answerError(internalError(why)))
    })
  }

  return {
    http,
    cutUpgraded() {
      forwarding.cut()
      for (const socket of upgraded) socket.destroy()
    },
  }
}
