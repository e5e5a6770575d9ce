import type { Clock } from './clock.ts'

/** Urgent requests go before all ordinary ones that wait: a roll back is not kept waiting by what is only looked at. */
export type Lane = 'urgent' | 'ordinary'

/** Lets requests through at most `inFlight` at a time and `perSecond` on average, with a burst; both lanes together. */
export type Gatekeeper = {
  enter(lane?: Lane): Promise<() => void>
  /** Nobody enters for so long: the server asked for it. */
  hold(ms: number): void
}

export function createGatekeeper(
  clock: Clock,
  limits: { readonly inFlight: number; readonly perSecond: number; readonly burst: number },
): Gatekeeper {
  let tokens = limits.burst
  let filledAt = clock.monotonic()
  let inFlight = 0
  let waking = false
  let heldUntil = -Infinity
  const waiting: Readonly<Record<Lane, (() => void)[]>> = { urgent: [], ordinary: [] }
  const isEmpty = (): boolean => waiting.urgent.length === 0 && waiting.ordinary.length === 0

  function refill(): void {
    const now = clock.monotonic()
    tokens = Math.min(limits.burst, tokens + ((now - filledAt) / 1000) * limits.perSecond)
    filledAt = now
  }

  function admit(): void {
    refill()
    const held = heldUntil - clock.monotonic()
    while (held <= 0 && !isEmpty() && inFlight < limits.inFlight && tokens >= 1) {
      tokens--
      inFlight++
      const next = waiting.urgent.shift() ?? waiting.ordinary.shift()
      next?.()
    }
    if (isEmpty() || waking || (held <= 0 && tokens >= 1)) return
    waking = true
    // Rounding leaves a token a hair short of whole: without whole milliseconds the clock would never get past it.
    const waitMs = Math.max(held, ((1 - tokens) / limits.perSecond) * 1000)
    clock.setTimer(Math.max(1, Math.ceil(waitMs)), () => {
      waking = false
      admit()
    })
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
