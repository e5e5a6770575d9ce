import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createSystemApp } from '../app/create-system-app.ts'
import { defaultDataFolder } from '../app/data-folder.ts'
import { readStaticFiles } from '../app/static-files.ts'
import { createClosing } from './closing.ts'
import { startBrowserServer } from './http-server.ts'

const root = resolve(import.meta.dirname, '..', '..')
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    open: { type: 'boolean', default: true },
    training: { type: 'boolean', default: false },
    'data-folder': { type: 'string' },
  },
  allowNegative: true,
})

const log = (line: string): void => console.error(`${new Date().toISOString()} ${line}`)
const app = await createSystemApp({
  training: values.training ? 'only' : 'auto',
  dataFolder: values['data-folder'] ?? defaultDataFolder({ env: process.env, homedir: homedir() }),
  env: process.env,
  homedir: homedir(),
  version: versionOf(root),
  log,
})
// In the URL's fragment it never reaches a server log, a request line or another process's arguments.
const secret = randomBytes(32).toString('base64url')
const server = await startBrowserServer({
  port: Number(values.port),
  secret,
  files: readStaticFiles(join(root, 'dist', 'renderer')),
  attach: app.attach,
  log,
})
const url = `http://127.0.0.1:${server.port}/#k=${secret}`
console.log(`Tranche is ready: ${url}`)
if (values.open) openBrowser(url)

let driving: readonly string[] = []
app.onDriving((services) => (driving = services))
const take = createClosing({
  driving: () => driving,
  now: () => performance.now(),
  language: /^zh/i.test(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '')
    ? 'zh'
    : 'en',
  say: (line) => console.log(line),
  close: () =>
    void server
      .close()
      .then(() => app.close())
      .then(() => process.exit(0)),
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => take(signal))

function versionOf(folder: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const isPackage = typeof parsed === 'object' && parsed !== null && 'version' in parsed
  return isPackage ? String(parsed.version) : '0'
}

/** Through a file of our own that redirects: the secret must not stand in a process's arguments. */
function openBrowser(url: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'tranche-open-')), 'open.html')
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0; url=${url}">`, { mode: 0o600 })
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  spawn(opener, [file], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
