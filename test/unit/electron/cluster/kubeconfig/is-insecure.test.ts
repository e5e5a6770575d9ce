import { expect, test } from 'vitest'
import { isInsecure } from '../../../../../electron/cluster/kubeconfig/is-insecure.ts'

const checked = { insecure: false }
const unchecked = { insecure: true }

test('what is not encrypted, or whose certificate is not checked, is insecure', () => {
  expect(isInsecure({ server: 'https://far.example:6443', tls: checked })).toBe(false)
  expect(isInsecure({ server: 'https://far.example:6443', tls: unchecked })).toBe(true)
  expect(isInsecure({ server: 'http://10.0.0.12:8080', tls: checked })).toBe(true)
})

test('nothing on this machine itself is called insecure', () => {
  for (const server of [
    'http://127.0.0.1:8001',
    'https://localhost:6443',
    'http://[::1]:8080',
    'unix:/a.sock',
    '',
  ])
    expect(isInsecure({ server, tls: unchecked })).toBe(false)
})
