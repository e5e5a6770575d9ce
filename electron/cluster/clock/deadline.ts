import type { Clock } from './clock.ts'

/** Ends something at a moment that was set in the beginning, or when whoever wants it gives up. */
export type Deadline = {
  readonly signal: AbortSignal
  /** The value, or nothing if the deadline comes first. What is waited for goes on. */
  race<T>(work: Promise<T>): Promise<T | undefined>
  /** It has been kept: only whoever wants it can still end it. */
  over(): void
}

export function startDeadline(clock: Clock, withinMs: number, wanted?: AbortSignal): Deadline {
  const late = new AbortController()
  const stopTimer = clock.setTimer(withinMs, () =>
    late.abort(new DOMException('The deadline has passed.', 'TimeoutError')),
  )
  const signal = wanted === undefined ? late.signal : AbortSignal.any([late.signal, wanted])
  return {
    signal,
    async race(work) {
      if (signal.aborted) return undefined
      let stopListening = (): void => undefined
      const ended = new Promise<undefined>((resolve) => {
        const end = (): void => resolve(undefined)
        signal.addEventListener('abort', end, { once: true })
        stopListening = () => signal.removeEventListener('abort', end)
      })
      try {
        return await Promise.race([work, ended])
      } finally {
        stopListening()
      }
    },
    over: stopTimer,
  }
}
