// Runs the tests on a real control plane and adds their numbers to the closing line of `npm test`.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const report = join(root, 'test-results', 'controlplane.json')
const closing = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(
  readFileSync(process.argv[2] ?? '', 'utf8'),
)
// Tests that never came to their closing line have failed as a whole.
const [passed = 0, failed = 1, skipped = 0] = closing === null ? [] : closing.slice(1).map(Number)
const sum = { passed, failed, skipped }
/** What `build` gives when there is no Go to build with. */
const goIsMissing = 3

function run(args, stdio = 'inherit') {
  return spawnSync(process.execPath, args, { cwd: root, stdio, encoding: 'utf8' })
}

const build = run(['test/controlplane/main.ts', 'build'], ['ignore', 'inherit', 'pipe'])
if (build.status === goIsMissing) {
  console.log(`Left out: the tests on a real control plane. ${build.stderr.trim()}`)
} else if (build.status !== 0) {
  console.error(`The control plane cannot be built:\n${build.stderr ?? build.error}`)
  sum.failed++
} else {
  const tests = run([
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'vitest.controlplane.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
  const failures = found?.numFailedTests ?? 0
  sum.passed += found?.numPassedTests ?? 0
  sum.failed += failures + (tests.status !== 0 && failures === 0 ? 1 : 0)
  sum.skipped += (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0)
}

console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exit(sum.failed === 0 ? 0 : 1)
