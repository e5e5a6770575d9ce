import { EventEmitter } from 'node:events'

type Handler = (...args: readonly unknown[]) => unknown

/** The contents of a window: what the page is made to try is emitted here, and answered by who listens. */
export class FakeContents extends EventEmitter {
  opener: Handler | undefined
  reloads = 0
  setWindowOpenHandler(opener: Handler): void {
    this.opener = opener
  }
  reload(): void {
    this.reloads++
  }
  /** Whether somebody holds it back. */
  tries(event: string, url: string): boolean {
    let prevented = false
    this.emit(event, { url, preventDefault: () => (prevented = true) })
    return !prevented
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly done: string[] = []
  readonly options: unknown
  minimized = false
  closed = false
  constructor(options: unknown) {
    super()
    this.options = options
  }
  show(): void {
    this.done.push('show')
  }
  focus(): void {
    this.done.push('focus')
  }
  restore(): void {
    this.done.push('restore')
  }
  close(): void {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) }
    this.emit('close', event)
    this.closed = !event.prevented
  }
  isMinimized(): boolean {
    return this.minimized
  }
  loadURL(url: string): Promise<void> {
    this.done.push(`load ${url}`)
    return Promise.resolve()
  }
}

/**
 * What Electron is asked for by our main process, in order: its binary is not there in a test. Handlers that it is
 * given are kept, so that a test asks them what Chromium would.
 */
export function fakeElectron(given: {
  readonly appPath: string
  readonly isFirst: boolean
  /** What the person presses when asked. */
  readonly answer?: number
}) {
  const asked: string[] = []
  const handlers: Record<string, Handler> = {}
  const windows: FakeWindow[] = []
  const posted: { readonly message: unknown; readonly ports: readonly unknown[] }[] = []
  const forks: { readonly path: string; readonly args: readonly string[]; readonly options: unknown }[] = []
  const ready = Promise.withResolvers<null>()
  const quits = { count: 0 }
  const questions: unknown[] = []
  const awake: string[] = []
  const keep =
    (name: string) =>
    (handler: Handler): void => {
      asked.push(name)
      handlers[name] = handler
    }
  const app = Object.assign(new EventEmitter(), {
    enableSandbox: () => asked.push('sandbox'),
    setAppUserModelId: (id: string) => asked.push(`id ${id}`),
    setPath: (name: string, path: string) => asked.push(`path ${name} ${path}`),
    getAppPath: () => given.appPath,
    getVersion: () => '1.2.3',
    getLocale: () => 'en-US',
    requestSingleInstanceLock: () => {
      asked.push('lock')
      return given.isFirst
    },
    whenReady: () => ready.promise,
    quit: () => quits.count++,
    exit: () => undefined,
  })
  const appProcess = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown, ports: readonly unknown[] = []) => posted.push({ message, ports }),
    kill: () => true,
  })
  const ipcMain = new EventEmitter()
  const module = {
    app,
    BrowserWindow: class extends FakeWindow {
      constructor(options: unknown) {
        super(options)
        windows.push(this)
        asked.push('window')
      }
    },
    dialog: {
      showMessageBox(_window: unknown, options: unknown) {
        questions.push(options)
        return Promise.resolve({ response: given.answer ?? 0 })
      },
    },
    ipcMain,
    Menu: {
      setApplicationMenu: (menu: unknown) => asked.push(`menu ${JSON.stringify(menu)}`),
      buildFromTemplate: (template: unknown) => template,
    },
    MessageChannelMain: class {
      readonly port1 = 'end of the application'
      readonly port2 = 'end of the page'
    },
    nativeTheme: { shouldUseDarkColors: true },
    powerSaveBlocker: {
      start(kind: string) {
        awake.push(kind)
        return awake.length
      },
      stop: (id: number) => awake.push(`stop ${String(id)}`),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown) => asked.push(`schemes ${JSON.stringify(schemes)}`),
      handle: (scheme: string, handler: Handler) => keep(`serve ${scheme}`)(handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: keep('permission request'),
        setPermissionCheckHandler: keep('permission check'),
        setDevicePermissionHandler: keep('device permission'),
      },
    },
    utilityProcess: {
      fork(path: string, args: readonly string[], options: unknown) {
        asked.push('fork')
        forks.push({ path, args, options })
        return appProcess
      },
    },
  }
  const events: { readonly app: EventEmitter; readonly ipcMain: EventEmitter } = { app, ipcMain }
  const electron: object = module
  return {
    module: electron,
    ...events,
    appProcess: appProcess as EventEmitter,
    questions,
    awake,
    asked,
    handlers,
    windows,
    posted,
    forks,
    ready,
    quits,
  }
}
