import type { SignInSentence } from '../../../shared/fault-sentences/sign-in-sentence.ts'
import { X509Certificate } from 'node:crypto'
import { assertNever } from '../../../shared/assert-never.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionSpec } from '../dial/connection-spec.ts'
import type { DispatcherTools } from '../dial/dispatcher.ts'
import { createExecLogin, type ExecTools } from './exec-login.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { createOidcLogin } from './oidc.ts'
import { readText } from '../dial/read-text.ts'
import type { RenewedCredential } from './renewed-credential.ts'
import type { Secrets } from '../dial/secrets.ts'

export type Credentials = {
  get(): Promise<Reply<Secrets>>
  /** The server answered 401 to these. True if asking again with what `get` gives now may help. */
  refused(secrets: Secrets): boolean
  /** The server took these: if they are refused later, renewing them may help again. */
  accepted(secrets: Secrets): void
  /** A person wants to try again: what failed before may be run anew. */
  retry(): void
  /** Ends a plugin that still runs. */
  close(): void
}

export type CredentialTools = ExecTools &
  DispatcherTools & { readonly files: ForeignFiles; readonly log: (line: string) => void }

/** Turns what the kubeconfig says about a user into headers and certificates. Secrets stay in this process. */
export function createCredentials(spec: ConnectionSpec, tools: CredentialTools): Credentials {
  const login = createExecLogin(spec, tools)
  const provider = createOidcLogin(spec, tools)
  const acting = impersonationHeaders(spec)
  const renewed = (): RenewedCredential<unknown> => (spec.user.kind === 'oidc' ? provider : login)
  let last: Secrets | undefined

  async function authorization(): Promise<Reply<Secrets>> {
    const { user } = spec
    switch (user.kind) {
      case 'none':
        return ok({ headers: [] })
      case 'token':
        return ok({ headers: bearer(user.token) })
      case 'token-file': {
        // Read anew each time: it is rotated under us.
        const token = await readText({ kind: 'file', path: user.path }, tools.files)
        if (token.ok && token.value.trim() !== '') return ok({ headers: bearer(token.value) })
        if (user.token !== '') return ok({ headers: bearer(user.token) })
        return token.ok ? failed('kubeconfig', { kind: 'token-file-empty', path: user.path }) : token
      }
      case 'basic': {
        const pair = Buffer.from(`${user.username}:${user.password}`).toString('base64')
        return ok({ headers: [['authorization', `Basic ${pair}`]] })
      }
      case 'exec': {
        const credential = await login.get()
        if (!credential.ok) return credential
        const { value, generation } = credential.value
        const { token, certificate, key } = value
        return ok({
          generation,
          headers: token === undefined ? [] : bearer(token),
          ...(certificate !== undefined && { certificate }),
          ...(key !== undefined && { key }),
        })
      }
      case 'oidc': {
        const token = await provider.get()
        if (!token.ok) return token
        const { value, generation } = token.value
        return ok({ generation, headers: bearer(value) })
      }
      default:
        return assertNever(user)
    }
  }

  async function ownCertificate(): Promise<Reply<Partial<Secrets>>> {
    if (spec.clientCertificate === undefined) return ok({})
    const certificate = await readText(spec.clientCertificate.certificate, tools.files)
    if (!certificate.ok) return certificate
    const key = await readText(spec.clientCertificate.key, tools.files)
    if (!key.ok) return key
    const note = expiryNote(certificate.value, tools.clock.wall())
    return ok({ certificate: certificate.value, key: key.value, ...(note !== undefined && { note }) })
  }

  return {
    async get() {
      const certificate = await ownCertificate()
      if (!certificate.ok) return certificate
      const own = await authorization()
      if (!own.ok) return own
      const headers = [...own.value.headers, ...acting]
      const problem = unsendableHeader(headers)
      if (problem !== undefined) return failed('kubeconfig', problem)
      last = { ...certificate.value, ...own.value, headers }
      return ok(last)
    },
    refused(secrets) {
      if (last !== undefined && identityOf(last) !== identityOf(secrets)) return true
      const { generation } = secrets
      if (generation !== undefined) return renewed().refused(generation)
      // Files may have been rotated between the request and its answer; the next `get` reads them.
      return spec.user.kind === 'token-file' || spec.clientCertificate?.certificate.kind === 'file'
    },
    accepted({ generation }) {
      if (generation !== undefined) renewed().accepted(generation)
    },
    retry: () => renewed().retry(),
    close: () => login.close(),
  }
}

function identityOf(secrets: Secrets): string {
  return JSON.stringify([secrets.headers, secrets.certificate])
}

/** Says so if a certificate is over. An unreadable one is not judged here: TLS does that. */
function expiryNote(pem: string, now: number): SignInSentence | undefined {
  try {
    const { validToDate } = new X509Certificate(pem)
    if (validToDate.getTime() >= now) return undefined
    return { kind: 'certificate-expired', date: validToDate.toISOString().slice(0, 10) }
  } catch {
    return undefined
  }
}

/** A line end at its end comes from the file or program that it was copied from: no token has one. */
function bearer(token: string): Secrets['headers'] {
  return [['authorization', `Bearer ${token.trim()}`]]
}

const unsendable = /[^\t\x20-\x7e\x80-\xff]/

/** In the middle of a request it would be called a broken connection, with the value in it. */
function unsendableHeader(headers: Secrets['headers']): SignInSentence | undefined {
  const found = headers.find(([, value]) => unsendable.test(value))
  if (found === undefined) return undefined
  const [header] = found
  return header === 'authorization' ? { kind: 'token-unsendable' } : { kind: 'header-unsendable', header }
}

/** The bytes of UTF-8, one character each: that is how a header carries a name in any script. */
function headerValue(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** As client-go's impersonation round tripper sends them. Extra keys are percent-encoded where a header can't have them. */
function impersonationHeaders({ impersonate }: ConnectionSpec): Secrets['headers'] {
  if (impersonate === undefined) return []
  const { user, uid, groups, extra } = impersonate
  return [
    ['Impersonate-User', headerValue(user)],
    ...(uid === '' ? [] : [['Impersonate-Uid', headerValue(uid)] as const]),
    ...groups.map((group) => ['Impersonate-Group', headerValue(group)] as const),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => [`Impersonate-Extra-${headerKey(key)}`, headerValue(value)] as const),
    ),
  ]
}

function headerKey(key: string): string {
  return key.replace(/[^!#$&'*+.^_`|~0-9A-Za-z-]/g, (char) =>
    [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
}
