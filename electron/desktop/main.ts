import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  session,
  utilityProcess,
} from 'electron'
import { defaultDataFolder } from '../app/host/data-folder.ts'
import { readStaticFiles, type StaticFile } from '../app/host/static-files.ts'
import { homeFolder } from '../app/host/this-person.ts'
import { windowFolder } from '../app/host/window-folder.ts'
import { writeLine } from '../app/host/write-line.ts'
import { keepAppProcess, type AppProcessKeeper } from './app-process-keeper.ts'
import { appScheme, pageUrl, serveAppScheme } from './app-scheme.ts'
import { guardContents, guardSession } from './guards.ts'
import { handPorts } from './ipc-pipe.ts'
import { menuTemplate } from './menu.ts'
import type { AppProcessOptions } from './messages.ts'
import { nativeWords } from './native-words.ts'
import { windowOptions } from './window.ts'

// Host 1. Window, menu, power and the application's process are all that happens here.
const { values } = parseArgs({
  // Chromium's own switches stand in the same line.
  strict: false,
  options: { training: { type: 'boolean' }, 'data-folder': { type: 'string' } },
})
const folder = values['data-folder']
const dataFolder =
  typeof folder === 'string' && folder !== ''
    ? // As the other hosts take it: Electron itself takes no relative path.
      resolve(folder)
    : defaultDataFolder({ env: process.env, homedir: homeFolder() })
const built = join(app.getAppPath(), 'dist')
const log = (line: string): void => writeLine(process.stderr, `${new Date().toISOString()} ${line}`)

// Electron shows every error that nobody takes in a box of its own: a terminal that was closed is none.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

app.enableSandbox()
// Windows shows no notification of a program that it can't name: the installer's `appId`.
app.setAppUserModelId('dev.tranche.desktop')
app.setPath('userData', windowFolder(dataFolder, log))
protocol.registerSchemesAsPrivileged([appScheme])
app.on('web-contents-created', (_event, contents) => guardContents(contents))
if (app.requestSingleInstanceLock({ dataFolder })) void app.whenReady().then(open).catch(giveUp)
else app.quit()

/** A sentence in a box, and an end: without a page there is nothing to show it on. */
function giveUp(error: unknown): void {
  dialog.showErrorBox(nativeWords(app.getLocale()).notStarted, messageOf(error))
  log(`Tranche could not start: ${messageOf(error)}`)
  app.exit(1)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function open(): void {
  guardSession(session.defaultSession)
  serveAppScheme(protocol, pageFiles())
  Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(process.platform)]))
  const keeper = keepAppProcess({ start: startApp, onDriving: keepAwake(), log })
  handPorts({ ipcMain, newChannel: () => new MessageChannelMain(), attach: keeper.attach, log })
  const window = openWindow(keeper)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  let leaving = false
  function leave(): void {
    if (leaving) return
    leaving = true
    void keeper.close().then(() => app.exit(0))
  }
  app.on('window-all-closed', leave)
  // Cmd+Q and a machine that shuts down end Electron without a word about windows, and would end it in the middle.
  app.on('will-quit', (event: { preventDefault(): void }) => {
    event.preventDefault()
    leave()
  })
  // Whoever ends it so asks nobody: a release goes on from its journal.
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)
}

/** The page, and the licences of what is bundled with the application: the page shows them. */
function pageFiles(): ReadonlyMap<string, StaticFile> {
  const licences = readStaticFiles(join(built, 'desktop')).get('/third-party-licences.txt')
  const page = readStaticFiles(join(built, 'renderer'))
  return licences === undefined ? page : new Map([...page, ['/application-licences.txt', licences]])
}

function startApp(): Electron.UtilityProcess {
  const options: AppProcessOptions = {
    training: values['training'] === true ? 'only' : 'auto',
    dataFolder,
    version: app.getVersion(),
  }
  return utilityProcess.fork(join(built, 'desktop', 'app-process.cjs'), [JSON.stringify(options)], {
    serviceName: 'Tranche',
    stdio: 'inherit',
  })
}

/** A machine that falls asleep in the middle of a release starts no further batch. */
function keepAwake(): (services: readonly string[]) => void {
  let blocker: number | undefined
  return (services) => {
    if (services.length > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker)
      blocker = undefined
    }
  }
}

function openWindow(keeper: AppProcessKeeper): BrowserWindow {
  const preload = join(built, 'desktop', 'preload.cjs')
  const window = new BrowserWindow(windowOptions({ preload, dark: nativeTheme.shouldUseDarkColors }))
  let sure = false
  window.once('ready-to-show', () => {
    window.show()
    writeLine(process.stdout, 'Tranche is ready: a window')
  })
  window.on('close', (event) => {
    const services = keeper.driving()
    if (sure || services.length === 0) return
    event.preventDefault()
    const words = nativeWords(app.getLocale())
    void dialog
      .showMessageBox(window, {
        type: 'question',
        message: words.closeTitle,
        detail: words.closeDetail(services),
        buttons: [words.stay, words.close],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response !== 1) return
        sure = true
        window.close()
      })
  })
  // The page is gone, the application is not: show the page again, which reads everything anew.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log(`the page ended (${reason}) and is loaded again`)
    window.webContents.reload()
  })
  void window.loadURL(pageUrl)
  return window
}
