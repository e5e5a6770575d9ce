import type { Uid } from '../../shared/ids.ts'
import type { Effect, EffectResult } from '../../shared/release/release.ts'
import { carryOut, prepare, type Prepared } from './effects.ts'
import type { ReleaseApi } from './release-api.ts'

/** One effect on its way: tried, sent, and not yet known how it ended. */
export type Flight = {
  readonly effect: Effect
  readonly prepared: Promise<Prepared>
  readonly abort: AbortController
}

/**
 * What a release has on its way, at most one to each Deployment. What is meant later for the same one takes the place
 * of what is on its way, and does not wait for it: a write that hangs must not stand before a roll back.
 */
export type WritesInFlight = {
  /** Begins to try those of them that are not on their way already. Nothing of it is sent before it has been taken. */
  prepare(effects: readonly Effect[]): readonly Flight[]
  /** They are meant now. Of what they take the place of nobody waits for the answer: it may land all the same. */
  take(flights: readonly Flight[]): void
  /** They are not meant after all. */
  drop(flights: readonly Flight[]): void
  /** Nobody waits for the end of any of them: what was sent may land all the same. */
  dropAll(): void
  has(flight: Flight): boolean
  send(flight: Flight): Promise<EffectResult>
  /** How it ended is known. False where something else has taken its place: then nothing is said by it. */
  end(flight: Flight): boolean
  /** Resolves when nothing is on its way. */
  landed(): Promise<void>
}

export function createWritesInFlight(api: ReleaseApi, namespace: string): WritesInFlight {
  const flights = new Map<Uid, Flight>()
  const waiting = new Set<() => void>()

  function begin(effect: Effect): Flight {
    const abort = new AbortController()
    return { effect, abort, prepared: prepare({ api, namespace, signal: abort.signal }, effect) }
  }

  function isOnItsWay(effect: Effect): boolean {
    const before = flights.get(effect.batch)?.effect
    return before?.id === effect.id && before.kind === effect.kind && before.inDoubt === effect.inDoubt
  }

  function remove(flight: Flight): boolean {
    if (flights.get(flight.effect.batch) !== flight) return false
    flights.delete(flight.effect.batch)
    if (flights.size === 0) for (const resolve of waiting) resolve()
    return true
  }

  function drop(dropped: readonly Flight[]): void {
    for (const flight of dropped) {
      flight.abort.abort()
      remove(flight)
    }
  }

  return {
    prepare(effects) {
      // Of two to the same object the later one counts.
      const meant = new Map(effects.map((effect) => [effect.batch, effect]))
      return [...meant.values()].filter((effect) => !isOnItsWay(effect)).map(begin)
    },
    take(taken) {
      for (const flight of taken) {
        flights.get(flight.effect.batch)?.abort.abort()
        flights.set(flight.effect.batch, flight)
      }
    },
    drop,
    dropAll() {
      drop([...flights.values()])
    },
    has: (flight) => flights.get(flight.effect.batch) === flight,
    send: async (flight) => carryOut({ api, namespace, signal: flight.abort.signal }, await flight.prepared),
    end: remove,
    landed: () =>
      flights.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            const done = (): void => {
              waiting.delete(done)
              resolve()
            }
            waiting.add(done)
          }),
  }
}
