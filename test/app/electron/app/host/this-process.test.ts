import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import {
  isGone,
  markOf,
  thisMachine,
  type MachineReads,
} from '../../../../../electron/app/host/this-process.ts'
import { holderText, parseHolder } from '../../../../../electron/release/holder.ts'

const stat = (started: number): string =>
  `9 (node (a) b) S ${Array.from({ length: 18 }, () => '0').join(' ')} ${String(started)} 0`

function linux(parts: Partial<MachineReads> & { readonly started?: number } = {}): MachineReads {
  return {
    platform: 'linux',
    read: (path) => (path.endsWith('boot_id') ? 'boot-1\n' : stat(parts.started ?? 500)),
    link: (path) => (path.endsWith('pid') ? 'pid:[4026531836]' : 'time:[4026531834]'),
    run: () => '',
    signal: () => undefined,
    ...parts,
  }
}

function refused(code: string) {
  return (): never => {
    throw Object.assign(new Error(code), { code })
  }
}

test('a process is told by boot, namespaces, number and start, and fits into a holder', () => {
  const process = markOf(9, linux())
  expect(process).toEqual({ machine: 'boot1.pid4026531836.time4026531834', pid: 9, started: '500' })
  const holder = { person: 'li@laptop', install: 'i', process, session: 's' }
  expect(parseHolder(holderText(holder))).toEqual(holder)
})

test('a container of the same machine, with its own numbers of processes, is another machine', () => {
  const inside = linux({ link: () => 'pid:[4026532999]' })
  expect(markOf(9, inside).machine).not.toBe(markOf(9, linux()).machine)
})

test('gone is what has no process, or a later one of the same number; one that may not be asked may be it', () => {
  const mark = markOf(9, linux())
  expect(isGone(mark, linux())).toBe(false)
  expect(isGone(mark, linux({ started: 501 }))).toBe(true)
  expect(isGone(mark, linux({ signal: refused('ESRCH') }))).toBe(true)
  expect(isGone(mark, linux({ signal: refused('EPERM') }))).toBe(false)
  const hidden = linux({ signal: refused('EPERM'), read: refused('ENOENT') })
  expect(isGone(mark, hidden)).toBe(false)
})

test('where a system tells nothing of it, each start is like no other', () => {
  const windows = linux({ platform: 'win32' })
  expect(markOf(9, windows).machine).not.toBe(markOf(9, windows).machine)
  const sealed = linux({ read: refused('EACCES') })
  expect(markOf(9, sealed).machine).not.toBe(markOf(9, sealed).machine)
})

test.skipIf(process.platform !== 'linux')('a real process lives, and is gone once it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const mark = markOf(child.pid ?? 0, thisMachine)
  expect(mark.machine).toBe(markOf(process.pid, thisMachine).machine)
  expect(isGone(mark, thisMachine)).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isGone(mark, thisMachine)).toBe(true)
})
