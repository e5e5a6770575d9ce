import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { createSystemApp } from '../app/create-system-app.ts'
import { endProcess } from '../app/host/end-process.ts'
import { defaultDataFolder } from '../app/host/data-folder.ts'
import { homeFolder, userName } from '../app/host/this-person.ts'
import { createSignalCount } from './session/count-signals.ts'
import { exitCodes } from './session/exit-code.ts'
import { createInterrupts } from './session/interrupts.ts'
import type { Options } from './arguments/options.ts'
import { run } from './run.ts'
import { visible } from '../../shared/visible.ts'
import { findRunners, lookAtProcess, watchRunners } from './session/watch-runner.ts'

const root = resolve(import.meta.dirname, '..', '..')
const { env, stdin, stdout, stderr } = process
const version = versionOf(root)
const interrupts = createInterrupts()

/** For the goodbye of a command that was interrupted, which takes two seconds at most. */
const lastMs = 5_000
const lastWriteMs = 500

const signals = createSignalCount(() => performance.now())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const which = signals.take(signal)
    if (which === 'again') interrupts.insist('signal')
    if (which === 'first') interrupts.raise('signal')
  })
}
watchRunners(findRunners(env, process.ppid, lookAtProcess), () => {
  // A signal that reached us as well has said the same.
  if (signals.take('runner') === 'first') interrupts.raise('signal')
})
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    interrupts.raise('output-closed')
  })
}

// The last word: whatever is in the way of an orderly end, a program or a reader that hangs, the process ends.
void interrupts.ends.then(({ why }) => {
  setTimeout(() => endProcess(why === 'timeout' ? exitCodes.fault : exitCodes.interrupted), lastMs)
})
const exitCode = await run({
  args: process.argv.slice(2),
  env,
  stdout: { isTTY: stdout.isTTY, write: (text) => void stdout.write(text) },
  stderr: {
    isTTY: stderr.isTTY,
    // What is broken by the terminal itself could pass for a line of ours.
    ...(stderr.isTTY && { columns: stderr.columns }),
    write: (text) => void stderr.write(text),
  },
  ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  interrupts,
  setTimer(seconds, fire) {
    const timer = setTimeout(fire, seconds * 1000)
    return () => clearTimeout(timer)
  },
  readFile: (path) => readFileSync(path, 'utf8'),
  loadFile: (path) => (path === '-' ? text(stdin) : readFile(path, 'utf8')),
  person: `${userName(env)}@${hostname()}`,
  version,
  openApp,
})
// A connection that is still being closed keeps nobody waiting, and a reader that does not read only until an interrupt.
const written = Promise.all([stdout, stderr].map((stream) => new Promise((done) => stream.write('', done))))
await Promise.race([
  written,
  interrupts.ends.then(() => new Promise((done) => setTimeout(done, lastWriteMs))),
])
endProcess(exitCode)

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr })
  // Readline takes Ctrl-C for itself while it asks. Not sent to ourselves: under Windows that ends us in the middle.
  terminal.on('SIGINT', () => process.emit('SIGINT'))
  try {
    return await terminal.question(visible(question), { signal })
  } catch {
    return ''
  } finally {
    terminal.close()
  }
}

function openApp(options: Options): ReturnType<typeof createSystemApp> {
  const { kubeconfig, dataFolder, training, verbose } = options
  return createSystemApp({
    training: training ? 'only' : 'off',
    dataFolder: dataFolder ?? defaultDataFolder({ env, homedir: homeFolder() }),
    env: kubeconfig === undefined ? env : { ...env, KUBECONFIG: kubeconfig },
    homedir: homeFolder(),
    version,
    // A look at a cluster must not take up what was left behind: only a command that says so does.
    resumeReleases: false,
    interactive: stdin.isTTY && stderr.isTTY,
    log: verbose ? (line) => stderr.write(`${new Date().toISOString()} ${visible(line)}\n`) : () => undefined,
  })
}

function versionOf(folder: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const isPackage = typeof parsed === 'object' && parsed !== null && 'version' in parsed
  return isPackage ? String(parsed.version) : '0'
}
