import type { ConnectionId } from '../../shared/ids.ts'
import type { Clock } from '../cluster/clock.ts'
import { createListeners } from './listeners.ts'

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

export type Resting = { readonly since: number; readonly why: string }

export type WatchBudgetOptions = {
  readonly clock: Clock
  /** The time of a cluster. */
  readonly now: (id: ConnectionId) => number
  /** Ends the watches of a cluster and keeps its data, or takes them up again. */
  readonly rest: (id: ConnectionId, why: string) => void
  readonly wake: (id: ConnectionId) => void
  /** A release that is driven here keeps its cluster watched, whoever looks. */
  readonly isDriven: (id: ConnectionId) => boolean
}

const mostWatched = 3
/** A page that is loaded anew, or goes from one cluster to another, looks again within this time. */
const unseenMs = 10_000
const crowded = `Not watched: ${mostWatched} other clusters have been looked at since.`
const unseen = 'Not watched: nobody looks.'

export function createWatchBudget(options: WatchBudgetOptions): WatchBudget {
  const { clock, isDriven } = options
  const { add, tell } = createListeners()
  /** Those that are watched, the one that was seen last at the end. */
  const watched = new Set<ConnectionId>()
  const resting = new Map<ConnectionId, Resting>()
  const looking = new Map<ConnectionId, number>()
  let stopTimer: (() => void) | undefined

  function see(id: ConnectionId): void {
    watched.delete(id)
    watched.add(id)
    if (!resting.delete(id)) return
    options.wake(id)
    tell()
  }

  function rest(id: ConnectionId, why: string): void {
    watched.delete(id)
    resting.set(id, { since: options.now(id), why })
    options.rest(id, why)
  }

  function check(): void {
    const before = resting.size
    for (const id of [...watched]) {
      if (watched.size <= mostWatched) break
      if (!isDriven(id) && id !== [...watched].at(-1)) rest(id, crowded)
    }
    if (resting.size !== before) tell()
    if (looking.size > 0) {
      stopTimer?.()
      stopTimer = undefined
    } else if (watched.size > 0) stopTimer ??= clock.setTimer(unseenMs, restUnseen)
  }

  function restUnseen(): void {
    stopTimer = undefined
    const quiet = [...watched].filter((id) => !isDriven(id))
    for (const id of quiet) rest(id, unseen)
    if (quiet.length > 0) tell()
  }

  return {
    look(id) {
      looking.set(id, (looking.get(id) ?? 0) + 1)
      see(id)
      check()
      let left = false
      return () => {
        if (left) return
        left = true
        const others = (looking.get(id) ?? 1) - 1
        if (others > 0) looking.set(id, others)
        else looking.delete(id)
        check()
      }
    },
    touch(id) {
      see(id)
      check()
    },
    resting: (id) => resting.get(id),
    forget(id) {
      watched.delete(id)
      if (resting.delete(id)) tell()
    },
    check,
    onChange: add,
    close: () => stopTimer?.(),
  }
}
