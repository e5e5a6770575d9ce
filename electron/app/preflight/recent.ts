import { isRetryable, type Reply } from '../../../shared/fault.ts'
import type { Clock } from '../../cluster/clock/clock.ts'

/**
 * Answers that stay good for the few seconds in which a person types: the checks run on every change of the draft, and
 * a question that is being asked is not asked twice. What may succeed the next time is not kept.
 */
export function createRecent<T>(clock: Clock, keepMs: number) {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<Reply<T>> }>()
  return (key: string, ask: () => Promise<Reply<T>>): Promise<Reply<T>> => {
    const now = clock.monotonic()
    for (const [old, { at }] of kept) if (now - at >= keepMs) kept.delete(old)
    const known = kept.get(key)
    if (known !== undefined) return known.answer
    const entry = { at: now, answer: ask() }
    kept.set(key, entry)
    const forget = (): void => {
      if (kept.get(key) === entry) kept.delete(key)
    }
    void entry.answer.then((reply) => {
      if (!reply.ok && isRetryable(reply.fault)) forget()
      // Whoever asks is told what was thrown; told to nobody as well it would end the process.
    }, forget)
    return entry.answer
  }
}
