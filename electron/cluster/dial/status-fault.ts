import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import { faultInWords, faultOf, type Fault, type FaultCode } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import { listAt, numberAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'

/** Names what an API server refused. `message` is the server's own. */
export function faultOfStatus(status: number, body: Json, retryAfter: string | undefined): Fault {
  const said = textAt(body, 'message')
  const asked = secondsOf(retryAfter) || numberAt(objectAt(body, 'details'), 'retryAfterSeconds')
  const seconds = Math.min(asked, longestWait)
  const code = isTooLarge(body) ? 'expired' : codeOf(status, textAt(body, 'reason'))
  return {
    ...(said === '' ? faultOf(code, { kind: 'answer-status', status }) : faultInWords(code, said)),
    status,
    ...(seconds > 0 && { retryAfter: seconds }),
  }
}

/** A number with a thousand digits is no time any more. */
const longestWait = 86_400

/** A version from the future, as after a restore: like one from the past it is of no use any more. */
function isTooLarge(body: Json): boolean {
  return listAt(objectAt(body, 'details'), 'causes').some(
    (cause) => textAt(cause, 'reason') === 'ResourceVersionTooLarge',
  )
}

/** Only the number of seconds is understood: API servers send no dates. */
function secondsOf(retryAfter: string | undefined): number {
  return /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : 0
}

function codeOf(status: number, reason: string): FaultCode {
  switch (status) {
    case 401:
      return 'unauthorized'
    case 403:
      return 'forbidden'
    case 404:
      return 'not-found'
    case 409:
      return 'conflict'
    case 410:
      return 'expired'
    case 400:
    case 405:
    case 415:
    case 422:
      return 'invalid'
    case 429:
      return 'too-many-requests'
    case 504:
      return 'timeout'
    default:
      if (reason === 'Expired' || reason === 'Gone') return 'expired'
      return status >= 500 ? 'server-error' : 'bad-answer'
  }
}

/** What OpenSSL and Node say about a certificate, in words that help. Other TLS errors are told as they are. */
function tlsSentence(code: string, message: string, server: string): FaultSentence | undefined {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { kind: 'tls-expired', server }
    case 'CERT_NOT_YET_VALID':
      return { kind: 'tls-not-yet-valid', server }
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { kind: 'tls-other-name', server, words: message }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'CERT_SIGNATURE_FAILURE':
      return { kind: 'tls-unknown-ca', server, code }
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return { kind: 'tls-not-spoken', server }
    case 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED':
      return { kind: 'tls-asks-certificate', server }
    case 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE':
    case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
      return { kind: 'tls-handshake-refused', server }
    case 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED':
      return { kind: 'tls-own-expired', server }
    case 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA':
    case 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE':
    case 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE':
    case 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN':
      return { kind: 'tls-own-refused', server, code }
    default:
      return code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code.startsWith('CERT_')
        ? { kind: 'tls-failed', server, words: opensslWords(message) }
        : undefined
  }
}

/** The one part of OpenSSL's error line that means something to a person. */
function opensslWords(message: string): string {
  return /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message
}

/** OpenSSL's words about a certificate or key file that is none. */
const unusableKey = ['ERR_OSSL', 'ERR_CRYPTO']

/** The request never left: even a write was certainly not done. */
const notSent = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'UND_ERR_CONNECT_TIMEOUT',
]

/** Names why there is no answer at all. `proxy`: what was asked for instead of the server itself. */
export function faultOfError(error: unknown, server: string, proxy?: string): Fault {
  const { code, message } = describeError(error)
  const tls = tlsSentence(code, message, server)
  if (tls !== undefined) return faultOf('tls', tls)
  if (unusableKey.some((start) => code.startsWith(start)))
    return faultOf('kubeconfig', { kind: 'key-unusable', words: message })
  if (notSent.includes(code))
    return faultOf('unreachable', { kind: 'unreachable', server, proxy: hostOf(proxy), code })
  if (
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT' ||
    code === 'ABORT_ERR' ||
    code === 'AbortError' ||
    code === 'TimeoutError'
  ) {
    return { ...faultOf('timeout', { kind: 'answer-late', server }), maybeDone: true }
  }
  const broke = { kind: 'connection-broke', server, words: code || message } as const
  return { ...faultOf('unreachable', broke), maybeDone: true }
}

/** Host and port alone: its address may hold a password. */
function hostOf(proxy: string | undefined): string {
  return URL.parse(proxy ?? '')?.host ?? ''
}

function describeError(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) }
  const own = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (own === '' && error.cause instanceof Error) return describeError(error.cause)
  return { code: own || error.name, message: error.message }
}

export function parseBody(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
