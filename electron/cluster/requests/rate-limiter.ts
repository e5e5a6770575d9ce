import type { Clock } from '../clock/clock.ts'
import { createTokenBucket } from './token-bucket.ts'

/**
 * What may go first. `lease`: keeps the lock of a release. `urgent`: the writes of a release, a roll back above all, and
 * what they are judged by. `normal`: what somebody looks at. `slow`: lists and logs, whose answers may take long.
 */
export type Lane = 'lease' | 'urgent' | 'normal' | 'slow'

const lanes: readonly Lane[] = ['lease', 'urgent', 'normal', 'slow']

export type RateLimits = {
  /** Slots of their own for lease and urgent; `reads` are shared by normal and slow, of which slow ones get so many. */
  readonly inFlight: {
    readonly lease: number
    readonly urgent: number
    readonly reads: number
    readonly slow: number
  }
  /** On average, of all lanes together. */
  readonly perSecond: number
  readonly burst: number
  /** So many more go at once in these lanes and are paid back later, while the others wait. */
  readonly credit?: { readonly lease: number; readonly urgent: number }
}

/**
 * Lets requests through `perSecond` on average, with a burst, and so many at a time in each lane: whatever hangs in one
 * lane, the lanes before it have a slot.
 */
export type RateLimiter = {
  /** Gives the way out, or nothing if the signal came first: nobody waits for ever. */
  enter(lane: Lane, signal: AbortSignal): Promise<(() => void) | undefined>
  /** The server asked for it: nobody enters in this lane, and those after it, for so long. */
  hold(lane: Lane, ms: number): void
  /** How long this lane is still held, in ms. */
  heldFor(lane: Lane): number
}

type Waiting = { readonly go: () => void }

export function createRateLimiter(clock: Clock, limits: RateLimits): RateLimiter {
  const { inFlight: slots, credit } = limits
  const bucket = createTokenBucket(clock, limits)
  let stopWaking = (): void => undefined
  const inFlight = inEachLane(() => 0)
  const heldUntil = inEachLane(() => -Infinity)
  const waiting = inEachLane(() => new Set<Waiting>())

  function heldFor(lane: Lane): number {
    return Math.max(0, heldUntil[lane] - clock.monotonic())
  }

  /** Lets in all that may enter; gives how long it takes until time alone lets the next one in. */
  function admitAll(): number {
    let soonest = Infinity
    for (const lane of lanes) {
      for (const one of waiting[lane]) {
        if (!hasSlot(lane, inFlight, slots)) break
        const owed = lane === 'lease' || lane === 'urgent' ? (credit?.[lane] ?? 0) : 0
        const wait = Math.max(heldFor(lane), bucket.msUntil(1 - owed))
        if (wait > 0) {
          soonest = Math.min(soonest, wait)
          break
        }
        waiting[lane].delete(one)
        bucket.take()
        inFlight[lane]++
        one.go()
      }
    }
    return soonest
  }

  function admit(): void {
    const soonest = admitAll()
    // Set anew each time: an urgent request may be let in long before the ordinary one that waited so far.
    stopWaking()
    // Where only the number in flight keeps them, whoever leaves lets the next one in.
    if (soonest === Infinity) return
    // Rounding leaves a token a hair short of whole: without whole milliseconds the clock would never get past it.
    stopWaking = clock.setTimer(Math.max(1, Math.ceil(soonest)), admit)
  }

  return {
    hold(lane, ms) {
      const until = clock.monotonic() + ms
      for (const one of lanes.slice(lanes.indexOf(lane))) heldUntil[one] = Math.max(heldUntil[one], until)
    },
    heldFor,
    async enter(lane, signal) {
      if (signal.aborted) return undefined
      const entered = await new Promise<boolean>((resolve) => {
        const mine: Waiting = {
          go() {
            signal.removeEventListener('abort', giveUp)
            resolve(true)
          },
        }
        function giveUp(): void {
          waiting[lane].delete(mine)
          resolve(false)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting[lane].add(mine)
        admit()
      })
      if (!entered) return undefined
      let left = false
      return () => {
        if (left) return
        left = true
        inFlight[lane]--
        admit()
      }
    },
  }
}

function inEachLane<T>(make: () => T): Record<Lane, T> {
  return { lease: make(), urgent: make(), normal: make(), slow: make() }
}

function hasSlot(
  lane: Lane,
  inFlight: Readonly<Record<Lane, number>>,
  slots: RateLimits['inFlight'],
): boolean {
  switch (lane) {
    case 'lease':
    case 'urgent':
      return inFlight[lane] < slots[lane]
    case 'normal':
      return inFlight.normal + inFlight.slow < slots.reads
    case 'slow':
      return inFlight.slow < slots.slow && inFlight.normal + inFlight.slow < slots.reads
  }
}
