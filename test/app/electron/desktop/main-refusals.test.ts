import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'

// Electron's binary is not there in a test: what main asks of it is recorded.
const shown: (readonly string[])[] = []
const paths: string[] = []
const exited = Promise.withResolvers<number>()

vi.mock('electron', () => ({
  app: Object.assign(new EventEmitter(), {
    enableSandbox: () => undefined,
    setAppUserModelId: () => undefined,
    setPath: (_name: string, path: string) => paths.push(path),
    getAppPath: () => '/nowhere/at/all',
    getLocale: () => 'zh-CN',
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    exit: (code: number) => exited.resolve(code),
  }),
  dialog: { showErrorBox: (...words: readonly string[]) => shown.push(words) },
  protocol: { registerSchemesAsPrivileged: () => undefined, handle: () => undefined },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
      setDevicePermissionHandler: () => undefined,
    },
  },
}))

const { argv } = process
const folder = mkdtempSync(join(tmpdir(), 'tranche-refusals-'))
afterEach(() => {
  process.argv = argv
  rmSync(folder, { recursive: true, force: true })
  vi.restoreAllMocks()
})

test('a data folder counts from where one stands, and a page that is not there is a sentence with exit code 1', async () => {
  process.argv = [...argv.slice(0, 2), '--data-folder', relative(process.cwd(), folder)]
  const said: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  await import('../../../../electron/desktop/main.ts')
  expect(await exited.promise).toBe(1)
  expect(paths).toEqual([join(folder, 'window')])
  const [[title, message] = []] = shown
  expect(title).toBe('Tranche 无法启动')
  expect(message).not.toMatch(/\n {4}at /)
  expect(said.join('')).toContain('Tranche could not start: ')
  expect(said.join('')).not.toMatch(/\n {4}at /)
})
