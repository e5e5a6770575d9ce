import type { RequestInfo } from './request-info.ts'
import type { StatusError } from '../objects/status-error.ts'

/** What goes wrong with a request, on purpose. */
export type Disturbance =
  /** Answered with this refusal; nothing is done. */
  | { readonly kind: 'refuse'; readonly error: StatusError; readonly retryAfterSeconds?: number }
  /** The connection is cut before anything is done. */
  | { readonly kind: 'drop' }
  /** The work is done, then the connection is cut: the answer is lost. */
  | { readonly kind: 'lose-answer' }
  /** Done only after so many milliseconds of real time. */
  | { readonly kind: 'delay'; readonly milliseconds: number }

export type Rule = {
  /** Which requests; all when left out. */
  readonly when?: (info: RequestInfo) => boolean
  /** How many of them; 1 when left out. */
  readonly times?: number
  readonly what: Disturbance
}

export type Disturbances = {
  /** Gives the function that takes the rule back. */
  add(rule: Rule): () => void
  /** What to do to this request; uses the first fitting rule up by one. */
  next(info: RequestInfo): Disturbance | undefined
  clear(): void
}

export function createDisturbances(): Disturbances {
  const rules = new Map<Rule, number>()

  return {
    add(rule) {
      rules.set(rule, rule.times ?? 1)
      return () => rules.delete(rule)
    },
    next(info) {
      for (const [rule, left] of rules) {
        if (rule.when?.(info) === false) continue
        if (left <= 1) rules.delete(rule)
        else rules.set(rule, left - 1)
        return rule.what
      }
      return undefined
    },
    clear: () => rules.clear(),
  }
}
