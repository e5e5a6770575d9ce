/**
 * A record that holds what was put into it and nothing else: `constructor` is a good name for a label or a container, and
 * a plain object has something of that name without being told.
 */
export function ownRecord<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>
  for (const [key, value] of entries) record[key] = value
  return record
}
