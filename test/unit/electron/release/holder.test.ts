import { expect, test } from 'vitest'
import { holderText, isOurPast, parseHolder, type Holder } from '../../../../electron/release/holder.ts'

const self: Holder = { person: 'li.wei@laptop', install: 'install-1', pid: 10, session: 'aa' }

test('a holder survives being written into a Lease', () => {
  expect(parseHolder(holderText(self))).toEqual(self)
})

test('a lock that a killed run of this installation left behind is ours', () => {
  expect(isOurPast(holderText({ ...self, pid: 9, session: 'bb' }), self, () => false)).toBe(true)
})

test('a second window of this installation that still lives is somebody else', () => {
  expect(isOurPast(holderText({ ...self, pid: 9, session: 'bb' }), self, () => true)).toBe(false)
})

test('another installation, even of the same person, is somebody else', () => {
  expect(isOurPast(holderText({ ...self, install: 'install-2', pid: 9 }), self, () => false)).toBe(false)
})

test('a holder that Tranche has not written is somebody else', () => {
  expect(isOurPast('kube-controller-manager_1234', self, () => false)).toBe(false)
})
