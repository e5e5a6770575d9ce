/** The page's waits go by a clock that the test moves on: a run takes no longer than its work, and is the same each time. */
export type Timers = {
  advance(ms: number): void
  /** How many wait, repeating ones apart. */
  count(): { readonly once: number; readonly repeating: number }
}

type Waiting = { at: number; readonly every: number | undefined; readonly run: () => void }

/** Shorter waits are left to the browser: they are how its parts give each other a turn. */
const shortest = 20

export function takeTimers(page: Window & typeof globalThis): Timers {
  const waiting = new Map<number, Waiting>()
  const own = { setTimeout: page.setTimeout.bind(page), clearTimeout: page.clearTimeout.bind(page) }
  let now = 1_000
  // Far from the browser's own numbers.
  let last = 1_000_000

  function add(run: () => void, ms: number, every: number | undefined): number {
    waiting.set(++last, { at: now + ms, every, run })
    return last
  }

  function call(handler: TimerHandler, args: readonly unknown[]): () => void {
    if (typeof handler !== 'function') throw new Error('Text is never run.')
    const run = handler as (...all: readonly unknown[]) => void
    return () => {
      run(...args)
    }
  }

  const timeout = (handler: TimerHandler, ms = 0, ...args: readonly unknown[]): number =>
    ms < shortest ? own.setTimeout(call(handler, args), ms) : add(call(handler, args), ms, undefined)
  const interval = (handler: TimerHandler, ms = 0, ...args: readonly unknown[]): number =>
    add(call(handler, args), ms, Math.max(1, ms))
  const clear = (id?: number): void => {
    if (id !== undefined && !waiting.delete(id)) own.clearTimeout(id)
  }
  Object.assign(page, {
    setTimeout: timeout,
    setInterval: interval,
    clearTimeout: clear,
    clearInterval: clear,
  })
  page.performance.now = () => now

  return {
    advance(ms) {
      const end = now + ms
      for (;;) {
        const due = [...waiting].filter(([, one]) => one.at <= end).sort((a, b) => a[1].at - b[1].at)[0]
        if (due === undefined) break
        const [id, one] = due
        now = Math.max(now, one.at)
        if (one.every === undefined) waiting.delete(id)
        else one.at = now + one.every
        one.run()
      }
      now = end
    },
    count: () => {
      const all = [...waiting.values()]
      return {
        once: all.filter((one) => one.every === undefined).length,
        repeating: all.filter((one) => one.every !== undefined).length,
      }
    },
  }
}
