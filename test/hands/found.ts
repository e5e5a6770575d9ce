import type { Move } from './move.ts'

export type Found = {
  /** What holds since. */
  readonly name: string
  readonly rule: string
  readonly seed: number
  readonly moves: readonly Move[]
}

/** Runs in which a rule was broken once, cut down to the moves that mattered. They are played before any others. */
export const found: readonly Found[] = []
