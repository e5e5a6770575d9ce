import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import type { ConnectionId } from '../../../shared/ids.ts'

export type Resting = { readonly since: number; readonly why: FaultSentence }

/** Which clusters are watched, and which rest, each in the order in which somebody looked at them last. */
export function createWatchOrder(options: {
  readonly now: (id: ConnectionId) => number
  readonly rest: (id: ConnectionId, why: FaultSentence) => void
  readonly wake: (id: ConnectionId) => void
}) {
  /** The one that was seen last at the end. */
  const watched = new Set<ConnectionId>()
  const resting = new Map<ConnectionId, Resting>()

  return {
    watched,
    resting,

    /** Whether it rested until now. */
    see(id: ConnectionId): boolean {
      watched.delete(id)
      watched.add(id)
      if (!resting.delete(id)) return false
      options.wake(id)
      return true
    },

    rest(id: ConnectionId, why: FaultSentence): void {
      watched.delete(id)
      resting.set(id, { since: options.now(id), why })
      options.rest(id, why)
    },

    /** It was seen less recently than all that are watched: where there is one too many, it is the first to rest again. */
    wake(id: ConnectionId): void {
      const others = [...watched]
      watched.clear()
      for (const one of [id, ...others]) watched.add(one)
      resting.delete(id)
      options.wake(id)
    },
  }
}
