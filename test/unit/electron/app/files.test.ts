import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSettings, type SettingsFile } from '../../../../electron/app/files.ts'

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
