import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { FakeContents, fakeElectron } from '../../../support/fake-electron.ts'

// Each part is tested by itself; here is that main has wired it. Whoever removes a line of that sees it here.
const folder = mkdtempSync(join(tmpdir(), 'tranche-assembly-'))
for (const name of ['renderer', 'desktop']) mkdirSync(join(folder, 'dist', name), { recursive: true })
writeFileSync(join(folder, 'dist', 'renderer', 'index.html'), '<!doctype html>')
const streams = [process.stdout, process.stderr].map((stream) => ({
  stream,
  own: stream.listeners('error'),
}))
afterEach(() => {
  for (const { stream, own } of streams)
    for (const listener of stream.listeners('error') as (() => void)[])
      if (!own.includes(listener)) stream.off('error', listener)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Where nothing of it is left behind. */
const data = join(folder, 'data')
const preload = join(folder, 'dist', 'desktop', 'preload.cjs')

async function start({
  isFirst = true,
  answer = 0,
  args = ['--data-folder', data] as readonly string[],
} = {}) {
  const electron = fakeElectron({ appPath: folder, isFirst, answer })
  vi.resetModules()
  vi.doMock('electron', () => electron.module)
  const argv = process.argv
  const listened = [process.stdout.listenerCount('error'), process.stderr.listenerCount('error')] as const
  process.argv = [...argv.slice(0, 2), ...args]
  try {
    await import('../../../../electron/desktop/main.ts')
  } finally {
    process.argv = argv
  }
  const open = async (): Promise<void> => {
    electron.ready.resolve(null)
    await electron.ready.promise
  }
  return { ...electron, open, listened }
}

async function opened(options?: Parameters<typeof start>[0]) {
  const electron = await start(options)
  await electron.open()
  const [window] = electron.windows
  if (window === undefined) throw new Error('no window was opened')
  return { ...electron, window }
}

test('before anything is shown all pages are sandboxed, the scheme is known, and the data have their folder', async () => {
  const { asked } = await start({ args: ['--data-folder', data, '--enable-features=OfChromium'] })
  expect(asked).toEqual([
    'sandbox',
    'id dev.tranche.desktop',
    `path userData ${join(data, 'window')}`,
    'schemes [{"scheme":"app","privileges":{"standard":true,"secure":true,"supportFetchAPI":true,"codeCache":true}}]',
    'lock',
  ])
})

test('a data folder that can not be written is no reason to end without a word', async () => {
  writeFileSync(join(folder, 'a-file'), '')
  const { asked, open, windows } = await start({ args: ['--data-folder', join(folder, 'a-file')] })
  const [, path = ''] = /^path userData (.*)$/.exec(asked.find((one) => one.startsWith('path ')) ?? '') ?? []
  expect(path.startsWith(join(tmpdir(), 'tranche-window-'))).toBe(true)
  rmSync(path, { recursive: true })
  await open()
  expect(windows).toHaveLength(1)
})

test('whatever contents are made, by whomever, are held to the page', async () => {
  const { app } = await start()
  const contents = new FakeContents()
  app.emit('web-contents-created', {}, contents)
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    expect(contents.tries(event, 'https://example.com/')).toBe(false)
    expect(contents.tries(event, 'app://tranche/')).toBe(true)
  }
  expect(contents.tries('will-attach-webview', 'app://tranche/')).toBe(false)
  expect(contents.opener?.()).toEqual({ action: 'deny' })
})

test('the window is opened as the guards have it, and nothing else is', async () => {
  const { window, windows } = await opened()
  expect(windows).toHaveLength(1)
  expect(window.options).toEqual({
    title: 'Tranche',
    width: 1440,
    height: 900,
    minWidth: 1100,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#191c22',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      safeDialogs: true,
    },
  })
  expect(window.done).toEqual(['load app://tranche/'])
  window.emit('ready-to-show')
  expect(window.done).toEqual(['load app://tranche/', 'show'])
})

test('a page may copy and notify; it gets no camera, no device and no clipboard to read', async () => {
  const { handlers, asked } = await opened()
  // Before the window is there: a page that were first could ask.
  expect(asked.indexOf('permission request')).toBeLessThan(asked.indexOf('window'))
  for (const permission of ['media', 'clipboard-read', 'usb', 'geolocation', 'openExternal']) {
    const answer = vi.fn()
    handlers['permission request']?.(null, permission, answer)
    expect(answer.mock.calls).toEqual([[false]])
    expect(handlers['permission check']?.(null, permission)).toBe(false)
  }
  expect(handlers['permission check']?.(null, 'clipboard-sanitized-write')).toBe(true)
  expect(handlers['device permission']?.({})).toBe(false)
})

test('the page is served by us, with its policy', async () => {
  const { handlers } = await opened()
  const answer = (await handlers['serve app']?.(new Request('app://tranche/'))) as Response
  expect(await answer.text()).toBe('<!doctype html>')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('the page is given the licences of what is bundled with the application', async () => {
  const licences = join(folder, 'dist', 'desktop', 'third-party-licences.txt')
  writeFileSync(licences, '## undici')
  const { handlers } = await opened()
  const answer = (await handlers['serve app']?.(
    new Request('app://tranche/application-licences.txt'),
  )) as Response
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
    'text/plain; charset=utf-8',
    '## undici',
  ])
})

test('a second start opens nothing: the first one comes to the front', async () => {
  const second = await start({ isFirst: false })
  expect(second.quits.count).toBe(1)
  await second.open()
  expect([second.windows, second.forks]).toEqual([[], []])

  const { app, window, quits } = await opened()
  app.emit('second-instance')
  expect(window.done.splice(0)).toEqual(['load app://tranche/', 'focus'])
  window.minimized = true
  app.emit('second-instance')
  expect(window.done).toEqual(['restore', 'focus'])
  expect(quits.count).toBe(0)
})

test('the application is a process of its own, and only our page gets a way to it', async () => {
  const { forks, ipcMain, posted } = await opened({ args: ['--training', '--data-folder', data] })
  const [fork] = forks
  expect(fork?.path).toBe(join(folder, 'dist', 'desktop', 'app-process.cjs'))
  expect(JSON.parse(fork?.args[0] ?? '')).toEqual({ training: 'only', dataFolder: data, version: '1.2.3' })
  expect(fork?.options).toEqual({ serviceName: 'Tranche', stdio: 'inherit' })

  ipcMain.emit('tranche.pipe', { senderFrame: { parent: null, origin: 'https://example.com' } })
  expect(posted).toEqual([])
  const given: unknown[] = []
  const postMessage = (...message: readonly unknown[]): void => void given.push(message)
  ipcMain.emit('tranche.pipe', { senderFrame: { parent: null, origin: 'app://tranche', postMessage } })
  expect(posted).toEqual([{ message: { kind: 'port' }, ports: ['end of the application'] }])
  expect(given).toEqual([['tranche.pipe', null, ['end of the page']]])
})

test('while a release runs here the machine stays awake, and no longer', async () => {
  const { appProcess, awake } = await opened()
  const driving = (services: readonly string[]) => appProcess.emit('message', { kind: 'driving', services })
  driving(['demo-http'])
  driving(['demo-http', 'shop-http'])
  expect(awake).toEqual(['prevent-app-suspension'])
  driving([])
  driving([])
  expect(awake).toEqual(['prevent-app-suspension', 'stop 1'])
  driving(['demo-http'])
  expect(awake.at(-1)).toBe('prevent-app-suspension')
})

test('closing leaves no release without a question, whose way out is what is at hand', async () => {
  const { appProcess, window, questions } = await opened({ answer: 0 })
  appProcess.emit('message', { kind: 'driving', services: ['demo-http'] })
  window.close()
  await Promise.resolve()
  expect(window.closed).toBe(false)
  expect(questions).toEqual([
    {
      type: 'question',
      message: 'A release is running',
      detail: expect.stringContaining('demo-http') as string,
      buttons: ['Cancel', 'Close Tranche'],
      defaultId: 0,
      cancelId: 0,
    },
  ])
  appProcess.emit('message', { kind: 'driving', services: [] })
  window.close()
  expect(window.closed).toBe(true)
  expect(questions).toHaveLength(1)
})

test('who agrees to leave it leaves it', async () => {
  const { appProcess, window } = await opened({ answer: 1 })
  appProcess.emit('message', { kind: 'driving', services: ['demo-http'] })
  window.close()
  await vi.waitFor(() => expect(window.closed).toBe(true))
})

test('a page that ended is shown again, one that was closed is not', async () => {
  const { window } = await opened()
  window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  expect(window.webContents.reloads).toBe(0)
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  expect(window.webContents.reloads).toBe(1)
})

test('a terminal that was closed is no error, and the menu has the keys of copy, paste and zoom', async () => {
  const { asked, listened } = await opened()
  expect(process.stdout.listenerCount('error')).toBe(listened[0] + 1)
  expect(process.stderr.listenerCount('error')).toBe(listened[1] + 1)
  const menu = asked.find((one) => one.startsWith('menu '))
  for (const role of ['editMenu', 'viewMenu', 'windowMenu']) expect(menu).toContain(role)
})
