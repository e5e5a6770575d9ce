import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import { createListeners } from '../async/listeners.ts'
import { createWatchOrder, type Resting } from './watch-order.ts'

/** Keeps laptop and API servers at peace: few clusters are watched at once, and none that nobody looks at. */
export type WatchBudget = {
  /** Somebody looks at it; returns its stop function. */
  look(id: ConnectionId): () => void
  /** It is needed just now: as if somebody had looked at it for a moment. */
  touch(id: ConnectionId): void
  /** Since when, and why, it is not watched although it is connected. */
  resting(id: ConnectionId): Resting | undefined
  /** Its connection is closed, or what is driven has changed. */
  forget(id: ConnectionId): void
  check(): void
  onChange(listener: () => void): () => void
  close(): void
}

export type WatchBudgetOptions = {
  readonly clock: Clock
  /** The time of a cluster. */
  readonly now: (id: ConnectionId) => number
  /** Ends the watches of a cluster and keeps its data, or takes them up again. */
  readonly rest: (id: ConnectionId, why: FaultSentence) => void
  readonly wake: (id: ConnectionId) => void
  /** A release that is driven here keeps its cluster watched, whoever looks. */
  readonly isDriven: (id: ConnectionId) => boolean
}

const mostWatched = 3
/** A page that is loaded anew, or goes from one cluster to another, looks again within this time. */
const unseenMs = 10_000
const crowded: FaultSentence = { kind: 'too-many-watched', others: mostWatched }
const unseen: FaultSentence = { kind: 'not-watched' }

export function createWatchBudget(options: WatchBudgetOptions): WatchBudget {
  const { clock, isDriven } = options
  const { add, tell } = createListeners()
  const { watched, resting, see, rest, wake } = createWatchOrder(options)
  const looking = new Map<ConnectionId, number>()
  let stopTimer: (() => void) | undefined
  let stopSwap: (() => void) | undefined
  let closed = false

  const quiet = (): readonly ConnectionId[] => [...watched].filter((id) => !isDriven(id) && !looking.has(id))
  /** Somebody looks at what is not watched; the one that was seen last comes first. */
  const waiting = (): readonly ConnectionId[] => [...resting.keys()].filter((id) => looking.has(id)).reverse()

  function check(): void {
    if (closed) return
    const before = [...resting.keys()].join()
    while (watched.size > mostWatched) {
      const newest = [...watched].at(-1)
      // Rather one that nobody looks at than one that somebody does.
      const victim = [...quiet(), ...watched].find((id) => id !== newest && !isDriven(id))
      if (victim === undefined) break
      rest(victim, crowded)
    }
    for (const id of waiting()) if (watched.size < mostWatched) wake(id)
    if ([...resting.keys()].join() !== before) tell()
    // Not at once: whoever goes from one to another, or loads a page anew, looks again.
    if (waiting().length === 0 || quiet().length === 0) {
      stopSwap?.()
      stopSwap = undefined
    } else stopSwap ??= clock.setTimer(unseenMs, swap)
    if (looking.size > 0) {
      stopTimer?.()
      stopTimer = undefined
    } else if (watched.size > 0) stopTimer ??= clock.setTimer(unseenMs, restUnseen)
  }

  /** What nobody looks at makes room for what somebody does. */
  function swap(): void {
    stopSwap = undefined
    for (const id of waiting()) {
      const [victim] = quiet()
      if (victim === undefined) break
      rest(victim, unseen)
      wake(id)
    }
    tell()
    check()
  }

  function restUnseen(): void {
    stopTimer = undefined
    const unwatched = quiet()
    for (const id of unwatched) rest(id, unseen)
    if (unwatched.length > 0) tell()
  }

  function touch(id: ConnectionId): void {
    if (see(id)) tell()
    check()
  }

  function leave(id: ConnectionId): void {
    const others = (looking.get(id) ?? 1) - 1
    if (others > 0) looking.set(id, others)
    else looking.delete(id)
    check()
  }

  return {
    look(id) {
      looking.set(id, (looking.get(id) ?? 0) + 1)
      touch(id)
      let left = false
      return () => {
        if (left) return
        left = true
        leave(id)
      }
    },
    touch,
    resting: (id) => resting.get(id),
    forget(id) {
      watched.delete(id)
      if (resting.delete(id)) tell()
      // There may be room now for what somebody looks at.
      check()
    },
    check,
    onChange: add,
    close() {
      closed = true
      stopTimer?.()
      stopSwap?.()
    },
  }
}
