// `npm run test:quick`: what can be known in a minute. It says what it leaves out; `npm test` runs everything.
import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { install, node24, root } from '../electron/install.mjs'

install()
const node = node24()
const began = Date.now()

function git(...args) {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

/** Files of this branch that main does not have, or has otherwise; committed or not. */
function changedFiles() {
  const since = git('merge-base', 'HEAD', 'origin/main') || git('merge-base', 'HEAD', 'main') || 'HEAD'
  const names = [
    git('diff', '--name-only', '--diff-filter=d', since),
    git('ls-files', '--others', '--exclude-standard'),
  ]
  return names.flatMap((text) => text.split('\n')).filter((name) => name !== '')
}

/** What each says is told when it has ended, so that nothing is mixed. */
function run(name, [path, ...args]) {
  const started = Date.now()
  const child = spawn(node, [join(root, 'node_modules', path), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = []
  child.stdout.on('data', (piece) => said.push(piece))
  child.stderr.on('data', (piece) => said.push(piece))
  return new Promise((done) => {
    child.on('error', (error) => said.push(Buffer.from(`${error}\n`)))
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(said))
      const seconds = Math.round((Date.now() - started) / 1000)
      console.log(`${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
      done(status === 0)
    })
  })
}

const changed = changedFiles()
const code = changed.filter((name) => /\.(ts|tsx|mjs|js)$/.test(name))
const results = await Promise.all([
  run('types', ['typescript/bin/tsc', '-b']),
  run('unit', [
    'vitest/vitest.mjs',
    'run',
    ...['--project', 'unit', '--project', 'house', '--silent=passed-only', '--reporter=agent'],
  ]),
  ...(code.length > 0
    ? [run('lint', ['eslint/bin/eslint.js', '--max-warnings', '0', '--no-warn-ignored', ...code])]
    : []),
  ...(changed.length > 0
    ? [
        run('format', [
          'prettier/bin/prettier.cjs',
          ...['--check', '--ignore-unknown', '--log-level', 'warn', ...changed],
        ]),
      ]
    : []),
])
console.log(
  [
    `${results.filter(Boolean).length} passed, ${results.filter((ok) => !ok).length} failed (${Math.round((Date.now() - began) / 1000)} s)`,
    'Left out: tests of whole applications, property, conformance, scenario, simulation, hostile and browser tests, lint of',
    'what has not changed, and unused exports. `npm test` runs them all.',
  ].join('\n'),
)
process.exit(results.every(Boolean) ? 0 : 1)
