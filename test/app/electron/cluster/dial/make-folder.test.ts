import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeOf, makeFolder } from '../../../../../electron/cluster/dial/make-folder.ts'

let home = ''
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'tranche-folder-'))))
afterEach(() => rmSync(home, { recursive: true, force: true }))

function refusal(path: string): string {
  try {
    makeFolder(path)
    return 'made'
  } catch (error) {
    return codeOf(error)
  }
}

test('a folder is made with those above it, for this person only, and made once', () => {
  const path = join(home, 'a', 'b', 'c')
  makeFolder(path)
  makeFolder(path)
  expect(statSync(path).isDirectory()).toBe(true)
  if (process.platform !== 'win32') expect(statSync(join(home, 'a')).mode & 0o777).toBe(0o700)
})

test('a file in its place, or above it, is told and not waited for', () => {
  writeFileSync(join(home, 'file'), '')
  expect(refusal(join(home, 'file'))).toBe('EEXIST')
  expect(refusal(join(home, 'file', 'below'))).toBe('ENOTDIR')
})

test.runIf(process.platform === 'linux')(
  'where nothing can be made, it is refused and not tried for ever',
  () => {
    expect(refusal('/proc/tranche')).toBe('ENOENT')
    expect(refusal('/proc/tranche/below')).toBe('ENOENT')
  },
)
