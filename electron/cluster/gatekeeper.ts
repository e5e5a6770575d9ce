import type { Clock } from './clock.ts'

/** Lets ordinary requests through at most `inFlight` at a time and `perSecond` on average, with a burst. */
export type Gatekeeper = { enter(): Promise<() => void> }

export function createGatekeeper(
  clock: Clock,
  limits: { readonly inFlight: number; readonly perSecond: number; readonly burst: number },
): Gatekeeper {
  let tokens = limits.burst
  let filledAt = clock.monotonic()
  let inFlight = 0
  let waking = false
  const waiting: (() => void)[] = []

  function refill(): void {
    const now = clock.monotonic()
    tokens = Math.min(limits.burst, tokens + ((now - filledAt) / 1000) * limits.perSecond)
    filledAt = now
  }

  function admit(): void {
    refill()
    while (waiting.length > 0 && inFlight < limits.inFlight && tokens >= 1) {
      tokens--
      inFlight++
      waiting.shift()?.()
    }
    if (waiting.length === 0 || waking || tokens >= 1) return
    waking = true
    clock.setTimer(((1 - tokens) / limits.perSecond) * 1000, () => {
      waking = false
      admit()
    })
  }

  return {
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
