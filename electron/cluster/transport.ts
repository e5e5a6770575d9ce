import { Agent, ProxyAgent, request as send, type Dispatcher } from 'undici'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Clock } from './clock.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import { readText, type Credentials, type Secrets } from './credentials.ts'
import { createGatekeeper } from './gatekeeper.ts'
import { faultOfError, faultOfStatus, parseBody } from './status-fault.ts'

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Json
  readonly contentType?: string
  readonly signal?: AbortSignal
  /** The answer is text, not JSON (logs). */
  readonly text?: boolean
}

export type Answer = { readonly body: Json; readonly text: string }
export type ByteStream = AsyncIterable<Uint8Array>

/** Requests to one cluster as one user, over one agent. A write is sent once and never repeated here. */
export type Transport = {
  request(call: Call): Promise<Reply<Answer>>
  /** Watches: outside the limits of ordinary requests; ends when the signal is aborted. */
  stream(call: Pick<Call, 'path' | 'query'> & { readonly signal: AbortSignal }): Promise<Reply<ByteStream>>
  close(): Promise<void>
}

export type TransportOptions = {
  readonly spec: ConnectionSpec
  readonly credentials: Credentials
  readonly clock: Clock
  readonly version: string
}

const answerWithinMs = 15_000

export function createTransport(options: TransportOptions): Transport {
  const { spec, credentials } = options
  const gate = createGatekeeper(options.clock, { inFlight: 4, perSecond: 5, burst: 30 })
  const base = spec.server.startsWith('unix:') ? 'http://localhost' : spec.server
  let agent: { readonly certificate: string; readonly dispatcher: Dispatcher } | undefined
  let closed = false

  /** One agent as long as the client certificate stays the same: plugins and files rotate it. */
  function dispatcherFor(secrets: Secrets): Reply<Dispatcher> {
    const certificate = secrets.certificate ?? ''
    if (agent?.certificate === certificate) return ok(agent.dispatcher)
    const made = createDispatcher(spec, secrets)
    if (!made.ok) return made
    void agent?.dispatcher.close()
    agent = { certificate, dispatcher: made.value }
    return made
  }

  async function dispatch(
    call: Call,
    limits: { readonly bodyTimeout: number },
  ): Promise<Reply<Dispatcher.ResponseData>> {
    if (closed) return failed('closed', 'The connection was closed.')
    const secrets = await credentials.get()
    if (!secrets.ok) return secrets
    const dispatcher = dispatcherFor(secrets.value)
    if (!dispatcher.ok) return dispatcher
    const query = new URLSearchParams(call.query).toString()
    try {
      return ok(
        await send(`${base}${call.path}${query === '' ? '' : `?${query}`}`, {
          dispatcher: dispatcher.value,
          method: call.method,
          headers: {
            accept: call.text === true ? '*/*' : 'application/json',
            'user-agent': `tranche/${options.version}`,
            ...(call.body !== undefined && { 'content-type': call.contentType ?? 'application/json' }),
            ...secrets.value.headers,
          },
          body: call.body === undefined ? null : JSON.stringify(call.body),
          headersTimeout: answerWithinMs,
          bodyTimeout: limits.bodyTimeout,
          ...(call.signal !== undefined && { signal: call.signal }),
        }),
      )
    } catch (error) {
      return { ok: false, fault: faultOfError(error, spec.server) }
    }
  }

  async function once(call: Call): Promise<Reply<Answer>> {
    const leave = await gate.enter()
    try {
      const response = await dispatch(call, { bodyTimeout: answerWithinMs })
      if (!response.ok) return response
      const text = await response.value.body.text()
      return answerOf(response.value, text, call)
    } catch (error) {
      return { ok: false, fault: faultOfError(error, spec.server) }
    } finally {
      leave()
    }
  }

  return {
    async request(call) {
      const reply = await once(call)
      // Refused for its credentials, so it was not done: a plugin or a rotated token file gets one more chance.
      if (!reply.ok && reply.fault.code === 'unauthorized' && credentials.refused()) return await once(call)
      return reply
    },

    async stream(call) {
      const response = await dispatch({ ...call, method: 'GET' }, { bodyTimeout: 0 })
      if (!response.ok) return response
      if (response.value.statusCode === 200) return ok(response.value.body)
      try {
        const refused = answerOf(response.value, await response.value.body.text(), { ...call, method: 'GET' })
        if (!refused.ok && refused.fault.code === 'unauthorized') credentials.refused()
        return refused.ok ? failed('bad-answer', 'The server did not begin to watch.') : refused
      } catch (error) {
        return { ok: false, fault: faultOfError(error, spec.server) }
      }
    },

    async close() {
      closed = true
      await agent?.dispatcher.destroy()
    },
  }
}

function answerOf(response: Dispatcher.ResponseData, text: string, call: Call): Reply<Answer> {
  const success = response.statusCode >= 200 && response.statusCode < 300
  const body = call.text === true && success ? null : parseBody(text)
  if (!success) {
    const retryAfter = response.headers['retry-after']
    const seconds = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter
    return { ok: false, fault: faultOfStatus(response.statusCode, body ?? null, seconds) }
  }
  if (body === undefined) {
    return failed(
      'bad-answer',
      'The answer is not JSON: this address may be a login page or a proxy, no API server.',
    )
  }
  return ok({ body, text })
}

function createDispatcher(spec: ConnectionSpec, secrets: Secrets): Reply<Dispatcher> {
  const ca = spec.tls.ca === undefined ? undefined : readText(spec.tls.ca)
  if (ca !== undefined && !ca.ok) return ca
  const tls = {
    rejectUnauthorized: !spec.tls.insecure,
    ...(ca !== undefined && { ca: ca.value }),
    ...(spec.tls.serverName !== undefined && { servername: spec.tls.serverName }),
    ...(secrets.certificate !== undefined && { cert: secrets.certificate }),
    ...(secrets.key !== undefined && { key: secrets.key }),
  }
  const common = { allowH2: false, connections: 16, keepAliveTimeout: 30_000 }
  try {
    if (spec.server.startsWith('unix:')) {
      return ok(new Agent({ ...common, connect: { socketPath: spec.server.slice('unix:'.length) } }))
    }
    if (spec.proxyUrl === undefined) return ok(new Agent({ ...common, connect: { ...tls, timeout: 10_000 } }))
    if (!/^https?:\/\//.test(spec.proxyUrl)) {
      return failed('not-supported', 'Only http and https proxies are supported for now.')
    }
    return ok(new ProxyAgent({ ...common, uri: spec.proxyUrl, requestTls: tls }))
  } catch (error) {
    return {
      ok: false,
      fault: { code: 'kubeconfig', message: `The certificate or key is not usable: ${String(error)}` },
    }
  }
}
