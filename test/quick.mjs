// `npm run test:quick`: what can be known in a minute. It says what it leaves out; `npm test` runs everything.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { install, node24, root } from '../electron/install.mjs'

install()
const node = node24()
const began = Date.now()

/** Who imports one of these talks to another process, or may: over a socket, or by starting it. */
const outside =
  /^(node:)?(child_process|cluster|dgram|http2?|https|net|tls|worker_threads)$|^(cross-spawn|electron|playwright|socks|undici|vite|ws)$|^@(kubernetes|playwright)\//

const imported = new Map()

/** What stays of a file's imports once types are gone: files of ours by path, others by name. */
function importsOf(path) {
  const known = imported.get(path)
  if (known !== undefined) return known
  const text = readFileSync(path, 'utf8')
  const named =
    /^(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm
  const names = [...text.matchAll(named)].map(([, name, later]) => name ?? later)
  const found = names.map((name) => (name.startsWith('.') ? resolve(dirname(path), name) : name))
  imported.set(path, found)
  return found
}

/** A test that works on values alone: nothing that it imports, however far away, leads out of the process. */
function staysInside(test) {
  const seen = new Set([test])
  for (const path of seen) {
    for (const name of importsOf(path)) {
      if (outside.test(name)) return false
      if (existsSync(name) && /\.(ts|tsx|mjs)$/.test(name)) seen.add(name)
    }
  }
  return true
}

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

const units = globSync('test/unit/**/*.test.ts', { cwd: root }).map((path) => join(root, path))
const inside = units.filter(staysInside)
const changed = changedFiles()
const code = changed.filter((name) => /\.(ts|tsx|mjs|js)$/.test(name))
const tests = [
  'test/architecture.test.ts',
  'test/structure.test.ts',
  ...inside.map((path) => relative(root, path)),
]
const results = await Promise.all([
  run('types', ['typescript/bin/tsc', '-b']),
  run('unit', [
    'vitest/vitest.mjs',
    'run',
    '--no-isolate',
    '--silent=passed-only',
    '--reporter=agent',
    ...tests,
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
    `Left out: ${units.length - inside.length} of ${units.length} unit tests, which open a socket or start a process; property, conformance, scenario,`,
    'simulation, hostile and browser tests; lint of what has not changed, and unused exports. `npm test` runs them all.',
  ].join('\n'),
)
process.exit(results.every(Boolean) ? 0 : 1)
