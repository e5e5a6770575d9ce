import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unsavedWords } from '../../../../../shared/words/unsaved-words.ts'
import {
  openSettings,
  unsavedFor,
  type SettingsFile,
} from '../../../../../electron/app/storage/settings-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(newId = 'install-1'): SettingsFile {
  return openSettings(folder, { newId: () => newId, log: () => undefined })
}
function drive(settings: SettingsFile, service: string): void {
  settings.change((old) => ({
    ...old,
    driving: [...old.driving, { connection: 'c', namespace: 'demo', service }],
  }))
}

test('a window and a terminal that share the settings never lose the releases of each other', () => {
  const window = open()
  const terminal = open('another')
  drive(window, 'demo-http')
  drive(terminal, 'shop-http')
  drive(window, 'hello-http')
  expect(
    open()
      .read()
      .driving.map((one) => one.service),
  ).toEqual(['demo-http', 'shop-http', 'hello-http'])
  expect(terminal.read().install).toBe('install-1')
})

test('settings that cannot be read are set aside and begin anew', () => {
  open()
  writeFileSync(join(folder, 'settings.json'), '{"schema":')
  expect(open('install-2').read()).toEqual({
    schema: 1,
    install: 'install-2',
    driving: [],
    namespaces: {},
    kubeconfigs: [],
    plans: [],
    clusters: {},
  })
  expect(readFileSync(join(folder, 'settings.json.broken'), 'utf8')).toBe('{"schema":')
})

/** Where the folder would be there is a file: nobody can write below it, whatever his rights. */
function inTheWay() {
  const data = join(folder, 'data')
  writeFileSync(data, '')
  const later: { readonly ms: number; readonly run: () => void }[] = []
  const lines: string[] = []
  const settings = openSettings(data, {
    newId: () => 'install-1',
    log: (line) => lines.push(line),
    after: (ms, run) => later.push({ ms, run }),
  })
  return { data, later, lines, settings }
}

test('what can not be written is said, tried again every 10 s, and said no more once it is written', () => {
  const { data, later, lines, settings } = inTheWay()
  let told = 0
  settings.onChange(() => told++)
  expect(settings.unsaved()).toEqual({ folder: data, why: 'in-the-way', code: 'EEXIST' })
  drive(settings, 'demo-http')
  expect(later.map((one) => one.ms)).toEqual([10_000])
  later.shift()?.run()
  expect(settings.unsaved()?.why).toBe('in-the-way')
  expect([later.length, lines.length]).toEqual([1, 1])
  rmSync(data)
  told = 0
  later.shift()?.run()
  expect([settings.unsaved(), told, later.length]).toEqual([undefined, 1, 0])
  const again = openSettings(data, { newId: () => 'install-2', log: () => undefined })
  expect(again.read().install).toBe('install-1')
  expect(again.read().driving).toHaveLength(1)
})

test('a change that is written ends the trying as well', () => {
  const { data, later, settings } = inTheWay()
  rmSync(data)
  drive(settings, 'demo-http')
  expect(settings.unsaved()).toBeUndefined()
  const before = readFileSync(join(data, 'settings.json'), 'utf8')
  writeFileSync(join(data, 'settings.json'), before.replace('demo-http', 'shop-http'))
  later.shift()?.run()
  // What another process has written since is not overwritten by an old try.
  expect(readFileSync(join(data, 'settings.json'), 'utf8')).toContain('shop-http')
  expect(later).toEqual([])
})

test('settings that cannot be read, on a disk that cannot be written, are no reason not to begin', () => {
  open()
  writeFileSync(join(folder, 'settings.json'), '{"schema":')
  mkdirSync(join(folder, 'settings.json.broken'))
  expect(open('install-2').read().install).toBe('install-2')
})

test.each([
  ['ENOSPC', 'no-room'],
  ['EDQUOT', 'no-room'],
  ['EROFS', 'read-only'],
  ['EACCES', 'denied'],
  ['ENOTDIR', 'in-the-way'],
  ['ENOENT', 'missing'],
  ['EIO', 'failed'],
])('%s is told as %s, in both languages', (code, why) => {
  const unsaved = unsavedFor('/data', Object.assign(new Error(code), { code }))
  expect(unsaved).toEqual({ folder: '/data', why, code })
  expect(unsavedWords.en.text(unsaved)).toContain(`/data: `)
  expect(unsavedWords.zh.text(unsaved)).toContain(`（${code}）`)
})
