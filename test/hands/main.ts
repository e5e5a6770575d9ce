import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { findChromium } from '../find-chromium.mjs'
import { runHands } from './run-hands.ts'
import { buildPage, buildProbe } from './serve-page.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    steps: { type: 'string', default: '200' },
    /** Cuts each run that breaks a rule down to the moves that matter. */
    shrink: { type: 'boolean', default: true },
    /** Prints every move of a run that breaks a rule. */
    trace: { type: 'boolean', default: false },
    /** Another checkout, whose page is played with. */
    checkout: { type: 'string', default: resolve(import.meta.dirname, '..', '..') },
  },
  allowNegative: true,
})

const executablePath = findChromium()
if (executablePath === undefined) {
  console.error('No Chromium was found, and none could be installed.')
  process.exit(1)
}
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu-vsync', '--disable-frame-rate-limit'],
})
const stand = { browser, page: await buildPage(resolve(values.checkout)), probe: await buildProbe() }
const began = performance.now()
let steps = 0
let violated = 0
const first = Number(values.seed)
for (let seed = first; seed < first + Number(values.runs); seed++) {
  const { moves, violations } = await runHands(stand, { seed, steps: Number(values.steps) })
  steps += moves.length
  const [broken] = violations
  if (broken === undefined) continue
  violated++
  for (const { rule, step, what } of violations.slice(0, 3))
    console.log(`seed ${String(seed)}: ${rule}\n  at step ${String(step)}: ${what.slice(0, 600)}`)
  if (values.trace)
    for (const [at, move] of moves.entries())
      console.log(`  ${String(at)} ${JSON.stringify(move).slice(0, 300)}`)
  if (!values.shrink) continue
  const small = await shrink(stand, seed, { moves, rule: broken.rule })
  console.log(`seed ${String(seed)}, as a test of "${broken.rule}":\n['${broken.rule}', ${String(seed)}, [`)
  for (const move of small) console.log(`  ${JSON.stringify(move)},`)
  console.log(']],')
}
await browser.close()
const seconds = Math.round(performance.now() - began) / 1000
console.log(
  JSON.stringify({
    runs: Number(values.runs),
    violated,
    steps,
    seconds,
    stepsPerSecond: Math.round(steps / seconds),
  }),
)
process.exitCode = violated === 0 ? 0 : 1
