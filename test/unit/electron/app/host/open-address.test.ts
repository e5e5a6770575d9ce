import { expect, test } from 'vitest'
import { createAddressOpener } from '../../../../../electron/app/host/open-address.ts'

test('a port of this machine is shown by the opener of the system, and nothing else is', () => {
  const started: string[] = []
  const openerOn = (platform: string, env: Readonly<Record<string, string>> = {}) =>
    createAddressOpener({
      platform,
      env,
      spawn: (program, args) => started.push([program, ...args].join(' ')),
    })
  openerOn('linux')('http://127.0.0.1:41233/')
  openerOn('darwin')('http://127.0.0.1:1/')
  openerOn('win32', { SystemRoot: 'D:\\Windows' })('http://127.0.0.1:65535/')
  const wrong = [
    'https://127.0.0.1:1/',
    'http://127.0.0.1:1/x',
    'http://127.0.0.1:1@evil.example/',
    'file:///etc/passwd',
    '--help',
    'http://10.0.0.1:1/',
  ]
  for (const address of wrong) openerOn('linux')(address)
  expect(started).toEqual([
    'xdg-open http://127.0.0.1:41233/',
    '/usr/bin/open http://127.0.0.1:1/',
    'D:\\Windows\\explorer.exe http://127.0.0.1:65535/',
  ])
})
