import type { ClusterView } from '../../shared/contract.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Format } from '../i18n/format.ts'
import type { Words } from '../i18n/words.ts'

/** How a connection stands, as a shape beside its word: dot, triangle, ring, key plate, diamond. */
export type ConnectionLook = 'live' | 'stale' | 'idle' | 'connecting' | 'consent' | 'failed'

export function connectionLook(state: ClusterView['state']): ConnectionLook {
  if (state.kind !== 'connected') return state.kind
  return state.freshness.kind === 'live' ? 'live' : 'stale'
}

/** A connection's state in words: `live`, `stale since 14:02`, `not connected`. */
export function connectionText(state: ClusterView['state'], words: Words['shell'], format: Format): string {
  switch (state.kind) {
    case 'idle':
      return words.connectionIdle
    case 'connecting':
      return words.connectionConnecting
    case 'consent':
      return words.connectionConsent
    case 'failed':
      return words.connectionFailed
    case 'connected':
      switch (state.freshness.kind) {
        case 'live':
          return words.connectionLive
        case 'never':
          return words.connectionNever
        case 'stale':
          return words.connectionStale(format.clock(state.freshness.since))
      }
      return assertNever(state.freshness)
  }
}
