/** One time for a whole simulated world: whatever waits, waits here, and fires in one order. Milliseconds since it began. */
export type SimulatedTime = {
  now(): number
  /** Returns its stop function. */
  setTimer(delayMs: number, fire: () => void): () => void
  /** Fires what is due until then, and lets everything that only waits for promises settle after each. */
  runUntil(until: number): Promise<void>
  readonly fired: () => number
}

type Timer = { readonly due: number; readonly order: number; readonly fire: () => void; stopped: boolean }

export function createSimulatedTime(): SimulatedTime {
  const heap: Timer[] = []
  let time = 0
  let order = 0
  let fired = 0

  function isBefore(a: Timer, b: Timer): boolean {
    return a.due < b.due || (a.due === b.due && a.order < b.order)
  }

  function push(timer: Timer): void {
    heap.push(timer)
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1
      if (!swapIfBefore(at, parent)) return
      at = parent
    }
  }

  /** Whether they were swapped. */
  function swapIfBefore(at: number, parent: number): boolean {
    const [low, high] = [heap[at], heap[parent]]
    if (low === undefined || high === undefined || !isBefore(low, high)) return false
    heap[at] = high
    heap[parent] = low
    return true
  }

  function pop(): Timer | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    heap[0] = last
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const [one, other] = [heap[left], heap[right]]
      if (one === undefined) return first
      const child = other !== undefined && isBefore(other, one) ? right : left
      if (!swapIfBefore(child, at)) return first
      at = child
    }
  }

  return {
    now: () => time,
    setTimer(delayMs, fire) {
      order += 1
      const timer = { due: time + Math.max(0, delayMs), order, fire, stopped: false }
      push(timer)
      return () => {
        timer.stopped = true
      }
    },
    async runUntil(until) {
      await settled()
      for (;;) {
        const next = heap[0]
        if (next === undefined || next.due > until) break
        pop()
        if (next.stopped) continue
        time = Math.max(time, next.due)
        fired += 1
        next.fire()
        await settled()
      }
      time = until
    },
    fired: () => fired,
  }
}

/**
 * Promises and ticks settle before the first turn ends; what was put off to a turn of its own has had it by the second.
 * Files are the one thing that is real: what is being written to the disk is waited for, in no time of the world.
 */
async function settled(): Promise<void> {
  do {
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
  } while (process.getActiveResourcesInfo().includes('FSReqCallback'))
}
