import { coverageOf } from './coverage.ts'
import { isExpected } from './expected-failures.ts'
import { runHands, type Outcome, type Stand } from './run-hands.ts'
import type { Violation } from './step.ts'

export type Played = {
  readonly seed: number
  readonly outcome: Outcome
  readonly violations: readonly Violation[]
}

export type Sum = {
  readonly runs: number
  readonly violated: readonly Played[]
  /** Broken rules that are known of. */
  readonly expected: readonly Violation[]
  readonly coverage: ReadonlyMap<string, number>
  readonly steps: number
}

type Wish = {
  readonly first: number
  readonly runs: number
  readonly steps: number
  /** No further run begins after so many seconds. */
  readonly seconds: number
  readonly all: boolean
  readonly real: number
}

/** Plays one seed after the other. `tell` hears of each that breaks a rule as soon as it does. */
export async function runMany(stand: Stand, wish: Wish, tell: (played: Played) => void): Promise<Sum> {
  const began = performance.now()
  const coverage = new Map<string, number>()
  const violated: Played[] = []
  const expected: Violation[] = []
  let steps = 0
  let runs = 0
  for (let seed = wish.first; seed < wish.first + wish.runs; seed++) {
    if (performance.now() - began > wish.seconds * 1_000) break
    const real = wish.real > 0 && seed % wish.real === 0
    const outcome = await runHands(stand, { seed, steps: wish.steps, all: wish.all, real }, (step) => {
      steps++
      for (const one of coverageOf(step)) coverage.set(one, (coverage.get(one) ?? 0) + 1)
    })
    runs++
    expected.push(...outcome.violations.filter(isExpected))
    const violations = outcome.violations.filter((one) => !isExpected(one))
    if (violations.length === 0) continue
    const played = { seed, outcome, violations }
    violated.push(played)
    tell(played)
  }
  return { runs, violated, expected, coverage, steps }
}
