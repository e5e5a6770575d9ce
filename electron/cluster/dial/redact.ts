import type { ConnectionSpec, UserSpec } from './connection-spec.ts'

const hidden = '***'
/** Shorter ones would tear holes into harmless words. */
const shortest = 4

const patterns: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // PEM, as it is and in base64
  [/-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g, hidden],
  [/LS0tLS1CRUdJTi[A-Za-z0-9+/=\s]*/g, hidden],
  // JSON web tokens, and what stands behind Bearer and Basic
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){0,2}/g, hidden],
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, `$1 ${hidden}`],
  // user:password@ in addresses
  [/([a-z][a-z0-9+.-]*:\/\/)[^/\s@"']+@/gi, `$1${hidden}@`],
  // --client-secret=…, "token": "…", password=…
  [
    /((?:token|secret|passw(?:or)?d|passphrase|credentials?|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|client[_-]?key(?:-data)?)["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
    `$1${hidden}`,
  ],
  // keys of well-known services
  [/\b(?:AKIA|ASIA|LTAI|ghp_|gho_|ghs_|glpat-|sha256~|k8s-aws-v1\.)[\w+/=-]{8,}/g, hidden],
]
const secretFlag = /^--?[\w-]*(?:token|secret|passw(?:or)?d|passphrase|credential|key)[\w-]*$/i
const flagAndSecret = /^(--?[\w-]*(?:token|secret|passw(?:or)?d|passphrase|credential|key)[\w-]*=)(.+)$/is

/** Takes secrets out of text: those that are known word for word, and all that looks like one. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  // The longest first: one may be part of another.
  const known = [...new Set(secrets.map((one) => one.trim()))]
    .filter((one) => one.length >= shortest)
    .sort((a, b) => b.length - a.length)
  return (text) => {
    const without = known.reduce((left, secret) => left.replaceAll(secret, hidden), text)
    return patterns.reduce((left, [pattern, instead]) => left.replace(pattern, instead), without)
  }
}

/** Arguments of a program: what follows `--client-secret` is one, too, whether a space or a `=` stands between. */
export function redactArguments(args: readonly string[]): readonly string[] {
  return args.map((arg, index) =>
    secretFlag.test(args[index - 1] ?? '') ? hidden : arg.replace(flagAndSecret, `$1${hidden}`),
  )
}

/** One word without anything that a shell or an interpreter could be told by: no path, no space, no sign. */
const opaque = /^[\w.~+=-]+$/

/**
 * The same for the eyes of whoever is asked whether it may run. Nobody agrees to what they are not shown: only what can be
 * nothing but a secret is hidden, and a command that somebody has put behind `--key` is not.
 */
export function argumentsToAgreeTo(args: readonly string[]): readonly string[] {
  const hiding = redactArguments(args)
  return args.map((arg, index) => {
    const [, flag = '', secret = arg] = flagAndSecret.exec(arg) ?? []
    return opaque.test(secret) && !secret.startsWith('-') && hiding[index] !== arg ? `${flag}${hidden}` : arg
  })
}

/** What stands in the arguments of a plugin as a secret, to be known by its value wherever it is repeated. */
function argumentSecrets(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const [, , secret] = flagAndSecret.exec(arg) ?? []
    const isOne = secretFlag.test(args[index - 1] ?? '') && !arg.startsWith('-')
    return isOne ? [arg] : secret === undefined ? [] : [secret]
  })
}

/** Names of ours in what is said: a password that is the same word is no reason to know a sentence no more. */
const ours: readonly string[] = ['kind', 'which']

/** Every text of a value. */
export function redactAll<T>(value: T, redact: (text: string) => string): T {
  const replaced: unknown = JSON.parse(JSON.stringify(value), (key, one: unknown) =>
    typeof one === 'string' && !ours.includes(key) ? redact(one) : one,
  )
  return replaced as T
}

/** Everything secret that the kubeconfigs say word for word. */
export function secretsOf(specs: readonly ConnectionSpec[]): readonly string[] {
  return specs.flatMap(({ user, clientCertificate, proxyUrl }) => [
    ...userSecrets(user),
    ...(clientCertificate?.key.kind === 'text' ? [clientCertificate.key.pem] : []),
    ...proxySecrets(proxyUrl),
  ])
}

function userSecrets(user: UserSpec): readonly string[] {
  switch (user.kind) {
    case 'none':
      return []
    case 'token':
    case 'token-file':
      return [user.token]
    case 'basic':
      return [user.password]
    case 'exec':
      return [...user.exec.env.map((one) => one.value), ...argumentSecrets(user.exec.args)]
    case 'oidc':
      return [user.oidc.clientSecret, user.oidc.idToken, user.oidc.refreshToken]
  }
}

/** Not by a URL parser: where somebody forgot `http://` or a password has a `/` in it, that finds no password. */
const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)@/is

export function withoutUserInfo(address: string): string {
  return address.replace(userInfo, `$1${hidden}@`)
}

function proxySecrets(proxyUrl: string | undefined): readonly string[] {
  const [, , info = ''] = userInfo.exec(proxyUrl ?? '') ?? []
  const password = info.slice(info.indexOf(':') + 1)
  return [password, decoded(password)]
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
