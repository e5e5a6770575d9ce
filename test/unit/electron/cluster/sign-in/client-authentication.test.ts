import { describe, expect, test } from 'vitest'
import {
  createClientAuthentication,
  tokenRequest,
  type ClientWay,
  type TokenAnswer,
} from '../../../../../electron/cluster/sign-in/client-authentication.ts'
import type { OidcSpec } from '../../../../../electron/cluster/dial/connection-spec.ts'

const oidc: OidcSpec = {
  issuer: 'https://issuer.example',
  clientId: 'kube:ops',
  clientSecret: 's&t',
  idToken: '',
  refreshToken: 'r',
}
const form = 'application/x-www-form-urlencoded'
const basic = 'client_secret_basic'
const post = 'client_secret_post'
const granted: TokenAnswer = { status: 200, body: { id_token: 't' } }

describe('the exchange of a refresh token', () => {
  test('names the client in a header, each half encoded by itself', () => {
    const { headers, body } = tokenRequest(oidc, 'r 1', basic)
    const pair = Buffer.from('kube%3Aops:s%26t').toString('base64')
    expect(headers).toEqual({ 'content-type': form, authorization: `Basic ${pair}` })
    expect(body).toBe('grant_type=refresh_token&refresh_token=r+1')
  })

  test('or in the form, and then in no header', () => {
    expect(tokenRequest(oidc, 'r', post)).toEqual({
      headers: { 'content-type': form },
      body: 'grant_type=refresh_token&refresh_token=r&client_id=kube%3Aops&client_secret=s%26t',
    })
  })

  test('of a client without a secret says its name alone', () => {
    expect(tokenRequest({ ...oidc, clientSecret: '' }, 'r', post).body).toBe(
      'grant_type=refresh_token&refresh_token=r&client_id=kube%3Aops',
    )
  })
})

describe('which way a client proves who it is', () => {
  /** Which ways were tried, one array for each exchange. */
  async function tried(
    answers: Readonly<Record<ClientWay, TokenAnswer>>,
    { said, spec = oidc, times = 1 }: { said?: readonly string[]; spec?: OidcSpec; times?: number } = {},
  ): Promise<readonly (readonly ClientWay[])[]> {
    const authentication = createClientAuthentication()
    const all: ClientWay[][] = []
    for (let time = 0; time < times; time++) {
      const ways: ClientWay[] = []
      all.push(ways)
      await authentication.ask(spec, { token_endpoint_auth_methods_supported: said }, (way) => {
        ways.push(way)
        return Promise.resolve(answers[way])
      })
    }
    return all
  }
  const unknown = (error: string, status = 400): TokenAnswer => ({ status, body: { error } })

  test.each([
    ['by its status', unknown('', 401)],
    ['as invalid', unknown('invalid_client')],
    ['as unauthorized', unknown('unauthorized_client')],
  ])(
    'the header first; a client that is refused %s is named in the form, and from then on there',
    async (_, no) => {
      const answers = { [basic]: no, [post]: granted } as const
      expect(await tried(answers, { times: 2 })).toEqual([[basic, post], [post]])
    },
  )

  test('another refusal is about the refresh token: it is not sent a second time', async () => {
    const answers = { [basic]: unknown('invalid_grant'), [post]: granted } as const
    expect(await tried(answers)).toEqual([[basic]])
  })

  test('the way that worked is kept, and one that did not is none', async () => {
    expect(await tried({ [basic]: granted, [post]: granted }, { times: 2 })).toEqual([[basic], [basic]])
    const never = { [basic]: unknown('', 401), [post]: unknown('', 401) } as const
    expect(await tried(never, { times: 2 })).toEqual([
      [basic, post],
      [basic, post],
    ])
    const broken = { [basic]: { status: 500, body: null }, [post]: granted } as const
    expect(await tried(broken, { times: 2 })).toEqual([[basic], [basic]])
  })

  test('what the issuer says that it takes is all that is tried', async () => {
    const refused = { [basic]: unknown('', 401), [post]: unknown('', 401) } as const
    expect(await tried(refused, { said: [basic, 'private_key_jwt'] })).toEqual([[basic]])
    expect(await tried(refused, { said: [post] })).toEqual([[post]])
    expect(await tried(refused, { said: [post, basic] })).toEqual([[basic, post]])
    expect(await tried(refused, { said: ['private_key_jwt'] })).toEqual([[basic, post]])
  })

  test('a client without a secret is named in the form, whatever is taken', async () => {
    const refused = { [basic]: unknown('', 401), [post]: unknown('', 401) } as const
    expect(await tried(refused, { said: [basic], spec: { ...oidc, clientSecret: '' } })).toEqual([[post]])
  })
})
