import type { Fault, FaultCode } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import { asObject, numberAt, objectAt, textAt } from '../../shared/k8s/read-json.ts'

/** Names what an API server refused. `message` is the server's own. */
export function faultOfStatus(status: number, body: Json, retryAfter: string | undefined): Fault {
  const said = textAt(body, 'message')
  const seconds = Number(retryAfter ?? '') || numberAt(objectAt(body, 'details'), 'retryAfterSeconds')
  return {
    code: codeOf(status, textAt(body, 'reason')),
    message: said === '' ? `The server answered with status ${status}.` : said,
    status,
    ...(seconds > 0 && { retryAfter: seconds }),
  }
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

const tlsCodes = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]
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

/** Names why there is no answer at all. */
export function faultOfError(error: unknown, server: string): Fault {
  const { code, message } = describeError(error)
  if (tlsCodes.includes(code) || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return { code: 'tls', message: `The certificate of ${server} was not accepted: ${message}` }
  }
  if (notSent.includes(code)) return { code: 'unreachable', message: `${server} can't be reached (${code}).` }
  if (
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT' ||
    code === 'ABORT_ERR' ||
    code === 'TimeoutError'
  ) {
    return { code: 'timeout', message: `${server} did not answer in time.`, maybeDone: true }
  }
  return {
    code: 'unreachable',
    message: `The connection to ${server} broke (${code || message}).`,
    maybeDone: true,
  }
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

export function isStatusObject(body: Json | undefined): boolean {
  return body !== undefined && asObject(body)['kind'] === 'Status'
}
