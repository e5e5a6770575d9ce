import { expect, test } from 'vitest'
import { faultOfError, faultOfStatus } from '../../../../../electron/cluster/dial/status-fault.ts'
import { isRetryable } from '../../../../../shared/fault.ts'
import { wordsOf } from '../../../../support/spoken.ts'

test.each([
  [400, 'BadRequest', 'invalid', false],
  [401, 'Unauthorized', 'unauthorized', false],
  [403, 'Forbidden', 'forbidden', false],
  [404, 'NotFound', 'not-found', false],
  [409, 'AlreadyExists', 'conflict', false],
  [409, 'Conflict', 'conflict', false],
  [410, 'Expired', 'expired', false],
  [415, 'UnsupportedMediaType', 'invalid', false],
  [422, 'Invalid', 'invalid', false],
  [429, 'TooManyRequests', 'too-many-requests', true],
  [500, 'InternalError', 'server-error', true],
  [503, 'ServiceUnavailable', 'server-error', true],
  [504, 'Timeout', 'timeout', true],
  [418, '', 'bad-answer', false],
] as const)('status %i (%s) is %s', (...[status, reason, code, retryable]) => {
  const fault = faultOfStatus(status, { kind: 'Status', reason, message: 'words of the server' }, undefined)
  expect(fault).toEqual({ code, status, message: 'words of the server' })
  expect(isRetryable(fault)).toBe(retryable)
})

test('a version from the future, as after a restore of etcd, has expired like one from the past', () => {
  const body = { details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 1 } }
  expect(faultOfStatus(504, body, '1')).toMatchObject({ code: 'expired', retryAfter: 1 })
})

test.each([
  ['7', {}, 7],
  [undefined, { details: { retryAfterSeconds: 3 } }, 3],
  ['7', { details: { retryAfterSeconds: 3 } }, 7],
  ['Wed, 21 Oct 2026 07:28:00 GMT', {}, undefined],
  ['-5', {}, undefined],
])('Retry-After %j with %j means %j seconds', (header, body, seconds) => {
  expect(faultOfStatus(429, body, header).retryAfter).toBe(seconds)
})

test('a body that is no Status still makes a sentence', () => {
  expect(wordsOf(faultOfStatus(502, null, undefined))).toBe('The server answered with status 502.')
})

test.each([
  ['ECONNREFUSED', 'unreachable', undefined],
  ['ENOTFOUND', 'unreachable', undefined],
  ['EAI_AGAIN', 'unreachable', undefined],
  ['ENETUNREACH', 'unreachable', undefined],
  ['UND_ERR_CONNECT_TIMEOUT', 'unreachable', undefined],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout', true],
  ['ECONNRESET', 'unreachable', true],
  ['UND_ERR_SOCKET', 'unreachable', true],
  ['CERT_HAS_EXPIRED', 'tls', undefined],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', undefined],
  ['ERR_OSSL_PEM_BAD_END_LINE', 'kubeconfig', undefined],
])('the error %s is %s; whether a write may have been done: %s', (code, expected, maybeDone) => {
  const error = Object.assign(new Error('words'), { code })
  const wrapped = new TypeError('fetch failed', { cause: error })
  for (const one of [error, wrapped]) {
    const fault = faultOfError(one, 'https://one.example')
    expect([fault.code, fault.maybeDone]).toEqual([expected, maybeDone])
  }
})
