import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { missingFrom } from './expected-coverage.ts'
import type { Played } from './seed-worker.ts'

export type Sum = {
  readonly histories: number
  readonly violated: readonly Played[]
  readonly coverage: ReadonlyMap<string, number>
  /** What the simulation should have reached and has not. */
  readonly missing: readonly string[]
  readonly moves: number
  readonly simulatedHours: number
}

/** Plays the histories of many seeds on all cores. `tell` hears of each that breaks a rule as soon as it does. */
export async function simulateMany(
  first: number,
  histories: number,
  tell: (played: Played) => void = () => undefined,
): Promise<Sum> {
  const coverage = new Map<string, number>()
  const violated: Played[] = []
  let next = first
  let lasted = 0

  function note(played: Played): void {
    lasted += played.outcome.lasted
    for (const one of played.outcome.coverage) coverage.set(one, (coverage.get(one) ?? 0) + 1)
    if (played.outcome.violations.length === 0) return
    violated.push(played)
    tell(played)
  }

  /** One worker, seed after seed until none is left. */
  function work(): Promise<void> {
    const worker = new Worker(new URL('./seed-worker.ts', import.meta.url))
    return new Promise<void>((resolve, reject) => {
      const give = (): void => {
        if (next >= first + histories) resolve()
        else worker.postMessage(next++)
      }
      worker.on('message', (played: Played) => {
        note(played)
        give()
      })
      worker.on('error', reject)
      give()
    }).then(() => void worker.terminate())
  }

  await Promise.all(Array.from({ length: Math.min(histories, availableParallelism()) }, work))
  return {
    histories,
    violated,
    coverage,
    missing: missingFrom(coverage),
    moves: [...coverage].reduce((sum, [what, times]) => (what.startsWith('move ') ? sum + times : sum), 0),
    simulatedHours: Math.round(lasted / 36_000) / 100,
  }
}
