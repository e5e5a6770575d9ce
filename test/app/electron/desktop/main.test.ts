import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'

// Electron's binary is not there in a test: what main asks of it is recorded, in order.
const done: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'tranche-main-'))
for (const name of ['renderer', 'desktop']) mkdirSync(join(folder, 'dist', name), { recursive: true })
// Nothing is written where this machine's own Tranche keeps its files.
process.argv = [...process.argv.slice(0, 2), '--data-folder', folder]
writeFileSync(join(folder, 'dist', 'renderer', 'index.html'), '')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

class AppProcess extends EventEmitter {
  postMessage(message: { readonly kind: string }): void {
    done.push(`app process told ${message.kind}`)
    if (message.kind === 'close') this.emit('exit', 0)
  }
}
const appProcess = new AppProcess()
const ready = Promise.withResolvers<null>()
const exited = Promise.withResolvers<number>()
let answer = 0

const app = Object.assign(new EventEmitter(), {
  enableSandbox: () => done.push('sandbox'),
  setAppUserModelId: () => undefined,
  setPath: () => undefined,
  getAppPath: () => folder,
  getVersion: () => '1.2.3',
  getLocale: () => 'zh-CN',
  requestSingleInstanceLock: () => true,
  whenReady: () => ready.promise,
  quit: () => done.push('quit'),
  exit: (code: number) => {
    done.push('exit')
    exited.resolve(code)
  },
})

class BrowserWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), { reload: () => done.push('reload') })
  show(): void {
    done.push('show')
  }
  loadURL(url: string): Promise<void> {
    done.push(`load ${url}`)
    return Promise.resolve()
  }
  close(): void {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) }
    this.emit('close', event)
    if (!event.prevented) app.emit('window-all-closed')
  }
  constructor() {
    super()
    windows.push(this)
  }
}
const windows: BrowserWindow[] = []

const asked = Promise.withResolvers<{ readonly detail: string }>()
vi.mock('electron', () => ({
  app,
  BrowserWindow,
  dialog: {
    showMessageBox: (_window: unknown, options: { readonly detail: string }) => {
      asked.resolve(options)
      return Promise.resolve({ response: answer })
    },
  },
  ipcMain: new EventEmitter(),
  Menu: { setApplicationMenu: () => undefined, buildFromTemplate: () => undefined },
  MessageChannelMain: EventEmitter,
  nativeTheme: { shouldUseDarkColors: true },
  powerSaveBlocker: {
    start: () => done.push('awake'),
    stop: () => done.push('may sleep'),
  },
  protocol: {
    registerSchemesAsPrivileged: () => done.push('scheme'),
    handle: () => done.push('serve'),
  },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => done.push('permissions'),
      setPermissionCheckHandler: () => undefined,
      setDevicePermissionHandler: () => undefined,
    },
  },
  utilityProcess: {
    fork: (path: string, args: readonly string[]) => {
      const { version } = JSON.parse(args[0] ?? '') as { readonly version: string }
      done.push(`fork ${path.slice(folder.length)} ${version}`)
      return appProcess
    },
  },
}))

test('it guards first, opens one window, keeps awake while it drives, and asks before it leaves a release', async () => {
  await import('../../../../electron/desktop/main.ts')
  expect(done.splice(0)).toEqual(['sandbox', 'scheme'])
  ready.resolve(null)
  await ready.promise
  expect(done.splice(0)).toEqual([
    'permissions',
    'serve',
    'fork /dist/desktop/app-process.cjs 1.2.3',
    'load app://tranche/',
  ])
  const [window] = windows
  if (window === undefined) throw new Error('no window')
  window.emit('ready-to-show')
  expect(done.splice(0)).toEqual(['show'])

  appProcess.emit('message', { kind: 'driving', services: ['demo-http'] })
  expect(done.splice(0)).toEqual(['awake'])
  window.close()
  const { detail } = await asked.promise
  expect(detail).toContain('demo-http')
  expect(detail).toMatch(/\p{Script=Han}/u)
  expect(done).toEqual([])

  answer = 1
  window.close()
  expect(await exited.promise).toBe(0)
  expect(done.splice(0)).toEqual(['app process told close', 'exit'])

  // Twice: the window is gone, and Electron wants to end as well.
  const quitting = { prevented: false, preventDefault: () => (quitting.prevented = true) }
  app.emit('will-quit', quitting)
  expect([quitting.prevented, done]).toEqual([true, []])
})

/** Cmd+Q tells nothing of windows, and so does whoever ends the process. */
test.each([
  ['Cmd+Q', () => app.emit('will-quit', { preventDefault: () => done.push('not yet') }), ['not yet']],
  ['SIGTERM', () => process.emit('SIGTERM'), []],
  ['SIGHUP', () => process.emit('SIGHUP'), []],
])('with %s the application ends in order, as when its window is closed', async (_, end, first) => {
  app.removeAllListeners()
  process.removeAllListeners('SIGTERM').removeAllListeners('SIGHUP')
  vi.resetModules()
  await import('../../../../electron/desktop/main.ts')
  await new Promise(setImmediate)
  done.splice(0)
  end()
  expect(done.splice(0)).toEqual([...first, 'app process told close'])
  await expect.poll(() => done).toEqual(['exit'])
})
