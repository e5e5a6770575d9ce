import type { Fault } from '../fault.ts'
import type { ConnectionId, ReleaseId } from '../ids.ts'
import type { Sentence } from '../release/sentence.ts'

/** A release that is driven here and does not go forward by itself: it waits, is held, goes back, or has ended. */
export type Notice = {
  readonly target: {
    readonly connection: ConnectionId
    readonly namespace: string
    readonly service: string
  }
  readonly release: ReleaseId
  readonly why:
    | { readonly kind: 'standstill'; readonly sentence: Sentence }
    /** It is driven here no more, and not because it has ended. */
    | { readonly kind: 'lost'; readonly fault: Fault }
}
