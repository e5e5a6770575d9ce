import { spawn } from 'node:child_process'
import { closeSync, copyFileSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCredentials, type Credentials } from '../../../../electron/cluster/sign-in/credentials.ts'
import { createSystemClock } from '../../../../electron/cluster/clock/clock.ts'
import type { ConnectTools } from '../../../../electron/cluster/connection.ts'
import type { ExecSpec } from '../../../../electron/cluster/dial/connection-spec.ts'
import { createLoginShell } from '../../../../electron/cluster/sign-in/login-shell.ts'
import { startProgram } from '../../../../electron/cluster/sign-in/start-program.ts'
import { buildConnectTools, buildSpec } from '../../../support/build-connection.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'
import { buildExec, createPluginFolder, type PluginFolder } from '../../../support/plugin-folder.ts'
import { wordsOf } from '../../../support/spoken.ts'

let folder: PluginFolder
const ends: (() => void)[] = []
beforeEach(() => (folder = createPluginFolder()))
afterEach(() => {
  for (const end of ends.splice(0)) end()
  // However a test ended: nothing that it started outlives it.
  for (const pid of folder.notes()) endAgent(Number(pid))
  folder.remove()
})

function login(exec: Partial<ExecSpec> & { readonly command: string }, tools: Partial<ConnectTools> = {}) {
  const spec = buildSpec({ user: { kind: 'exec', exec: buildExec(exec.command, exec) } })
  const credentials = createCredentials(spec, buildConnectTools(tools))
  ends.push(() => credentials.close())
  return credentials
}

async function said(credentials: Credentials): Promise<string> {
  const got = await credentials.get()
  return got.ok ? (got.value.headers[0]?.[1] ?? 'no token') : `${got.fault.code}: ${wordsOf(got.fault)}`
}

const inFolder = (name: string): string => join(folder.path, name)

/** What Node does not tell by an event: it throws in the middle of the start. */
const broken: readonly (readonly [
  name: string,
  make: () => Partial<ExecSpec> & { command: string },
  RegExp,
])[] = [
  [
    'below a file (ENOTDIR)',
    () => {
      writeFileSync(inFolder('file'), '')
      return { command: inFolder('file/plugin') }
    },
    /could not be started: a part of its path is no folder \(ENOTDIR\)\.$/,
  ],
  [
    'in a circle of symbolic links (ELOOP)',
    () => {
      symlinkSync(inFolder('b'), inFolder('a'))
      symlinkSync(inFolder('a'), inFolder('b'))
      return { command: inFolder('a') }
    },
    /could not be started: its symbolic links lead in a circle \(ELOOP\)\.$/,
  ],
  [
    'that is just being written (ETXTBSY)',
    () => {
      copyFileSync(process.execPath, inFolder('busy'))
      const file = openSync(inFolder('busy'), 'r+')
      ends.push(() => closeSync(file))
      return { command: inFolder('busy') }
    },
    /could not be started: something is writing to it just now \(ETXTBSY\)\.$/,
  ],
  [
    'with an argument that is too long (E2BIG)',
    () => ({ command: folder.write('plugin', ''), args: ['x'.repeat(200_000)] }),
    /could not be started: its arguments and environment are too long \(E2BIG\)\.$/,
  ],
  [
    'with a NUL byte, whose value is said nowhere',
    () => ({ command: folder.write('plugin', ''), env: [{ name: 'ONE', value: 'hidden\0' }] }),
    /could not be started: an argument or a value of its environment has a NUL byte\.$/,
  ],
]

test.each(broken)(
  'a plugin %s is one sentence, and the next try is a try of its own',
  async (_name, make, words) => {
    const clock = createFakeClock()
    const credentials = login(make(), { clock })
    const first = await said(credentials)
    expect(first).toMatch(/^plugin: /)
    expect(first).toMatch(words)
    expect(first).not.toContain('hidden')
    // Those who wait meanwhile are told the same, and whoever comes after the pause finds nothing left of it.
    expect(await said(credentials)).toBe(first)
    await clock.advance(30_000)
    expect(await said(credentials)).toMatch(words)
  },
)

test('a plugin that could not be started works once its path is put right', async () => {
  writeFileSync(inFolder('dir'), '')
  const credentials = login({ command: inFolder('dir/plugin') })
  expect(await said(credentials)).toContain('ENOTDIR')
  const fine = folder.write('plugin', `answer({ token: 't' })`)
  const mended = login({ command: inFolder('link') })
  expect(await said(mended)).toContain('was not found')
  symlinkSync(fine, inFolder('link'))
  mended.retry()
  expect(await said(mended)).toBe('Bearer t')
})

test('a login shell that can not be started tells nothing, and fails nobody', async () => {
  writeFileSync(inFolder('file'), '')
  const lines: string[] = []
  const shell = createLoginShell({
    spawn,
    clock: createSystemClock(),
    env: { SHELL: inFolder('file/zsh') },
    marker: 'marker',
    log: (line) => lines.push(line),
  })
  expect(await shell()).toEqual({})
  expect(lines.join()).toContain('could not be started')
})

test('a failure of a start is told once, thrown or as an event', async () => {
  writeFileSync(inFolder('file'), '')
  for (const command of [inFolder('file/x'), inFolder('missing')]) {
    const failures: string[] = []
    const child = startProgram(
      () => spawn(command),
      (error) => failures.push(error.message),
    )
    if (child !== undefined) await new Promise((resolve) => child.on('close', resolve))
    expect(failures).toHaveLength(1)
  }
})

/** Starts something that outlives the plugin and holds what it inherits: as agents, daemons and browsers do. */
const leaves = (stdio: string): string => `
const agent = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)'],
  { stdio: ${stdio}, detached: true })
note(String(agent.pid)); agent.unref()`

function endAgent(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

test('an agent that a plugin leaves behind, holding its stderr, is not waited for and not ended', async () => {
  const clock = createFakeClock()
  const body = `${leaves(`['ignore', 'ignore', 'inherit']`)}; answer({ token: 't' })`
  // No time passes: nothing but the plugin's own end is waited for.
  expect(await said(login({ command: folder.write('plugin', body) }, { clock }))).toBe('Bearer t')
  expect(() => process.kill(Number(folder.notes()[0]), 0)).not.toThrow()
})

test('an agent that holds its stdout too keeps the answer for a second', async () => {
  const clock = createFakeClock()
  const body = `${leaves(`['ignore', 'inherit', 'inherit']`)}; answer({ token: 't' })`
  const answer = said(login({ command: folder.write('plugin', body) }, { clock }))
  const isOver = async (): Promise<string | undefined> => {
    await clock.advance(100)
    return await Promise.race([answer, Promise.resolve(undefined)])
  }
  expect(await eventually(isOver, { what: 'the answer', atMostMs: 10_000 })).toBe('Bearer t')
  expect(clock.monotonic()).toBeLessThan(20_000)
})

test('what a plugin complains of is told although an agent holds its stderr', async () => {
  const clock = createFakeClock()
  const body = `${leaves(`['ignore', 'ignore', 'inherit']`)}; console.error('session expired'); process.exit(3)`
  const answer = said(login({ command: folder.write('plugin', body) }, { clock }))
  const isOver = async (): Promise<string | undefined> => {
    await clock.advance(100)
    return await Promise.race([answer, Promise.resolve(undefined)])
  }
  expect(await eventually(isOver, { what: 'the answer', atMostMs: 10_000 })).toContain(
    'failed (exit code 3): session expired',
  )
})

test('the pipes that an agent holds keep no process from ending', async () => {
  const body = `${leaves(`['ignore', 'ignore', 'inherit']`)}; answer({ token: 't' })`
  const command = folder.write('plugin', body)
  const cluster = new URL('../../../../electron/cluster/', import.meta.url).href
  const script = `
import { spawn } from 'node:child_process'
import { createSystemClock } from '${cluster}clock/clock.ts'
import { runExecPlugin } from '${cluster}sign-in/exec-plugin.ts'
const exec = ${JSON.stringify(buildExec(command))}
const run = runExecPlugin({ spec: ${JSON.stringify(buildSpec())}, exec, command: exec.command },
  { spawn, clock: createSystemClock(), env: process.env })
console.log((await run.result).ok)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script])
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise((resolve) => child.on('exit', resolve))
  expect([code, output]).toEqual([0, 'true\n'])
  expect(readFileSync(command, 'utf8')).toContain('agent')
})
