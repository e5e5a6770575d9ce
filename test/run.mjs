// `npm test`: every check that needs no more than Node and a Chromium. All stages run; the last line adds them up.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildPage, install, node24, root } from '../electron/install.mjs'
import { findChromium } from './find-chromium.mjs'

install()
const node = node24()
const results = join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const sum = { passed: 0, failed: 0, skipped: 0 }

function tool(name, [path, ...args], env = {}) {
  const started = Date.now()
  const run = spawnSync(node, [join(root, 'node_modules', path), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  console.log(
    `${name}: ${run.status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1000)} s)`,
  )
  return run.status === 0
}

/** Each keeps one core busy: side by side. What one says is told when it has ended. */
function stages(commands) {
  return Promise.all(
    Object.entries(commands).map(([name, [path, ...args]]) => {
      const started = Date.now()
      const run = spawn(node, [join(root, 'node_modules', path), ...args], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const said = []
      run.stdout.on('data', (piece) => said.push(piece))
      run.stderr.on('data', (piece) => said.push(piece))
      return new Promise((resolve) => {
        run.on('error', (error) => said.push(Buffer.from(`${error}\n`)))
        run.on('close', (status) => {
          process.stdout.write(Buffer.concat(said))
          console.log(
            `${name}: ${status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1000)} s)`,
          )
          if (status === 0) sum.passed++
          else sum.failed++
          resolve()
        })
      })
    }),
  )
}

/** How many histories have broken a rule, and things were never reached; all, when it did not come to its end. */
function simulate(count) {
  const started = Date.now()
  const args = ['test/simulation/main.ts', '--seed', '1', '--histories', String(count), '--no-shrink']
  const run = spawnSync(node, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  process.stdout.write(run.stdout ?? '')
  console.log(
    `simulation: ${run.status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1000)} s)`,
  )
  const found = /"violated":(\d+),"missing":(\d+)/.exec(run.stdout ?? '')
  return found === null ? count : Number(found[1]) + Number(found[2])
}

/** Runs of random hands on the page, and how many of them have broken a rule; one, when they did not come to their end. */
function playHands(count) {
  const args = [
    'test/hands/main.ts',
    '--found',
    '--seed',
    '1',
    '--runs',
    String(count),
    '--steps',
    '100',
    '--real',
    '4',
  ]
  const run = spawnSync(node, [...args, '--no-shrink'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.stdout.write(run.stdout ?? '')
  console.log(`hands: ${run.status === 0 ? 'ok' : 'FAILED'}`)
  const found = /"runs":(\d+),"violated":(\d+)/.exec(run.stdout ?? '')
  return found === null ? { runs: 0, broken: 1 } : { runs: Number(found[1]), broken: Number(found[2]) }
}

/** Adds the tests of a runner's JSON report; a run that left none has failed as a whole. */
function add(ok, file, count) {
  if (!existsSync(file)) {
    sum.failed++
    return
  }
  const { passed, failed, skipped } = count(JSON.parse(readFileSync(file, 'utf8')))
  sum.passed += passed
  sum.failed += failed + (!ok && failed === 0 ? 1 : 0)
  sum.skipped += skipped
}

await stages({
  types: ['typescript/bin/tsc', '-b'],
  lint: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  unused: ['knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
})

const vitestReport = join(results, 'vitest.json')
const vitest = tool('unit', [
  'vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`,
])
add(vitest, vitestReport, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
}))

// Whole applications in a world of their own, 300 fixed histories; one that breaks a rule is a failed test.
const histories = 300
const broken = simulate(histories)
sum.passed += histories - Math.min(histories, broken)
sum.failed += broken

buildPage(node)
const chromium = findChromium()
if (chromium === undefined) {
  console.error('No Chromium was found, and none could be installed: the end-to-end tests did not run.')
  sum.failed++
} else {
  // Random hands on the page for about a minute, always the same ones: a run that breaks a rule is a failed test.
  const { runs, broken } = playHands(6)
  sum.passed += Math.max(0, runs - broken)
  sum.failed += broken
  const report = join(results, 'playwright.json')
  const ok = tool('end to end', ['@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  add(ok, report, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))
}

console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exit(sum.failed === 0 ? 0 : 1)
