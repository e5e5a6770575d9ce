import type { Clock } from './clock.ts'

/** Lets ordinary requests through at most `inFlight` at a time and `perSecond` on average, with a burst. */
export type Gatekeeper = {
  enter(): Promise<() => void>
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
  const waiting: (() => void)[] = []

  function refill(): void {
    const now = clock.monotonic()
    tokens = Math.min(limits.burst, tokens + ((now - filledAt) / 1000) * limits.perSecond)
    filledAt = now
  }

  function admit(): void {
    refill()
    const held = heldUntil - clock.monotonic()
    while (held <= 0 && waiting.length > 0 && inFlight < limits.inFlight && tokens >= 1) {
      tokens--
      inFlight++
      waiting.shift()?.()
    }
    if (waiting.length === 0 || waking || (held <= 0 && tokens >= 1)) return
    waking = true
    clock.setTimer(Math.max(held, ((1 - tokens) / limits.perSecond) * 1000), () => {
      waking = false
      admit()
    })
  }

  return {
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.monotonic() + ms)
    },
    async enter() {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
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
