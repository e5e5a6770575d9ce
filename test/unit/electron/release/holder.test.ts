import { expect, test } from 'vitest'
import {
  holderText,
  isInDoubt,
  isOurPast,
  parseHolder,
  type Holder,
} from '../../../../electron/release/holder.ts'

const process = { machine: 'boot1.pid4026531836.', pid: 10, started: '777' }
const self: Holder = { person: 'li.wei@laptop', install: 'install-1', process, session: 'aa' }
const before: Holder = { ...self, process: { ...process, pid: 9, started: '5' }, session: 'bb' }
const gone = (): boolean => true

test('a holder is written and read back; what is of somebody else is left alone', () => {
  expect(parseHolder(holderText(self))).toEqual(self)
  expect(parseHolder('kube-controller-manager_1234')).toBeUndefined()
  expect(isOurPast('kube-controller-manager_1234', self, gone)).toBe(false)
})

test('an earlier process of this very machine that is gone is our own past, one that lives is not', () => {
  expect(isOurPast(holderText(before), self, gone)).toBe(true)
  expect(isOurPast(holderText(before), self, () => false)).toBe(false)
  expect(isOurPast(holderText(self), self, gone)).toBe(false)
})

test('another machine, container or boot with the same installation is in doubt, whatever its process number', () => {
  for (const machine of ['boot2.pid4026531836.', 'boot1.pid4026532999.', 'unknown']) {
    const other = { ...before, process: { ...before.process, machine } }
    expect(isOurPast(holderText(other), self, gone)).toBe(false)
    expect(isInDoubt(holderText(other), self)).toBe(true)
  }
  expect(isInDoubt(holderText({ ...before, install: 'install-2' }), self)).toBe(false)
  // Of this machine it is known whether it lives.
  expect(isInDoubt(holderText(before), self)).toBe(false)
  expect(isOurPast(holderText({ ...before, install: 'install-2' }), self, gone)).toBe(false)
})

test('what an earlier build wrote is understood, and in doubt: nobody can say on which machine it was', () => {
  const text = 'li.wei@laptop/install-1/9-bb'
  expect(parseHolder(text)).toEqual({ person: 'li.wei@laptop', install: 'install-1', session: 'bb' })
  expect(isOurPast(text, self, gone)).toBe(false)
  expect(isInDoubt(text, self)).toBe(true)
})

test('what only resembles a holder is none: what is left out, or follows', () => {
  expect(parseHolder('li.wei@laptop/install-1/12345-bb')?.session).toBe('bb')
  for (const text of [
    'li.wei@laptop/install-1/9-bb/more',
    'li.wei@laptop/install-1/9-bb-more',
    'li.wei@laptop/install-1/x-bb',
    'install-1/9-bb',
    '/install-1/9-bb',
    'li.wei@laptop/install-1/boot/x.777-aa',
    `${holderText(self)}/more`,
    `${holderText(self)}-more`,
    '',
  ])
    expect(parseHolder(text), text).toBeUndefined()
})
