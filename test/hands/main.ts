import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { missingFrom } from './expected-coverage.ts'
import { expectedFailures, isExpected } from './expected-failures.ts'
import { found } from './found.ts'
import { openStand } from './open-stand.ts'
import { runHands } from './run-hands.ts'
import { runMany, type Played } from './run-many.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    steps: { type: 'string', default: '200' },
    /** No further run begins after so many seconds. */
    seconds: { type: 'string', default: 'Infinity' },
    /** Each how-manieth run is played over the real application with the training cluster; 0: none. */
    real: { type: 'string', default: '10' },
    /** Cuts each run that breaks a rule down to the moves that matter. */
    shrink: { type: 'boolean', default: true },
    /** Goes on after a broken rule, and tells of each. */
    all: { type: 'boolean', default: false },
    /** Plays the runs that broke a rule once, before all others. */
    found: { type: 'boolean', default: false },
    /** Prints every move of a run that breaks a rule. */
    trace: { type: 'boolean', default: false },
    /** What was reached, and how often. */
    coverage: { type: 'boolean', default: false },
    /** Another checkout, whose page is played with. */
    checkout: { type: 'string', default: resolve(import.meta.dirname, '..', '..') },
  },
  allowNegative: true,
})

const stand = await openStand(resolve(values.checkout))
const began = performance.now()
const broken = values.found ? await playFound() : 0
const wish = {
  first: Number(values.seed),
  runs: Number(values.runs),
  steps: Number(values.steps),
  seconds: Number(values.seconds),
  all: values.all,
  real: Number(values.real),
}
const sum = await runMany(stand, wish, tell)
if (values.shrink && !values.all) for (const played of sum.violated) await tellShrunk(played)
await stand.close()

for (const { rule, says, fault } of expectedFailures) {
  const times = sum.expected.filter((one) => one.rule === rule && says.test(one.what)).length
  console.log(`KNOWN TO FAIL (${String(times)} times in this run): ${rule}: ${fault}`)
}
if (values.coverage)
  for (const [what, times] of [...sum.coverage].sort()) console.log(`${String(times).padStart(7)}  ${what}`)
// So few runs need not reach everything.
const missing = sum.runs < 300 ? [] : missingFrom(sum.coverage)
for (const one of missing) console.log(`never reached: ${one}`)
const seconds = Math.round(performance.now() - began) / 1000
console.log(
  JSON.stringify({
    runs: sum.runs,
    violated: sum.violated.length + broken,
    missing: missing.length,
    expected: sum.expected.length,
    steps: sum.steps,
    seconds,
    stepsPerSecond: Math.round(sum.steps / seconds),
  }),
)
process.exitCode = broken + sum.violated.length + missing.length === 0 ? 0 : 1

async function playFound(): Promise<number> {
  let again = 0
  for (const { name, seed, moves } of found) {
    const { violations } = await runHands(stand, { seed, moves })
    const real = violations.filter((one) => !isExpected(one))
    if (real.length === 0) continue
    again++
    for (const { rule, what } of real) console.log(`found once: ${name}\n  ${rule}: ${what.slice(0, 600)}`)
  }
  return again
}

function tell({ seed, outcome, violations }: Played): void {
  const first = violations.filter(
    (one, index) =>
      violations.findIndex(({ rule, what }) => kindOf(rule, what) === kindOf(one.rule, one.what)) === index,
  )
  for (const { rule, step, what } of first)
    console.log(`seed ${String(seed)}: ${rule}\n  at step ${String(step)}: ${what.slice(0, 600)}`)
  if (!values.trace) return
  for (const [at, move] of outcome.moves.entries())
    console.log(`  ${String(at)} ${JSON.stringify(move).slice(0, 300)}`)
}

/** The same rule, broken in the same words. */
function kindOf(rule: string, what: string): string {
  return `${rule} ${what.slice(0, 40)}`
}

async function tellShrunk({ seed, outcome, violations }: Played): Promise<void> {
  const rule = violations[0]?.rule ?? ''
  const moves = await shrink(stand, seed, { moves: outcome.moves, rule })
  console.log(
    `seed ${String(seed)}, as a test of "${rule}":\n  [\n    '${rule}',\n    ${String(seed)},\n    [`,
  )
  for (const move of moves) console.log(`      ${JSON.stringify(move)},`)
  console.log('    ],\n  ],')
}
