import type { Clock } from './clock.ts'

/** Urgent requests go before all ordinary ones that wait: a roll back is not kept waiting by what is only looked at. */
export type Lane = 'urgent' | 'ordinary'

export type GateLimits = {
  readonly inFlight: number
  /** On average, of both lanes together. */
  readonly perSecond: number
  readonly burst: number
  /** So many urgent requests more go at once and are paid back later, while ordinary ones wait. */
  readonly credit?: number
}

/** Lets requests through at most `inFlight` at a time and `perSecond` on average, with a burst; both lanes together. */
export type Gatekeeper = {
  enter(lane?: Lane): Promise<() => void>
  /** Nobody enters for so long: the server asked for it. */
  hold(ms: number): void
}

export function createGatekeeper(clock: Clock, limits: GateLimits): Gatekeeper {
  const { inFlight: atOnce, perSecond, burst, credit = 0 } = limits
  let tokens = burst
  let filledAt = clock.monotonic()
  let inFlight = 0
  let stopWaking = (): void => undefined
  let heldUntil = -Infinity
  const waiting: Readonly<Record<Lane, (() => void)[]>> = { urgent: [], ordinary: [] }

  /** How many tokens are missing until the first of those who wait may enter; nobody waits: undefined. */
  function missing(): number | undefined {
    if (waiting.urgent.length > 0) return 1 - credit - tokens
    return waiting.ordinary.length > 0 ? 1 - tokens : undefined
  }

  function refill(): void {
    const now = clock.monotonic()
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond)
    filledAt = now
  }

  function admit(): void {
    refill()
    const held = heldUntil - clock.monotonic()
    let short = missing()
    for (; held <= 0 && short !== undefined && short <= 0 && inFlight < atOnce; short = missing()) {
      tokens--
      inFlight++
      const next = waiting.urgent.shift() ?? waiting.ordinary.shift()
      next?.()
    }
    // Set anew each time: an urgent request may be let in long before the ordinary one that waited so far.
    stopWaking()
    // Where only the number in flight keeps them, whoever leaves lets the next one in.
    if (short === undefined || (held <= 0 && short <= 0)) return
    // Rounding leaves a token a hair short of whole: without whole milliseconds the clock would never get past it.
    const waitMs = Math.max(held, (short / perSecond) * 1000)
    stopWaking = clock.setTimer(Math.max(1, Math.ceil(waitMs)), admit)
  }

  return {
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.monotonic() + ms)
    },
    async enter(lane = 'ordinary') {
      await new Promise<void>((resolve) => {
        waiting[lane].push(resolve)
        admit()
      })
      let left = false
      return () => {
        if (left) return
        left = true
        inFlight--
        admit()
      }
    },
  }
}
