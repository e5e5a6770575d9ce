import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createSystemApp } from '../../electron/app/create-system-app.ts'
import { readStaticFiles } from '../../electron/app/host/static-files.ts'
import { startBrowserServer } from '../../electron/browser/http-server.ts'
import { expect, test, type Page } from '@playwright/test'
import { build } from 'vite'
import type { Pipe } from '../../shared/rpc-pipe.ts'

const root = resolve(import.meta.dirname, '..', '..')

/**
 * Stands in for what only Electron's binary has: the page's world gets the preload's object, and a port that the main
 * process would have made. The preload, the page, the pipe's protocol and the application are the real ones.
 */
const electronInThePage = `
  const listeners = new Map()
  window.electronForTest = {
    contextBridge: { exposeInMainWorld: (name, value) => { window[name] = Object.freeze(value) } },
    ipcRenderer: {
      on: (channel, listener) => listeners.set(channel, listener),
      send: (channel) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = (event) => window.pageSays(JSON.stringify(event.data))
        window.appSays = (text) => port1.postMessage(JSON.parse(text))
        window.pageSays('open').then(() => listeners.get(channel)({ ports: [port2] }))
      },
    },
  }
`

async function preload(folder: string): Promise<string> {
  const outDir = join(folder, 'desktop')
  const configFile = join(root, 'vite.desktop.config.ts')
  await build({ configFile, mode: 'preload', logLevel: 'error', build: { outDir } })
  const text = readFileSync(join(outDir, 'preload.cjs'), 'utf8')
  return `{ ${electronInThePage}; const require = () => window.electronForTest; ${text} }`
}

/** The application's end of the page's port. */
async function pipeOf(page: Page, attach: (pipe: Pipe) => void): Promise<void> {
  let listener: (message: unknown) => void = () => undefined
  const pipe: Pipe = {
    send: (message) =>
      void page
        .evaluate(
          (text) => (window as unknown as { appSays(text: string): void }).appSays(text),
          JSON.stringify(message),
        )
        // The page is gone at the end of the test.
        .catch(() => undefined),
    onMessage: (take) => ((listener = take), () => undefined),
    onClose: () => () => undefined,
    close: () => undefined,
  }
  await page.exposeFunction('pageSays', (text: string) => {
    if (text === 'open') attach(pipe)
    else listener(JSON.parse(text))
  })
}

test('the page works over the desktop host: its preload hands it one object and a port', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-desktop-'))
  const app = await createSystemApp({
    training: 'only',
    dataFolder: join(folder, 'data'),
    env: { KUBECONFIG: join(folder, 'none') },
    homedir: folder,
    version: '0',
    log: () => undefined,
  })
  const server = await startBrowserServer({
    port: 0,
    secret: 'not used',
    files: readStaticFiles(join(root, 'dist', 'renderer')),
    attach: () => {
      throw new Error('the page must not use a socket here')
    },
    log: () => undefined,
  })
  await page.addInitScript({ content: await preload(folder) })
  await pipeOf(page, (pipe) => app.attach(pipe))
  await page.goto(`http://127.0.0.1:${server.port}/`)
  await page.getByRole('button', { name: /^demo-http/ }).click()
  await expect(page.getByRole('listitem', { name: 'Batch 4', exact: true })).toContainText('16 of 16 ready')
  const given = await page.evaluate(() => {
    const bridge = (window as unknown as { readonly tranche: object }).tranche
    return { names: Object.keys(bridge), frozen: Object.isFrozen(bridge) }
  })
  expect(given).toEqual({ names: ['openPipe'], frozen: true })
  await server.close()
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})
