import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually } from '../../../support/eventually.ts'
import { spawnNode, type Spawned } from '../../../support/spawned.ts'

// npm and three processes each have to be started, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const tag = '20190215093000'
let folder: string
let cluster: Spawned
let kubeconfig: string
const groups: number[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-npm-'))
  cluster = spawnNode(['electron/training/main.ts', '--port', '0', '--speed', '20'])
  kubeconfig = (await cluster.line((line) => line.startsWith('KUBECONFIG='))).slice('KUBECONFIG='.length)
  // What is tested here is installed: a stamp of another lock file would make it install everything anew.
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  writeFileSync(join('node_modules', '.tranche-lock'), lock)
})
afterEach(async () => {
  for (const group of groups.splice(0)) killGroup(group)
  cluster.child.kill('SIGKILL')
  await cluster.ended
  rmSync(folder, { recursive: true, force: true })
})

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // All of it has ended, as it should.
  }
}

const where = (): readonly string[] => [
  '--kubeconfig',
  kubeconfig,
  '--data-folder',
  folder,
  '--output',
  'json',
]
const release = (): readonly string[] =>
  `release shop-http --tag ${tag} --bake 1h --no-approval`.split(' ').concat(where())

async function stateOfRelease(): Promise<string | undefined> {
  const one = spawnNode(['electron/cli/main.ts', 'status', 'shop-http', ...where()])
  await one.ended
  const found = one.objects().find((line) => line.kind === 'status')
  return found?.kind === 'status' ? found.release?.state : undefined
}

/** Without the Node of this repository first: the launcher then starts another one, as on most machines. */
const foreignPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((one) => one !== dirname(process.execPath) && !one.includes('node_modules'))
  .join(delimiter)
const ownPath = [dirname(process.execPath), foreignPath].join(delimiter)

const ways = {
  'npm run tranche': ['npm', 'run', '--silent', 'tranche', '--'],
  'npx tranche': ['npx', '--offline', 'tranche'],
  'the launcher': ['node', 'electron/launcher.mjs'],
} as const

const cases = [
  ['SIGTERM', 'npm run tranche', foreignPath],
  // npm's shell keeps a SIGINT that comes to npm alone to itself; a terminal sends it to all of them.
  ['Ctrl-C', 'npm run tranche', ownPath],
  ['SIGHUP', 'npm run tranche', foreignPath],
  ['SIGTERM', 'npx tranche', ownPath],
  ['SIGTERM', 'the launcher', foreignPath],
  ['SIGKILL', 'the launcher', foreignPath],
] as const

test.each(cases)('%s to the outermost process of "%s" pauses the release', async (signal, way, path) => {
  const [program, ...before] = ways[way]
  const child = spawn(program, [...before, ...release()], {
    env: { ...process.env, PATH: path, HOME: homedir(), LANG: 'C', npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  if (child.pid === undefined) throw new Error(`${program} was not started`)
  const group = child.pid
  groups.push(group)
  let complaint = ''
  child.stderr.on('data', (data) => (complaint += String(data)))
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const said = (word: string): Promise<true> =>
    eventually(() => Promise.resolve(lines.some((line) => line.includes(word)) ? true : undefined), {
      what: `${word}: ${complaint} ${lines.join()}`,
      atMostMs: 90_000,
    })
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.on('exit', (code, by) => done(code ?? by)),
  )
  await said('batch-started')
  if (signal === 'Ctrl-C') process.kill(-group, 'SIGINT')
  else process.kill(group, signal)
  const end = await ended
  // Where we are the outermost ourselves, the end is told with the documented code.
  if (way === 'the launcher' && signal === 'SIGTERM') expect(end).toBe(130)
  // Whoever is left says its last word, also when nobody waits for it any more.
  await said('"kind":"result"')
  expect(lines.at(-1)).toBe('{"kind":"result","exit":130}')
  expect(await stateOfRelease()).toBe('paused')
})
