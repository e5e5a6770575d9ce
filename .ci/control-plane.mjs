// Runs what `npm test` has no time for: more of the simulation, and what needs a real control plane. Its numbers are
// added to the closing line of `npm test`.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findChromium } from '../test/find-chromium.mjs'
import { failures } from './failures.mjs'

const root = resolve(import.meta.dirname, '..')
const results = join(root, 'test-results')
const closing = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(
  readFileSync(process.argv[2] ?? '', 'utf8'),
)
// Tests that never came to their closing line have failed as a whole.
const [passed = 0, failed = 1, skipped = 0] = closing === null ? [] : closing.slice(1).map(Number)
const sum = { passed, failed, skipped }
/** What `build` gives when there is no Go to build with. */
const goIsMissing = 3

function run(args, { stdio = 'inherit', env = {} } = {}) {
  return spawnSync(process.execPath, args, {
    cwd: root,
    stdio,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
}

/** Runs a runner and adds what its JSON report counts; one that left no report has failed as a whole. */
function add({ name, args, report, env, count }) {
  const started = Date.now()
  rmSync(report, { force: true })
  const { status } = run(args, { env })
  const found = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : undefined
  const failures = found?.failed ?? 0
  sum.passed += found?.passed ?? 0
  sum.failed += failures + (status !== 0 && failures === 0 ? 1 : 0)
  sum.skipped += found?.skipped ?? 0
  console.log(`${name}: ${status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1000)} s)`)
}

function addVitest(name, config) {
  const report = join(results, `${config}.json`)
  add({
    name,
    report,
    args: [
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...['--config', `vitest.${config}.config.ts`, '--reporter=default', '--reporter=json'],
      `--outputFile.json=${report}`,
    ],
    count: (found) => ({
      passed: found.numPassedTests,
      failed: found.numFailedTests,
      skipped: found.numPendingTests + found.numTodoTests,
    }),
  })
}

/**
 * Other seeds than those of `npm test`. It has no time but its own, so it takes what the tests on the control plane
 * leave: these mostly wait. Returns what adds its numbers, once it has ended.
 */
function startSimulation(seed, histories) {
  const started = Date.now()
  const args = ['test/simulation/main.ts', '--seed', `${seed}`, '--histories', `${histories}`, '--no-shrink']
  const child = spawn('nice', ['-n', '15', process.execPath, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (piece) => (said += piece))
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  return async () => {
    const status = await ended
    process.stdout.write(said)
    const found = /"violated":(\d+),"missing":(\d+)/.exec(said)
    const broken = found === null ? histories : Number(found[1]) + Number(found[2])
    sum.passed += histories - Math.min(histories, broken)
    sum.failed += broken
    console.log(
      `simulation: ${status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1000)} s)`,
    )
  }
}

const addSimulation = startSimulation(1_001, 1_000)

const build = run(['test/controlplane/main.ts', 'build'], { stdio: ['ignore', 'inherit', 'pipe'] })
if (build.status === goIsMissing) {
  const what =
    'conformance, the journeys of engine and browser, and the nasty scenarios on a real control plane'
  console.log(`Left out: ${what}. ${build.stderr.trim()}`)
} else if (build.status !== 0) {
  console.error(`The control plane cannot be built:\n${build.stderr ?? build.error}`)
  sum.failed++
} else {
  addVitest('control plane', 'controlplane')
  const chromium = findChromium()
  if (chromium === undefined) {
    console.log('Left out: the journeys of the browser on a real control plane. There is no Chromium.')
  } else {
    const report = join(results, 'playwright-controlplane.json')
    add({
      name: 'end to end on the control plane',
      report,
      args: [
        join('node_modules', '@playwright', 'test', 'cli.js'),
        'test',
        ...['--config', 'playwright.controlplane.config.ts', '--reporter=list,json'],
      ],
      env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      count: ({ stats }) => ({
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
      }),
    })
  }
  addVitest('nasty scenarios on the control plane', 'scenarios')
}
await addSimulation()

const reports = ['vitest', 'playwright', 'controlplane', 'playwright-controlplane', 'scenarios']
for (const line of failures(reports.map((name) => join(results, `${name}.json`))))
  console.log(`failed: ${line}`)
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exit(sum.failed === 0 ? 0 : 1)
