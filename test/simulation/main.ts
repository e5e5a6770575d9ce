import { parseArgs } from 'node:util'
import { historyOf, simulate } from './simulate.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '1' },
    shrink: { type: 'boolean', default: true },
  },
  allowNegative: true,
})

const first = Number(values.seed)
const count = Number(values.histories)
const began = performance.now()
const coverage = new Map<string, number>()
let violated = 0
let lasted = 0
for (let seed = first; seed < first + count; seed++) {
  const history = historyOf(seed)
  const outcome = await simulate(history)
  lasted += outcome.lasted
  for (const one of outcome.coverage) coverage.set(one, (coverage.get(one) ?? 0) + 1)
  const worst = outcome.violations[0]
  if (worst === undefined) continue
  violated += 1
  console.log(`seed ${seed}: ${worst.rule}\n  at ${worst.at}: ${worst.what}`)
  if (!values.shrink) continue
  const small = await shrink(history, worst.rule)
  for (const move of small.moves) console.log(`    ${JSON.stringify(move)}`)
}
if (count > 1)
  for (const [what, times] of [...coverage].sort()) console.log(`${String(times).padStart(7)}  ${what}`)
console.log(
  JSON.stringify({
    histories: count,
    violated,
    seconds: Math.round(performance.now() - began) / 1000,
    simulatedHours: Math.round(lasted / 36_000) / 100,
  }),
)
process.exitCode = violated === 0 ? 0 : 1
