import type { Failure, Refusal, Tried } from '../release.ts'

/** How long to wait before an effect whose answer was lost is judged again, by attempt: 1, 2, 4 … 30 seconds. */
function retryDelay(attempt: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.min(attempt - 1, 10))
}

/** However long a server asks us to wait. */
const longestWaitMs = 60_000

/**
 * Until when a write that failed is left alone, or undefined once it may be tried. A time further ahead than we ever
 * wait was written by a clock that has been corrected since: whoever kept to it might wait for days.
 */
export function waitsUntil(retryAt: number | undefined, now: number): number | undefined {
  return retryAt !== undefined && now < retryAt && retryAt - now <= longestWaitMs ? retryAt : undefined
}

/** A laptop that slept through the limit tries this often first: its network comes back a moment after it. */
const leastTries = 6

export type NextTry =
  | { readonly kind: 'again'; readonly tried?: Tried; readonly retryAt: number }
  | { readonly kind: 'over'; readonly why: Extract<Refusal, { readonly kind: 'given-up' }> }

/** Whether a write that failed once more is tried again, and when: until the limit of its batch is over. */
export function nextTry(
  before: Tried | undefined,
  failure: Failure,
  { now, limitSeconds }: { readonly now: number; readonly limitSeconds: number },
): NextTry {
  const count = (before?.count ?? 0) + 1
  const since = before?.since ?? now
  const wait = Math.min(longestWaitMs, Math.max(retryDelay(count), (failure.retryAfter ?? 0) * 1000))
  // The object moved between our look and our write: nobody has refused anything, and the next look knows.
  if (failure.moved === true && before === undefined) return { kind: 'again', retryAt: now + wait }
  const message = failure.moved === true && before !== undefined ? before.message : failure.message
  if (now - since >= limitSeconds * 1000 && count >= triesWithin(limitSeconds * 1000))
    return { kind: 'over', why: { kind: 'given-up', message, tries: count } }
  return { kind: 'again', tried: { count, since, message }, retryAt: now + wait }
}

function triesWithin(limitMs: number): number {
  let tries = 1
  for (let passed = 0; passed < limitMs && tries < leastTries; tries++) passed += retryDelay(tries)
  return tries
}
