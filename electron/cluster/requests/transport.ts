import { request as send, type Dispatcher } from 'undici'
import { failed, faultOf, ok, sentenceOf, type Fault, type Reply } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import type { Bounds, WatchBounds } from './bounds.ts'
import type { Clock } from '../clock/clock.ts'
import { speedHeader, type TimeHeaders } from '../clock/cluster-clock.ts'
import type { ConnectionSpec } from '../dial/connection-spec.ts'
import type { Credentials } from '../sign-in/credentials.ts'
import type { Secrets } from '../dial/secrets.ts'
import { startDeadline, type Deadline } from '../clock/deadline.ts'
import { createDispatcher, type DispatcherTools } from '../dial/dispatcher.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { askedToWaitMs } from './asked-to-wait.ts'
import { discard, packingOf, unpacked } from '../dial/packing.ts'
import { proxyFor } from '../dial/proxy.ts'
import { readBody, readItems } from '../dial/read-body.ts'
import { readText } from '../dial/read-text.ts'
import { withoutUserInfo } from '../dial/redact.ts'
import { faultOfError, faultOfStatus, parseBody } from '../dial/status-fault.ts'
import { createUnansweredWrites, type UnansweredWrite } from './unanswered-writes.ts'
import { warningTexts } from './warning-header.ts'
import { createWithheld, type Withheld } from '../sign-in/withheld.ts'

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
  /** Of a list: takes each item while the answer comes, which is without them then. An answer that fails may have given some. */
  readonly eachItem?: (item: Json) => void
  /** Its lane, its deadline and the size of its answer: no request is made without. */
  readonly bounds: Bounds
  /** The object that it changes, for people; none where nothing is changed. */
  readonly changes?: string
}
type WatchCall = {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly bounds: WatchBounds
}

type Answer = {
  readonly body: Json
  readonly text: string
  /** The server's Warning headers: deprecated fields, pods that admission will refuse. */
  readonly warnings: readonly string[]
}
export type ByteStream = AsyncIterable<Uint8Array>

/** Requests to one cluster as one user, over one agent. A write is sent once and never repeated here. */
export type Transport = {
  request(call: Call): Promise<Reply<Answer>>
  /** Watches, over connections of their own: however many are open, a request finds its way. Ends with the signal. */
  stream(call: WatchCall): Promise<Reply<ByteStream>>
  /** What was sent so far, watches among it, and when the server last said 429 (epoch ms). */
  sent(): { readonly requests: number; readonly throttledAt?: number }
  /** Writes that were sent, and of which it has not been seen what became: they may still be carried out. */
  unanswered(): readonly UnansweredWrite[]
  /** For what is made of an answer after it was read: a text of the server may repeat what we sent it. */
  readonly withheld: Pick<Withheld, 'text' | 'fault'>
  close(): Promise<void>
}

export type TransportOptions = DispatcherTools & {
  readonly spec: ConnectionSpec
  readonly credentials: Credentials
  readonly clock: Clock
  readonly files: ForeignFiles
  /** What no fault of ours repeats. Its own, where nobody else says it. */
  readonly withheld?: Withheld
  /** `tranche/1.2.3 (linux)`: administrators find and limit us by it. */
  readonly userAgent: string
  readonly log?: (line: string) => void
  /** Told the outcome of each request: no fault when the server answered what was asked. */
  readonly onOutcome?: (fault: Fault | undefined) => void
  /** Told with each sign of life of the server: an answer of any kind, a piece of a watch. */
  readonly onHeard?: () => void
  /** Told the server's time with every answer; `sentAt`: monotonic. */
  readonly onTime?: (said: TimeHeaders, sentAt: number) => void
}

type Sent = { readonly response: Dispatcher.ResponseData; readonly secrets: Secrets }

export function createTransport(options: TransportOptions): Transport {
  const { spec, credentials, clock, withheld = createWithheld(options.spec) } = options
  const gate = createRateLimiter(clock, {
    inFlight: { lease: 4, urgent: 8, reads: 4, slow: 2 },
    perSecond: 5,
    burst: 15,
    credit: { lease: 60, urgent: 45 },
  })
  /** Watches that start: they cost the server a list each. */
  const starts = createRateLimiter(clock, {
    inFlight: { lease: Infinity, urgent: Infinity, reads: Infinity, slow: Infinity },
    perSecond: 2,
    burst: 32,
    credit: { lease: 0, urgent: 32 },
  })
  const writes = createUnansweredWrites(clock)
  const base = spec.server.startsWith('unix:') ? 'http://localhost' : spec.server
  const proxy = proxyFor(new URL(base), spec.proxyUrl, options.env)
  let pools: { readonly key: string; readonly requests: Dispatcher; readonly watches: Dispatcher } | undefined
  let closed = false
  let requests = 0
  let throttledAt: number | undefined

  /** The same connections as long as certificates stay the same: plugins and files rotate them. */
  function poolsFor(secrets: Secrets, ca: string | undefined): Reply<NonNullable<typeof pools>> {
    const key = JSON.stringify([secrets.certificate, secrets.key, ca])
    if (pools?.key === key) return ok(pools)
    const parts = { secrets, ca }
    const forRequests = createDispatcher(spec, { ...parts, pool: 'requests' }, options)
    if (!forRequests.ok) return forRequests
    const forWatches = createDispatcher(spec, { ...parts, pool: 'watches' }, options)
    if (!forWatches.ok) return forWatches
    // Not awaited: watches over the old ones live until they end.
    void pools?.requests.close()
    void pools?.watches.close()
    pools = { key, requests: forRequests.value, watches: forWatches.value }
    return ok(pools)
  }

  async function readCa(): Promise<Reply<string | undefined>> {
    return spec.tls.ca === undefined ? ok(undefined) : await readText(spec.tls.ca, options.files)
  }

  const isClosed = (): boolean => closed

  /** No watch, which is read as it comes; no log, which is cut at its beginning where it is too long. */
  function mayBePacked(call: Call, pool: 'requests' | 'watches'): boolean {
    return spec.disableCompression !== true && call.text !== true && pool === 'requests'
  }

  /** `deadline`: what ends it, also while the answer is read. */
  async function dispatch(
    call: Call,
    pool: 'requests' | 'watches',
    deadline: Deadline,
  ): Promise<Reply<Sent>> {
    if (closed) return failed('closed', { kind: 'connection-closed' })
    const secrets = await deadline.race(credentials.get())
    if (secrets === undefined) return { ok: false, fault: notSignedIn(spec, call.bounds.withinMs) }
    if (!secrets.ok) return secrets
    withheld.learn(secrets.value)
    const ca = await deadline.race(readCa())
    if (ca === undefined) return failed('timeout', { kind: 'ca-late', server: spec.server })
    if (!ca.ok) return ca
    if (isClosed()) return failed('closed', { kind: 'connection-closed' })
    const ready = poolsFor(secrets.value, ca.value)
    if (!ready.ok) return ready
    const query = new URLSearchParams(call.query).toString()
    const headers = [
      ['accept', acceptOf(call)],
      ['user-agent', options.userAgent],
      ...(mayBePacked(call, pool) ? [['accept-encoding', 'gzip']] : []),
      ...(call.body === undefined ? [] : [['content-type', call.contentType ?? 'application/json']]),
      ...secrets.value.headers,
    ]
    const sentAt = clock.monotonic()
    requests++
    const answered = writes.send(call.changes)
    try {
      const response = await send(`${base}${call.path}${query === '' ? '' : `?${query}`}`, {
        dispatcher: ready.value[pool],
        method: call.method,
        headers: headers.flat(),
        body: call.body === undefined ? null : JSON.stringify(call.body),
        // One deadline for everything, ours: theirs begin anew with each byte.
        headersTimeout: 0,
        bodyTimeout: 0,
        signal: deadline.signal,
      })
      const verdict = verdictOf(response.statusCode)
      if (verdict !== undefined) answered(verdict)
      if (response.statusCode === 429) throttledAt = clock.wall()
      const { date, [speedHeader]: speed } = response.headers
      options.onHeard?.()
      // A refusal may come from a proxy on the way, with a clock of its own: only what was done tells the server's time.
      if (typeof date === 'string' && verdict === 'done')
        options.onTime?.({ date, ...(typeof speed === 'string' && { speed }) }, sentAt)
      return ok({ response, secrets: secrets.value })
    } catch (error) {
      const fault = withNote(faultOfError(error, spec.server, proxy), secrets.value)
      if (fault.maybeDone !== true) answered('refused')
      return { ok: false, fault }
    }
  }

  async function read(sent: Sent, call: Call): Promise<Reply<Answer>> {
    const { response } = sent
    const atMost = call.bounds.atMostBytes
    const { eachItem } = call
    const broken: string[] = []
    const each = (item: string): void => {
      const parsed = parseBody(item)
      if (parsed !== undefined) eachItem?.(parsed)
      else if (broken.length === 0) broken.push(item)
    }
    const text =
      eachItem !== undefined && response.statusCode === 200
        ? await readItems(response, { atMost, each })
        : await readBody(response, { atMost, keepEnd: call.text === true })
    if (!text.ok) return text
    if (broken.length > 0) return notJson
    const said = answerOf(response, text.value, call)
    const answer = said.ok ? ok({ ...said.value, warnings: said.value.warnings.map(withheld.text) }) : said
    if (isTaken(response.statusCode)) credentials.accepted(sent.secrets)
    return answer.ok ? answer : { ok: false, fault: withNote(answer.fault, sent.secrets) }
  }

  function told<T>(from: Reply<T>): Reply<T> {
    const reply: Reply<T> = from.ok ? from : { ok: false, fault: withheld.fault(from.fault) }
    // One that had no turn was never sent: that says nothing about the server.
    if (reply.ok || (reply.fault.code !== 'busy' && reply.fault.code !== 'closed'))
      options.onOutcome?.(reply.ok ? undefined : reply.fault)
    return reply
  }

  /** Once, and once more after a 401 if there are other credentials by then: a 401 means that nothing was done. */
  async function withFreshCredentials<T>(
    call: Call,
    how: { readonly pool: 'requests' | 'watches'; readonly deadline: Deadline },
    attempt: (sent: Sent) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    for (let again = true; ; again = false) {
      const sent = await dispatch(call, how.pool, how.deadline)
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

  /** It never had its turn: nothing was sent. */
  function noTurn({ lane, withinMs }: Pick<Bounds, 'lane' | 'withinMs'>, held: number): Reply<never> {
    if (closed) return failed('closed', { kind: 'connection-closed' })
    if (held > 0) {
      const fault = faultOf('too-many-requests', { kind: 'server-asks-to-wait', server: spec.server })
      return { ok: false, fault: { ...fault, retryAfter: Math.ceil(held / 1000) } }
    }
    const seconds = Math.round(withinMs / 1000)
    return failed('busy', { kind: 'no-turn', server: spec.server, seconds, lists: lane === 'slow' })
  }

  async function request(call: Call, deadline: Deadline): Promise<Reply<Answer>> {
    const { bounds } = call
    const leave = await gate.enter(bounds.lane, deadline.signal)
    if (leave === undefined) return told(noTurn(bounds, gate.heldFor(bounds.lane)))
    try {
      const how = { pool: 'requests', deadline } as const
      const reply = await withFreshCredentials(call, how, (sent) => read(sent, call))
      if (!reply.ok && reply.fault.retryAfter !== undefined)
        gate.hold(bounds.lane, askedToWaitMs(reply.fault, bounds.lane))
      return told(reply)
    } finally {
      leave()
    }
  }

  async function stream({ bounds, ...call }: WatchCall, deadline: Deadline): Promise<Reply<ByteStream>> {
    const get: Call = { ...call, method: 'GET', bounds: { ...bounds, atMostBytes: longestRefusal } }
    const isAborted = (): boolean => call.signal.aborted
    const leave = await starts.enter(bounds.lane, deadline.signal)
    leave?.()
    if (isAborted()) return failed('closed', { kind: 'watch-ended' })
    if (leave === undefined) return noTurn(bounds, starts.heldFor(bounds.lane))
    const how = { pool: 'watches', deadline } as const
    const opened = await withFreshCredentials<ByteStream>(get, how, async (sent) => {
      const { statusCode, body } = sent.response
      if (statusCode === 200) {
        credentials.accepted(sent.secrets)
        const packing = packingOf(sent.response)
        if (!packing.ok) {
          discard(body)
          return packing
        }
        // From here on it may stay open as long as it likes.
        deadline.over()
        return ok(heardOf(unpacked(body, packing.value), options.onHeard))
      }
      const refused = await read(sent, get)
      return refused.ok ? failed('bad-answer', { kind: 'watch-not-begun' }) : refused
    })
    // Given up by ourselves: that says nothing about the server.
    return isAborted() ? opened : told(opened)
  }

  /** Whoever asked waits for an answer, and nobody would catch what a watch or a look at the side throws. */
  function unexpected(error: unknown): Reply<never> {
    options.log?.(
      withheld.text(`a request failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`),
    )
    return { ok: false, fault: { ...faultOf('internal', { kind: 'request-threw' }), maybeDone: true } }
  }

  return {
    async request(call) {
      const deadline = startDeadline(clock, call.bounds.withinMs, call.signal)
      try {
        return await request(call, deadline)
      } catch (error) {
        return unexpected(error)
      } finally {
        deadline.over()
      }
    },

    async stream(call) {
      const deadline = startDeadline(clock, call.bounds.withinMs, call.signal)
      try {
        return await stream(call, deadline)
      } catch (error) {
        return unexpected(error)
      } finally {
        deadline.over()
      }
    },

    sent: () => ({ requests, ...(throttledAt !== undefined && { throttledAt }) }),

    unanswered: writes.all,

    withheld,

    async close() {
      closed = true
      credentials.close()
      await Promise.all([pools?.requests.destroy(), pools?.watches.destroy()])
    },
  }
}

/** Somebody on the way, or the server itself, has given up waiting for a write that goes on: nobody knows yet. */
function verdictOf(status: number): 'done' | 'refused' | undefined {
  if (status === 408 || status === 502 || status === 504) return undefined
  return status >= 200 && status < 300 ? 'done' : 'refused'
}

/** Whether somebody who knows us has answered: not a proxy that asks for its own password, or has no server behind it. */
function isTaken(status: number): boolean {
  return (
    (status >= 200 && status < 300) ||
    (status >= 400 && status < 500 && ![401, 407, 408, 429].includes(status))
  )
}

/** What a server says instead of beginning a watch. */
const longestRefusal = 1024 * 1024

async function* heardOf(
  stream: AsyncIterable<Uint8Array>,
  heard: (() => void) | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    heard?.()
    yield chunk
  }
}

function notSignedIn(spec: ConnectionSpec, withinMs: number): Fault {
  const seconds = Math.round(withinMs / 1000)
  const plugin = spec.user.kind === 'exec' && { command: spec.user.exec.command }
  return faultOf('plugin', { kind: 'sign-in-late', seconds, ...plugin })
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
  const { message: _said, ...rest } = fault
  const sentence = { kind: 'noted', note: secrets.note, says: sentenceOf(fault) } as const
  return { ...rest, sentence, message: '' }
}

/** Without what stands behind it: states, codes and tokens of a sign-in. */
function placeOf(location: string): string {
  const [place = ''] = location.split(/[?#]/)
  return withoutUserInfo(place).slice(0, 200)
}

const notJson: Reply<never> = failed('bad-answer', { kind: 'answer-no-json' })

function answerOf(response: Dispatcher.ResponseData, text: string, call: Call): Reply<Answer> {
  const { statusCode, headers } = response
  const success = statusCode >= 200 && statusCode < 300
  const body = call.text === true && success ? null : parseBody(text)
  if (!success) {
    const { location } = headers
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string')
      return failed('bad-answer', { kind: 'answer-elsewhere', place: placeOf(location) })
    const retryAfter = headers['retry-after']
    const seconds = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter
    return { ok: false, fault: faultOfStatus(statusCode, body ?? null, seconds) }
  }
  if (body === undefined) return notJson
  return ok({ body, text, warnings: warningTexts(headers['warning']) })
}
