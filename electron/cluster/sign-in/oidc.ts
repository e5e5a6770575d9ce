import { request as send, type Dispatcher } from 'undici'
import { z } from 'zod'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Clock } from '../clock/clock.ts'
import {
  createClientAuthentication,
  tokenRequest,
  type ClientWay,
  type TokenAnswer,
} from './client-authentication.ts'
import type { ConnectionSpec } from '../dial/connection-spec.ts'
import { startDeadline } from '../clock/deadline.ts'
import { createDispatcher, type DispatcherTools } from '../dial/dispatcher.ts'
import { readBody } from '../dial/read-body.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { readText } from '../dial/read-text.ts'
import { createRenewedCredential, type Renewed, type RenewedCredential } from './renewed-credential.ts'
import { faultOfError, parseBody } from '../dial/status-fault.ts'

/** A token is renewed this long before it expires. */
const marginMs = 10_000
const answerWithinMs = 15_000
const longestAnswer = 1024 * 1024
/** After a failure, so that an issuer that is down is not asked for each request. */
const failureMs = 30_000

const discoverySchema = z.looseObject({
  token_endpoint: z.url({ protocol: /^https$/ }),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
})
const tokenSchema = z.looseObject({ id_token: z.string(), refresh_token: z.string().optional() })

/**
 * The auth provider `oidc` as kubectl has it: the id token of the kubeconfig as long as it holds, then new ones by the
 * refresh token. What is new stays in memory: the kubeconfig is never written.
 */
export function createOidcLogin(
  spec: ConnectionSpec,
  tools: DispatcherTools & {
    readonly clock: Clock
    readonly files: ForeignFiles
    readonly log: (line: string) => void
  },
): RenewedCredential<string> {
  const { clock, log } = tools
  const idToken = spec.user.kind === 'oidc' ? spec.user.oidc.idToken : ''
  let refreshToken = spec.user.kind === 'oidc' ? spec.user.oidc.refreshToken : ''
  const authentication = createClientAuthentication()

  async function renew(): Promise<Reply<Renewed<string>>> {
    if (spec.user.kind !== 'oidc') return failed('internal', { kind: 'threw' })
    if (refreshToken === '') return failed('unauthorized', { kind: 'oidc-expired' })
    const { oidc } = spec.user
    const ca = oidc.ca === undefined ? ok(undefined) : await readText(oidc.ca, tools.files)
    if (!ca.ok) return ca
    const tls = { insecure: false, ...(oidc.ca !== undefined && { ca: oidc.ca }) }
    const { proxyUrl: _clusterOnly, ...rest } = spec
    const issuer = { ...rest, server: oidc.issuer, tls }
    const dispatcher = createDispatcher(
      issuer,
      { secrets: { headers: [] }, ca: ca.value, pool: 'requests' },
      tools,
    )
    if (!dispatcher.ok) return dispatcher
    // One deadline for both answers: an issuer that drips keeps every request of the cluster waiting.
    const deadline = startDeadline(clock, answerWithinMs)
    const limits = {
      dispatcher: dispatcher.value,
      headersTimeout: 0,
      bodyTimeout: 0,
      signal: deadline.signal,
    }
    const textOf = async (answer: Dispatcher.ResponseData): Promise<string> => {
      const text = await readBody(answer, { atMost: longestAnswer, keepEnd: false })
      return text.ok ? text.value : ''
    }
    try {
      const found = await send(`${oidc.issuer}/.well-known/openid-configuration`, limits)
      const discovery = discoverySchema.safeParse(parseBody(await textOf(found)))
      if (!discovery.success) return failed('unauthorized', { kind: 'oidc-no-endpoint', issuer: oidc.issuer })
      const ask = async (how: ClientWay): Promise<TokenAnswer> => {
        const answer = await send(discovery.data.token_endpoint, {
          ...limits,
          method: 'POST',
          ...tokenRequest(oidc, refreshToken, how),
        })
        const body = parseBody(await textOf(answer))
        return { status: answer.statusCode, body: body ?? null }
      }
      const { status, body } = await authentication.ask(oidc, discovery.data, ask)
      const read = tokenSchema.safeParse(body)
      if (!read.success) return failed('unauthorized', { kind: 'oidc-no-token', issuer: oidc.issuer, status })
      const { id_token: next, refresh_token: rotated } = read.data
      if (rotated !== undefined && rotated !== refreshToken) {
        refreshToken = rotated
        log(`${oidc.issuer} changed the refresh token: the one in ${spec.file} may not work any more`)
      }
      return ok(dated(next))
    } catch (error) {
      return { ok: false, fault: faultOfError(error, oidc.issuer) }
    } finally {
      deadline.over()
      void dispatcher.value.close()
    }
  }

  return createRenewedCredential({
    clock,
    marginMs,
    ...(idToken !== '' && { initial: dated(idToken) }),
    mayRenew: () => refreshToken !== '',
    renew,
    pauseMs: () => failureMs,
    refusedTwice: { kind: 'oidc-refused-twice' },
  })
}

function dated(token: string): Renewed<string> {
  return { value: token, expiresAt: expiryOf(token) }
}

/** Epoch ms from the token itself; one that does not say holds until it is refused. */
function expiryOf(token: string): number {
  const payload = parseBody(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const parsed = z.looseObject({ exp: z.number() }).safeParse(payload)
  return parsed.success ? parsed.data.exp * 1000 : Infinity
}
