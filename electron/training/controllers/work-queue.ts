import type { TrainingClock } from '../clock/clock.ts'

/** Keys to look at again, each at most once in the queue: controllers act on levels, not on events. */
export type WorkQueue = {
  add(key: string): void
  addAfter(key: string, delayMs: number): void
  stop(): void
}

/** Time between a change and the controller's look at it: long enough to see several changes at once. */
const reactionMs = 20

export function createWorkQueue(clock: TrainingClock, work: (key: string) => void): WorkQueue {
  const keys = new Set<string>()
  const later = new Map<string, { readonly due: number; readonly stop: () => void }>()
  let stopDrain: (() => void) | undefined
  let stopped = false

  function drain(): void {
    stopDrain = undefined
    const now = [...keys]
    keys.clear()
    for (const key of now) work(key)
  }
  function add(key: string): void {
    if (stopped) return
    keys.add(key)
    stopDrain ??= clock.setTimer(reactionMs, drain)
  }

  return {
    add,
    addAfter(key, delayMs) {
      if (stopped) return
      const due = clock.now() + delayMs
      const waiting = later.get(key)
      if (waiting !== undefined && waiting.due <= due) return
      waiting?.stop()
      const stop = clock.setTimer(delayMs, () => {
        later.delete(key)
        add(key)
      })
      later.set(key, { due, stop })
    },
    stop() {
      stopped = true
      stopDrain?.()
      for (const { stop } of later.values()) stop()
      later.clear()
      keys.clear()
    },
  }
}
