import { parentPort } from 'node:worker_threads'
import { historyOf, simulate, type Outcome } from './simulate.ts'

/** What a worker is sent is a seed; what it sends back is what came of it. */
export type Played = { readonly seed: number; readonly outcome: Omit<Outcome, 'trace'> }

parentPort?.on('message', (seed: number) => {
  void simulate(historyOf(seed)).then(({ violations, coverage, lasted }) => {
    const played: Played = { seed, outcome: { violations, coverage, lasted } }
    parentPort?.postMessage(played)
  })
})
