/** Chance from one seed: the same seed gives the same numbers on every machine. */
export type Dice = {
  /** 0 <= number < 1. */
  next(): number
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  chance(share: number): boolean
  pick<T>(from: readonly [T, ...T[]]): T
  /** One of a list that may be empty. */
  anyOf<T>(from: readonly T[]): T | undefined
  /** Dice of their own, which what else is thrown does not change. */
  apart(name: string): Dice
}

/** After splitmix32 (Steele, Lea, Flood 2014): small, fast, and good enough to choose moves by. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }

  const below = (end: number): number => Math.floor(next() * end)
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (from) => from[below(from.length)] ?? from[0],
    anyOf: (from) => from[below(from.length)],
    apart: (name) => createDice(hash(`${seed}/${name}`)),
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}
