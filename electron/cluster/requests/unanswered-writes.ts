import type { Clock } from '../clock/clock.ts'

/** A write that was sent, and may be carried out at any moment, or has been. */
export type UnansweredWrite = {
  /** The object that it changes, such as `Deployment demo/web-1`. */
  readonly changes: string
  /** For how long there has been no answer. */
  readonly seconds: number
}

export type UnansweredWrites = {
  /** Sent now; nothing is kept of what changes nothing. Tells what became of it: never told, it stays in doubt. */
  send(changes: string | undefined): (end: 'done' | 'refused') => void
  all(): readonly UnansweredWrite[]
}

type Sent = { readonly changes: string; readonly at: number; readonly order: number }

/**
 * Remembers what may still land. A write stays in doubt until it is answered, or until a later one to the same object
 * was done: each names the version that it changes, so that of two the earlier can then only be refused.
 */
export function createUnansweredWrites(clock: Clock): UnansweredWrites {
  const open = new Set<Sent>()
  let count = 0
  return {
    send(changes) {
      if (changes === undefined) return () => undefined
      const mine = { changes, at: clock.monotonic(), order: (count += 1) }
      open.add(mine)
      return (end) => {
        open.delete(mine)
        if (end === 'refused') return
        for (const one of open) if (one.changes === changes && one.order < mine.order) open.delete(one)
      }
    },
    all: () =>
      [...open].map(({ changes, at }) => ({
        changes,
        seconds: Math.round((clock.monotonic() - at) / 1000),
      })),
  }
}
