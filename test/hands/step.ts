import type { Move } from './move.ts'
import type { Sight } from './open-window.ts'
import type { World } from './world/world.ts'

/** One move and how the window that the hands are on stood before it and after it. */
export type Step = {
  readonly n: number
  readonly move: Move
  /** Which window, and whether it is a fresh one: before it there was nothing to compare with. */
  readonly window: number
  readonly fresh: boolean
  readonly before: Sight
  readonly after: Sight
  readonly world: World
}

/** Judges a run step by step; what it has to remember of earlier ones is its own. */
export type Judge = (step: Step) => readonly string[]
export type Invariant = () => Judge

export type Violation = { readonly rule: string; readonly step: number; readonly what: string }
