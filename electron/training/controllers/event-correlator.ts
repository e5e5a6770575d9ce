export type Occurrence = {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly component: string
  readonly host?: string
  readonly fieldPath?: string
}

export type Correlated =
  /** Told so often that it is left out. */
  | { readonly kind: 'dropped' }
  /** The first of its key is a new event, the others count it up. */
  | { readonly kind: 'told'; readonly key: string; readonly message: string; readonly count: number }

/** So many messages of one reason are told one by one; the next ones, within ten minutes, are combined. */
const similarEvents = 10
const similarMs = 600_000
/** So many events of one source about one object at once; then one in five minutes. */
const burst = 25
const refillMs = 300_000

/** What client-go's EventCorrelator makes of events, with its defaults. Times in milliseconds. */
export function createEventCorrelator(): {
  correlate(uid: string, occurrence: Occurrence, now: number): Correlated
  reset(): void
} {
  const groups = new Map<string, { messages: Set<string>; last: number }>()
  const counts = new Map<string, number>()
  const buckets = new Map<string, { tokens: number; at: number }>()

  /** Gives the key of the event, and its words: its own, or those of all that are like it. */
  function group(uid: string, occurrence: Occurrence, now: number): readonly [key: string, message: string] {
    const { type, reason, message, component, host = '', fieldPath = '' } = occurrence
    const groupKey = [component, host, uid, type, reason].join('\n')
    const known = groups.get(groupKey)
    const found =
      known === undefined || now - known.last > similarMs ? { messages: new Set<string>(), last: now } : known
    groups.set(groupKey, found)
    found.last = now
    found.messages.add(message)
    if (found.messages.size < similarEvents) return [[groupKey, fieldPath, message].join('\n'), message]
    const [first = ''] = found.messages
    found.messages.delete(first)
    return [groupKey, `(combined from similar events): ${message}`]
  }

  function isAllowed(uid: string, { type, component, host = '' }: Occurrence, now: number): boolean {
    const key = [component, host, uid, type].join('\n')
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now }
    const filled = Math.min(burst, tokens + (now - at) / refillMs)
    const allowed = filled >= 1
    buckets.set(key, { tokens: allowed ? filled - 1 : filled, at: now })
    return allowed
  }

  return {
    correlate(uid, occurrence, now) {
      const [key, message] = group(uid, occurrence, now)
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return isAllowed(uid, occurrence, now) ? { kind: 'told', key, message, count } : { kind: 'dropped' }
    },
    reset() {
      for (const map of [groups, counts, buckets]) map.clear()
    },
  }
}
