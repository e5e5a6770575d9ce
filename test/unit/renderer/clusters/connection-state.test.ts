import { expect, test } from 'vitest'
import { createFormat } from '../../../../renderer/i18n/format.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { connectionLook, connectionText } from '../../../../renderer/clusters/connection-state.ts'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import { failedInWords, type FaultCode } from '../../../../shared/fault.ts'

type Standing = Pick<ClusterView, 'state' | 'signIn'>

const since = new Date(2026, 10, 29, 14, 2).getTime()

function said(standing: Standing): readonly string[] {
  return [
    connectionLook(standing),
    connectionText(standing, words.en.connection, { format: createFormat('en'), now: since }),
  ]
}

const refusal = (code: FaultCode): Standing => ({
  state: { kind: 'failed', fault: failedInWords(code, 'why').fault },
})
const stale = { kind: 'stale', since, why: { kind: 'words', words: 'connect ETIMEDOUT' } } as const

test('a login that is needed, a cluster that is not reached and one that refuses are told apart by shape and word', () => {
  expect(said(refusal('unauthorized'))).toEqual(['login', 'login needed'])
  expect(said(refusal('timeout'))).toEqual(['unreachable', 'unreachable'])
  expect(said(refusal('forbidden'))).toEqual(['failed', 'refused'])
  expect(said(refusal('server-error'))).toEqual(['failed', 'connection failed'])
})

test('a cluster that rests is not called one that does not answer', () => {
  const connected = { kind: 'connected', version: '1.31', freshness: stale } as const
  expect(said({ state: connected })).toEqual(['stale', 'stale since 14:02'])
  expect(said({ state: { ...connected, resting: true } })).toEqual(['resting', 'not watched since 14:02'])
})

test('while a program signs in, that is what is said', () => {
  const signIn = { run: 1, command: 'kubelogin', lines: [], reads: false }
  expect(said({ state: { kind: 'connecting' }, signIn })).toEqual(['key', 'signing in'])
  expect(said({ state: { kind: 'connecting' } })).toEqual(['connecting', 'connecting'])
})

test('a login that ended on an open connection is said beside the age of what is seen', () => {
  const fault = failedInWords('unauthorized', 'Unauthorized').fault
  expect(said({ state: { kind: 'connected', version: '1.31', freshness: stale, fault } })).toEqual([
    'login',
    'stale since 14:02, login needed',
  ])
})
