import { parseArgs } from 'node:util'
import { shrink } from './shrink.ts'
import { simulateMany } from './simulate-many.ts'
import { historyOf } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '1' },
    /** Cuts each history that breaks a rule down to the moves that matter. */
    shrink: { type: 'boolean', default: true },
    /** What was reached, and how often. */
    coverage: { type: 'boolean', default: false },
  },
  allowNegative: true,
})

const began = performance.now()
const sum = await simulateMany(Number(values.seed), Number(values.histories), ({ seed, outcome }) => {
  for (const { rule, at, what } of outcome.violations.slice(0, 3)) {
    console.log(`seed ${seed}: ${rule}\n  at ${at}: ${what}`)
  }
})
if (values.shrink) {
  for (const { seed, outcome } of sum.violated) {
    const rule = outcome.violations[0]?.rule ?? ''
    const { moves } = await shrink(historyOf(seed), rule)
    console.log(`seed ${seed}, as a test of "${rule}":\nawait simulate({ seed: ${seed}, moves: [`)
    for (const move of moves) console.log(`  ${JSON.stringify(move)},`)
    console.log('] })')
  }
}
if (values.coverage)
  for (const [what, times] of [...sum.coverage].sort()) console.log(`${String(times).padStart(7)}  ${what}`)
// So few histories need not reach everything.
const missing = sum.histories < 300 ? [] : sum.missing
for (const one of missing) console.log(`never reached: ${one}`)
console.log(
  JSON.stringify({
    histories: sum.histories,
    violated: sum.violated.length,
    missing: missing.length,
    moves: sum.moves,
    seconds: Math.round(performance.now() - began) / 1000,
    simulatedHours: sum.simulatedHours,
  }),
)
process.exitCode = sum.violated.length + missing.length === 0 ? 0 : 1
