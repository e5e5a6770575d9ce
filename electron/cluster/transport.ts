import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { request as send, type Dispatcher } from 'undici'
import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Clock } from './clock.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import type { Credentials, Secrets } from './credentials.ts'
import { createDispatcher, type DispatcherTools } from './dispatcher.ts'
import { createGatekeeper, type Lane } from './gatekeeper.ts'
import { proxyFor } from './proxy.ts'
import { readText } from './read-text.ts'
import { faultOfError, faultOfStatus, parseBody } from './status-fault.ts'
import { warningTexts } from './warning-header.ts'

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Json
  readonly contentType?: string
  readonly signal?: AbortSignal
  /** The answer is text, not JSON (logs). */
  readonly text?: boolean
  /** Only the metadata of an object is wanted (PartialObjectMetadata). */
  readonly metadataOnly?: boolean
  /** Ordinary when left out. */
  readonly lane?: Lane
}

export type Answer = {
  readonly body: Json
  readonly text: string
  /** The server's Warning headers: deprecated fields, pods that admission will refuse. */
  readonly warnings: readonly string[]
}
export type ByteStream = AsyncIterable<Uint8Array>

/** Requests to one cluster as one user, over one agent. A write is sent once and never repeated here. */
export type Transport = {
  request(call: Call): Promise<Reply<Answer>>
  /** Watches: outside the limits of ordinary requests; ends when the signal is aborted. */
  stream(call: Pick<Call, 'path' | 'query'> & { readonly signal: AbortSignal }): Promise<Reply<ByteStream>>
  /** What was sent so far, watches among it, and when the server last said 429 (epoch ms). */
  sent(): { readonly requests: number; readonly throttledAt?: number }
  close(): Promise<void>
}

export type TransportOptions = DispatcherTools & {
  readonly spec: ConnectionSpec
  readonly credentials: Credentials
  readonly clock: Clock
  /** `tranche/1.2.3 (linux)`: administrators find and limit us by it. */
  readonly userAgent: string
  /** Told the outcome of each request: no fault when the server answered what was asked. */
  readonly onOutcome?: (fault: Fault | undefined) => void
  /** Told the server's time with every answer; `sentAt`: monotonic. */
  readonly onDate?: (date: string, sentAt: number) => void
}

/** A read is answered soon; a write may wait for several admission webhooks of up to 30 s each. */
const readWithinMs = 15_000
const writeWithinMs = 60_000
/** However long a server asks us to wait, nobody is kept from an urgent rollback for longer. */
const longestHoldMs = 60_000
const longestAnswer = 512 * 1024 * 1024
const unzip = promisify(gunzip)

type Sent = { readonly response: Dispatcher.ResponseData; readonly secrets: Secrets }

export function createTransport(options: TransportOptions): Transport {
  const { spec, credentials, clock } = options
  const gate = createGatekeeper(clock, { inFlight: 4, perSecond: 5, burst: 15, credit: 45 })
  /** Watches that start: they cost the server a list each. */
  const starts = createGatekeeper(clock, { inFlight: Infinity, perSecond: 2, burst: 32 })
  const base = spec.server.startsWith('unix:') ? 'http://localhost' : spec.server
  const proxy = proxyFor(new URL(base), spec.proxyUrl, options.env)
  let agent: { readonly key: string; readonly dispatcher: Dispatcher } | undefined
  let closed = false
  let requests = 0
  let throttledAt: number | undefined

  /** One agent as long as certificates stay the same: plugins and files rotate them. */
  function dispatcherFor(secrets: Secrets): Reply<Dispatcher> {
    const ca = spec.tls.ca === undefined ? ok(undefined) : readText(spec.tls.ca)
    if (!ca.ok) return ca
    const key = JSON.stringify([secrets.certificate, secrets.key, ca.value])
    if (agent?.key === key) return ok(agent.dispatcher)
    const made = createDispatcher(spec, { secrets, ca: ca.value }, options)
    if (!made.ok) return made
    // Not awaited: watches over the old one live until they end.
    void agent?.dispatcher.close()
    agent = { key, dispatcher: made.value }
    return made
  }

  async function dispatch(call: Call, bodyTimeout: number): Promise<Reply<Sent>> {
    if (closed) return failed('closed', 'The connection was closed.')
    const secrets = await credentials.get()
    if (!secrets.ok) return secrets
    const dispatcher = dispatcherFor(secrets.value)
    if (!dispatcher.ok) return dispatcher
    const query = new URLSearchParams(call.query).toString()
    const headers = [
      ['accept', acceptOf(call)],
      ['user-agent', options.userAgent],
      ...(spec.disableCompression === true ? [] : [['accept-encoding', 'gzip']]),
      ...(call.body === undefined ? [] : [['content-type', call.contentType ?? 'application/json']]),
      ...secrets.value.headers,
    ]
    const sentAt = clock.monotonic()
    requests++
    try {
      const response = await send(`${base}${call.path}${query === '' ? '' : `?${query}`}`, {
        dispatcher: dispatcher.value,
        method: call.method,
        headers: headers.flat(),
        body: call.body === undefined ? null : JSON.stringify(call.body),
        headersTimeout: call.method === 'GET' ? readWithinMs : writeWithinMs,
        bodyTimeout,
        ...(call.signal !== undefined && { signal: call.signal }),
      })
      if (response.statusCode === 429) throttledAt = clock.now()
      const { date } = response.headers
      if (typeof date === 'string') options.onDate?.(date, sentAt)
      return ok({ response, secrets: secrets.value })
    } catch (error) {
      return { ok: false, fault: withNote(faultOfError(error, spec.server, proxy), secrets.value) }
    }
  }

  async function read(sent: Sent, call: Call): Promise<Reply<Answer>> {
    const { response } = sent
    const bytes = Buffer.from(await response.body.arrayBuffer())
    const zipped = response.headers['content-encoding'] === 'gzip'
    const text = (zipped ? await unzip(bytes, { maxOutputLength: longestAnswer }) : bytes).toString('utf8')
    const answer = answerOf(response, text, call)
    if (response.statusCode !== 401) credentials.accepted()
    return answer.ok ? answer : { ok: false, fault: withNote(answer.fault, sent.secrets) }
  }

  function told<T>(reply: Reply<T>): Reply<T> {
    options.onOutcome?.(reply.ok ? undefined : reply.fault)
    return reply
  }

  /** Once, and once more after a 401 if there are other credentials by then: a 401 means that nothing was done. */
  async function withFreshCredentials<T>(
    call: Call,
    attempt: (sent: Sent) => Promise<Reply<T>>,
    bodyTimeout: number,
  ): Promise<Reply<T>> {
    for (let again = true; ; again = false) {
      const sent = await dispatch(call, bodyTimeout)
      if (!sent.ok) return sent
      try {
        const reply = await attempt(sent.value)
        const mayHelp = sent.value.response.statusCode === 401 && credentials.refused(sent.value.secrets)
        if (!mayHelp || !again) return reply
      } catch (error) {
        return { ok: false, fault: faultOfError(error, spec.server, proxy) }
      }
    }
  }

  return {
    async request(call) {
      const leave = await gate.enter(call.lane)
      try {
        const timeout = call.method === 'GET' ? readWithinMs : writeWithinMs
        const reply = await withFreshCredentials(call, (sent) => read(sent, call), timeout)
        if (!reply.ok && reply.fault.retryAfter !== undefined)
          gate.hold(Math.min(longestHoldMs, reply.fault.retryAfter * 1000))
        return told(reply)
      } finally {
        leave()
      }
    },

    async stream(call) {
      const get: Call = { ...call, method: 'GET' }
      const isAborted = (): boolean => call.signal.aborted
      const leave = await starts.enter()
      leave()
      if (isAborted()) return failed('closed', 'The watch was ended.')
      const opened = await withFreshCredentials<ByteStream>(
        get,
        async (sent) => {
          if (sent.response.statusCode === 200) {
            credentials.accepted()
            return ok(sent.response.body)
          }
          const refused = await read(sent, get)
          return refused.ok ? failed('bad-answer', 'The server did not begin to watch.') : refused
        },
        0,
      )
      // Given up by ourselves: that says nothing about the server.
      return isAborted() ? opened : told(opened)
    },

    sent: () => ({ requests, ...(throttledAt !== undefined && { throttledAt }) }),

    async close() {
      closed = true
      credentials.close()
      await agent?.dispatcher.destroy()
    },
  }
}

function acceptOf({ text, metadataOnly }: Call): string {
  if (text === true) return '*/*'
  return metadataOnly === true
    ? 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
    : 'application/json'
}

function withNote(fault: Fault, secrets: Secrets): Fault {
  // With TLS 1.3 a refused certificate may show as nothing but a connection that breaks.
  const mayBeWhy = fault.code === 'unauthorized' || fault.code === 'tls' || fault.maybeDone === true
  if (secrets.note === undefined || !mayBeWhy) return fault
  return { ...fault, message: `${secrets.note} ${fault.message}` }
}

function answerOf(response: Dispatcher.ResponseData, text: string, call: Call): Reply<Answer> {
  const { statusCode, headers } = response
  const success = statusCode >= 200 && statusCode < 300
  const body = call.text === true && success ? null : parseBody(text)
  if (!success) {
    const { location } = headers
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string')
      return failed('bad-answer', `The server sends us on to ${location}: a login page, no API server.`)
    const retryAfter = headers['retry-after']
    const seconds = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter
    return { ok: false, fault: faultOfStatus(statusCode, body ?? null, seconds) }
  }
  if (body === undefined) {
    return failed(
      'bad-answer',
      'The answer is not JSON: this address may be a login page or a proxy, no API server.',
    )
  }
  return ok({ body, text, warnings: warningTexts(headers['warning']) })
}
