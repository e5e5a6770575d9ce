/** What an object takes of memory, as far as it depends on who has written it: the characters of all its texts. */
export function weightOf(object: unknown): number {
  if (typeof object === 'string') return object.length
  if (typeof object !== 'object' || object === null) return 1
  let weight = 0
  for (const key in object)
    weight += key.length + weightOf((object as Readonly<Record<string, unknown>>)[key])
  return weight
}

/**
 * Of all that is kept of a cluster together. Fifty thousand pods come to less; a few hundred objects as large as a server
 * may make them come to more, and with what is read beside them to several times as much memory.
 */
export const mostWeight = 64 * 1024 * 1024

/** What is kept of one cluster, by all who keep something of it. */
export type Scales = {
  /** Returns its stop function. */
  add(weight: () => number): () => void
  weight(): number
}

export function createScales(): Scales {
  const all = new Set<() => number>()
  return {
    add(weight) {
      // A function of its own: two may be the same.
      const own = (): number => weight()
      all.add(own)
      return () => all.delete(own)
    },
    weight: () => [...all].reduce((sum, one) => sum + one(), 0),
  }
}
