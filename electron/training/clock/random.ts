/** A seeded generator: the same seed gives the same cluster life. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number
  between(low: number, high: number): number
  pick<T>(items: readonly T[]): T | undefined
  /** Letters and digits as in generated object names (no vowels, no look-alikes). */
  suffix(length: number): string
  hex(length: number): string
  uid(): string
}

const nameLetters = 'bcdfghjklmnpqrstvwxz2456789'

export function createRandom(seed: number): Random {
  let state = seed >>> 0

  // mulberry32: small, fast, good enough for jitter and names.
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  function letters(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join('')
  }
  const hex = (length: number) => letters(length, '0123456789abcdef')

  return {
    next,
    between: (low, high) => low + next() * (high - low),
    pick: (items) => items[Math.floor(next() * items.length)],
    suffix: (length) => letters(length, nameLetters),
    hex,
    uid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${letters(1, '89ab')}${hex(3)}-${hex(12)}`,
  }
}
