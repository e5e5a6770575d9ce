// `npm start`: installs and builds what is missing, then opens the window, or serves the browser host where there
// can be none. Runs on Node 20; the application on Node 24.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findElectron } from './find-electron.mjs'
import { buildDesktop, buildPage, install, node24, root } from './install.mjs'
import { passSignals } from './pass-signals.mjs'

const browserOptions = ['--browser', '--no-open', '--open', '--port']
const readyLine = 'Tranche is ready'

install()
const node = node24()
buildPage(node)
const args = process.argv.slice(2)
if (args.some((one) => browserOptions.includes(one.split('=')[0]))) serveBrowser()
else openWindow()

function openWindow() {
  const electron = findElectron(node)
  if (electron.path === undefined) {
    insteadOfWindow(electron.why)
    return
  }
  buildDesktop(node)
  const child = spawn(electron.path, [root, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let ready = false
  child.stdout.on('data', (data) => {
    process.stdout.write(data)
    ready ||= String(data).includes(readyLine)
  })
  child.on('error', () => insteadOfWindow('Electron could not be started'))
  child.on('exit', (code, signal) => {
    if (ready || code === 0) process.exit(code ?? 1)
    else if (signal !== 'SIGINT') insteadOfWindow('Electron ended at once')
  })
  passSignals(child, process)
}

function insteadOfWindow(why) {
  console.log(`There is no window here (${why}): Tranche opens in the browser instead.`)
  serveBrowser()
}

function serveBrowser() {
  const host = [join(root, 'electron', 'browser', 'main.ts'), ...args.filter((one) => one !== '--browser')]
  const child = spawn(node, host, { cwd: root, stdio: 'inherit' })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)))
  passSignals(child, process)
}
