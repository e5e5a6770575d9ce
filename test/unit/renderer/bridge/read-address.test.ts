import { expect, test } from 'vitest'
import { keyIn, readAddress } from '../../../../renderer/bridge/read-address.ts'

const key = 'B'.repeat(43)
const here = '127.0.0.1:4000'

test.each([
  [`http://127.0.0.1:4000/#k=${key}`, { kind: 'key', key }],
  [`  http://127.0.0.1:4000/#k=${key}\n`, { kind: 'key', key }],
  [key, { kind: 'key', key }],
  [`http://127.0.0.1:5000/#k=${key}`, { kind: 'elsewhere', url: `http://127.0.0.1:5000/#k=${key}` }],
  ['http://127.0.0.1:4000/', { kind: 'none' }],
  ['http://127.0.0.1:4000/#k=short', { kind: 'none' }],
  [`http://evil.example/#k=${key}`, { kind: 'none' }],
  [`https://127.0.0.1:4000/#k=${key}`, { kind: 'none' }],
  [`javascript:alert(1)#k=${key}`, { kind: 'none' }],
  ['', { kind: 'none' }],
])('what is pasted as an address (%s) opens Tranche on this machine and nothing else', (typed, read) => {
  expect(readAddress(typed, here)).toEqual(read)
})

test('a fragment without a key, or with something else for it, has none', () => {
  expect(keyIn(`#k=${key}`)).toBe(key)
  for (const fragment of ['', '#', '#k=', '#k=a b', `#x=${key}`]) expect(keyIn(fragment)).toBeUndefined()
})
