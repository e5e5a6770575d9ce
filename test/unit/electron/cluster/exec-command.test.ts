import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findOnPath } from '../../../../electron/cluster/exec-command.ts'
import { createHome, type Home } from '../../../support/kubeconfig-home.ts'

let home: Home
beforeEach(() => {
  home = createHome()
})
afterEach(() => home.remove())

function program(folder: string, name: string, mode = 0o755): string {
  mkdirSync(join(home.path, folder), { recursive: true })
  const path = join(home.path, folder, name)
  writeFileSync(path, '')
  chmodSync(path, mode)
  return path
}

test('a plugin is the first executable of its name on PATH, in absolute folders only', () => {
  program('a', 'login', 0o644)
  const found = program('b', 'login')
  program('c', 'login')
  const folders = ['a', 'b', 'c'].map((name) => join(home.path, name))
  expect(findOnPath('login', { PATH: ['.', ...folders].join(delimiter) })).toBe(found)
  expect(findOnPath('other', { PATH: folders.join(delimiter) })).toBeUndefined()
})

test('under Windows a name without an ending is a program with one of those in PATHEXT', () => {
  const az = program('azure', 'az.CMD')
  const aws = program('amazon', 'aws.EXE')
  const env = {
    PATH: [join(home.path, 'amazon'), join(home.path, 'azure')].join(delimiter),
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
  }
  expect(findOnPath('az', env)).toBe(az)
  expect(findOnPath('aws', env)).toBe(aws)
  expect(findOnPath('aws.EXE', env)).toBe(aws)
})
