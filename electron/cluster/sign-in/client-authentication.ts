import type { Json } from '../../../shared/k8s/json.ts'
import { textAt } from '../../../shared/k8s/read-json.ts'
import type { OidcSpec } from '../dial/connection-spec.ts'

/** How a client proves to an issuer who it is: its secret in a header, or in the form. */
export type ClientWay = 'client_secret_basic' | 'client_secret_post'

export type TokenAnswer = { readonly status: number; readonly body: Json }

type Discovery = { readonly token_endpoint_auth_methods_supported?: readonly string[] | undefined }

/** The form, and the header, by which a refresh token is exchanged. */
export function tokenRequest(
  { clientId, clientSecret }: OidcSpec,
  refreshToken: string,
  way: ClientWay,
): { readonly headers: Record<string, string>; readonly body: string } {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  if (way === 'client_secret_post') {
    const secret = clientSecret === '' ? {} : { client_secret: clientSecret }
    return { headers, body: new URLSearchParams({ ...form, client_id: clientId, ...secret }).toString() }
  }
  const pair = Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')
  return {
    headers: { ...headers, authorization: `Basic ${pair}` },
    body: new URLSearchParams(form).toString(),
  }
}

/** RFC 6749, 2.3.1: both halves are form-encoded before they are joined, so that a colon in one divides nothing. */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

/**
 * As kubectl finds it out: by the header first, which every issuer has to understand, then in the form; what the issuer
 * says that it takes comes before both. The way that worked is kept.
 */
export function createClientAuthentication(): {
  ask(
    oidc: OidcSpec,
    discovery: Discovery,
    send: (way: ClientWay) => Promise<TokenAnswer>,
  ): Promise<TokenAnswer>
} {
  let known: ClientWay | undefined
  return {
    async ask(oidc, discovery, send) {
      const [first, second] = known === undefined ? waysOf(oidc, discovery) : ([known] as const)
      const answer = await send(first)
      if (second === undefined || !isClientRefused(answer)) {
        if (answer.status === 200) known = first
        return answer
      }
      const other = await send(second)
      if (other.status === 200) known = second
      return other
    },
  }
}

function waysOf(
  { clientSecret }: OidcSpec,
  { token_endpoint_auth_methods_supported: said }: Discovery,
): readonly [ClientWay, ClientWay?] {
  // A client without a secret only says its name.
  if (clientSecret === '') return ['client_secret_post']
  const [basic, post] = [takes('client_secret_basic'), takes('client_secret_post')]
  if (basic !== post) return [basic ? 'client_secret_basic' : 'client_secret_post']
  return ['client_secret_basic', 'client_secret_post']

  function takes(way: ClientWay): boolean {
    return said?.includes(way) ?? false
  }
}

/** The client was not recognised: the refresh token has not been looked at, and is as good as before. */
function isClientRefused({ status, body }: TokenAnswer): boolean {
  const error = textAt(body, 'error')
  return status === 401 || error === 'invalid_client' || error === 'unauthorized_client'
}
