/** A clock that only a test moves. Timers fire in order of their time, also those that are set while it moves. */
export type FakeClock = {
  now(): number
  wall(): number
  monotonic(): number
  setTimer(delayMs: number, fire: () => void): () => void
  /** At this time of its own. */
  setAlarm(at: number, fire: () => void): () => void
  /** Fires what is due, and lets promises settle between two timers. */
  advance(ms: number): Promise<void>
  /** The wall clock jumps; the monotonic one, and so every timer, does not. */
  jump(ms: number): void
}

export function createFakeClock(start = 1_700_000_000_000): FakeClock {
  let wall = start
  let mono = 0
  let nextId = 0
  const timers = new Map<number, { readonly at: number; readonly fire: () => void }>()

  function due(until: number): number | undefined {
    let first: { readonly id: number; readonly at: number } | undefined
    for (const [id, { at }] of timers) {
      if (at <= until && (first === undefined || at < first.at)) first = { id, at }
    }
    return first?.id
  }

  function moveTo(at: number): void {
    wall += at - mono
    mono = at
  }

  function setTimer(delayMs: number, fire: () => void): () => void {
    const id = nextId++
    timers.set(id, { at: mono + Math.max(0, delayMs), fire })
    return () => timers.delete(id)
  }

  return {
    now: () => wall,
    wall: () => wall,
    monotonic: () => mono,
    setTimer,
    setAlarm: (at, fire) => setTimer(at - wall, fire),
    async advance(ms) {
      const until = mono + ms
      for (let id = due(until); id !== undefined; id = due(until)) {
        const timer = timers.get(id)
        timers.delete(id)
        if (timer === undefined) continue
        moveTo(Math.max(mono, timer.at))
        timer.fire()
        await settled()
      }
      moveTo(until)
      await settled()
    },
    jump(ms) {
      wall += ms
    },
  }
}

/** Lets everything that waits only for promises run to its end. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
