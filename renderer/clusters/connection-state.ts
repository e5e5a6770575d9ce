import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { FaultCode } from '../../shared/fault.ts'
import type { Format } from '../i18n/format.ts'
import type { Words } from '../i18n/words.ts'
import type { ConnectionLook } from '../parts/connection-mark.tsx'

type Standing = Pick<ClusterView, 'state' | 'signIn'>

export function connectionLook({ state, signIn }: Standing): ConnectionLook {
  switch (state.kind) {
    case 'idle':
      return 'idle'
    case 'consent':
      return 'key'
    case 'connecting':
      return signIn === undefined ? 'connecting' : 'key'
    case 'failed':
      return faultLook(state.fault.code)
    case 'connected':
      if (signIn !== undefined) return 'key'
      if (state.fault?.code === 'unauthorized') return 'login'
      if (state.freshness.kind === 'live') return 'live'
      return state.resting === true ? 'resting' : 'stale'
  }
}

/** `now`: of the day whose times are written without it; 0 where none is known. */
export type TimeWords = { readonly format: Format; readonly now: number }

/** A connection's state in words: `live`, `stale since 14:02`, `not connected`, `login needed`. */
export function connectionText(
  { state, signIn }: Standing,
  words: Words['connection'],
  time: TimeWords,
): string {
  switch (state.kind) {
    case 'idle':
      return words.idle
    case 'connecting':
      return signIn === undefined ? words.connecting : words.signingIn
    case 'consent':
      return words.consent
    case 'failed':
      return words.failed[failure(state.fault.code)]
    case 'connected': {
      const age = connectedText(state, words, time)
      if (signIn !== undefined) return words.both(age, words.signingIn)
      return state.fault?.code === 'unauthorized' ? words.both(age, words.failed.login) : age
    }
  }
}

function connectedText(
  { freshness, resting }: Extract<ClusterView['state'], { kind: 'connected' }>,
  words: Words['connection'],
  { format, now }: TimeWords,
): string {
  switch (freshness.kind) {
    case 'live':
      return words.live
    case 'never':
      return words.never
    case 'stale': {
      const since = format.clock(freshness.since, now)
      return resting === true ? words.resting(since) : words.stale(since)
    }
  }
  return assertNever(freshness)
}

type Failure = 'login' | 'plugin' | 'refused' | 'unreachable' | 'tls' | 'kubeconfig' | 'other'

function failure(code: FaultCode): Failure {
  switch (code) {
    case 'unauthorized':
      return 'login'
    case 'forbidden':
      return 'refused'
    case 'unreachable':
    case 'timeout':
      return 'unreachable'
    case 'plugin':
    case 'tls':
    case 'kubeconfig':
      return code
    default:
      return 'other'
  }
}

function faultLook(code: FaultCode): ConnectionLook {
  const why = failure(code)
  if (why === 'login' || why === 'plugin') return 'login'
  return why === 'unreachable' ? 'unreachable' : 'failed'
}
