/**
 * The next snapshot with every part that equals the previous one taken from there. A feed always sends the whole
 * view; what is drawn of it compares by identity, so that only what really changed is drawn again.
 * Takes what JSON can hold, nothing else.
 */
export function shareUnchanged<T>(previous: T, next: T): T {
  return shared(previous, next) as T
}

function shared(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous
  if (Array.isArray(previous) && Array.isArray(next)) return sharedArray(previous, next)
  if (isRecord(previous) && isRecord(next)) return sharedRecord(previous, next)
  return next
}

function sharedArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const items = next.map((item, index) => shared(previous[index], item))
  return items.length === previous.length && items.every((item, index) => item === previous[index])
    ? previous
    : items
}

type JsonRecord = Readonly<Record<string, unknown>>

function sharedRecord(previous: JsonRecord, next: JsonRecord): JsonRecord {
  const keys = Object.keys(next)
  const parts = keys.map((key) => [key, shared(previous[key], next[key])] as const)
  return keys.length === Object.keys(previous).length &&
    parts.every(([key, part]) => Object.is(part, previous[key]) && key in previous)
    ? previous
    : Object.fromEntries(parts)
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
