import { faultText } from '../../shared/words/faults/say-fault.ts'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createSystemApp } from '../app/create-system-app.ts'
import { defaultDataFolder } from '../app/host/data-folder.ts'
import { endProcess } from '../app/host/end-process.ts'
import { languageOf } from '../app/host/language.ts'
import { createLastResort, outliveReaders } from '../app/host/last-resort.ts'
import { createAddressOpener } from '../app/host/open-address.ts'
import { spawnDetached } from '../app/host/spawn-detached.ts'
import { readStaticFiles } from '../app/host/static-files.ts'
import { homeFolder } from '../app/host/this-person.ts'
import { writeLine } from '../app/host/write-line.ts'
import { createClosing } from './closing.ts'
import { startBrowserServer } from './http-server.ts'
import { openBrowser } from './open-browser.ts'
import { readOptions, usage, whyNotStarted, type BrowserOptions } from './options.ts'

const root = resolve(import.meta.dirname, '..', '..')
const language = languageOf(process.env)
const log = (line: string): void => writeLine(process.stderr, `${new Date().toISOString()} ${line}`)
outliveReaders([process.stdout, process.stderr])

const options = readOptions(process.argv.slice(2))
if (!options.ok) {
  writeLine(process.stderr, faultText(options.fault, language))
  for (const line of usage.split('\n')) writeLine(process.stderr, line)
  process.exit(2)
}
try {
  await start(options.value)
} catch (error) {
  writeLine(process.stderr, whyNotStarted(error, options.value.port, language))
  endProcess(1)
}

async function start({ port, open, training, dataFolder }: BrowserOptions): Promise<void> {
  // In the URL's fragment it never reaches a server log, a request line or another process's arguments.
  const secret = randomBytes(32).toString('base64url')
  const files = readStaticFiles(join(root, 'dist', 'renderer'))
  // The port first: where it is taken nothing is read or connected. Nobody knows the secret before the address is said.
  const server = await startBrowserServer({ port, secret, files, attach: (pipe) => app.attach(pipe), log })
  const app = await createSystemApp({
    training: training ? 'only' : 'auto',
    dataFolder: dataFolder ?? defaultDataFolder({ env: process.env, homedir: homeFolder() }),
    env: process.env,
    homedir: homeFolder(),
    version: versionOf(root),
    openAddress: createAddressOpener({
      platform: process.platform,
      env: process.env,
      spawn: spawnDetached,
    }),
    log,
  })
  let services: readonly string[] = []
  const driving = (): readonly string[] => services
  app.onDriving((next) => (services = next))
  const close = (): Promise<void> => server.close().then(() => app.close())
  const exit = endProcess
  const after = (ms: number, run: () => void): void => void setTimeout(run, ms)
  process.on('uncaughtException', createLastResort({ driving, language, say: log, close, exit, after }))
  const take = createClosing({
    driving,
    language,
    now: () => performance.now(),
    say: (line) => writeLine(process.stdout, line),
    close: () => void close().then(() => exit(0)),
  })
  // SIGHUP: its terminal was closed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => take(signal))

  const url = `http://127.0.0.1:${server.port}/#k=${secret}`
  writeLine(process.stdout, `Tranche is ready: ${url}`)
  if (!open) return
  const remove = openBrowser(url, {
    platform: process.platform,
    env: process.env,
    homedir: homeFolder(),
    tmpdir: tmpdir(),
    has: existsSync,
    spawn: spawnDetached,
    after: (ms, run) => void setTimeout(run, ms).unref(),
  })
  process.on('exit', remove)
}

function versionOf(folder: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const isPackage = typeof parsed === 'object' && parsed !== null && 'version' in parsed
  return isPackage ? String(parsed.version) : '0'
}
