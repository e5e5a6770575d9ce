import { spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSystemClock } from '../../../../../electron/cluster/clock/clock.ts'
import { createLoginShell, withLoginShell } from '../../../../../electron/cluster/sign-in/login-shell.ts'
import { eventually } from '../../../../support/eventually.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'
import { createPluginFolder, type PluginFolder } from '../../../../support/plugin-folder.ts'

let folder: PluginFolder
beforeEach(() => (folder = createPluginFolder()))
afterEach(() => folder.remove())

const marker = 'a-marker-that-nothing-prints'

function shellAt(path: string, clock = createSystemClock()) {
  const env = { SHELL: path, PATH: process.env['PATH'], ONE: 'ours' }
  return createLoginShell({ spawn, clock, env, marker, log: () => undefined })
}

test('a real shell tells its environment', async () => {
  const found = await shellAt('/bin/sh')()
  expect(found['ONE']).toBe('ours')
  expect(found['PATH']).toContain('/')
})

test('greetings, integrations and line ends in values do no harm', async () => {
  const shell = folder.write(
    'shell',
    `console.log('Welcome! PATH=/wrong'); console.error('warning')
process.stdout.write('${marker}' + ['PATH=/a:/b', 'TEXT=two\\nlines', 'KUBECONFIG=/k', 'nonsense'].join('\\0') + '${marker}')
console.log('goodbye')`,
  )
  expect(await shellAt(shell)()).toEqual({ PATH: '/a:/b', TEXT: 'two\nlines', KUBECONFIG: '/k' })
})

test('it is asked once, as a login and interactive shell, however many want to know', async () => {
  const shell = folder.write(
    'shell',
    `note(process.argv.slice(2, 5).join(' ')); process.stdout.write('${marker}PATH=/a${marker}')`,
  )
  const ask = shellAt(shell)
  await Promise.all([ask(), ask(), ask()])
  expect(folder.notes()).toEqual(['-i -l -c'])
})

test('a shell that waits for something is ended after ten seconds, and nothing is known', async () => {
  const shell = folder.write('shell', `note('run'); setInterval(() => 0, 1e6)`)
  const clock = createFakeClock()
  const found = shellAt(shell, clock)()
  await eventually(() => Promise.resolve(folder.notes()[0]), { what: 'the shell to run' })
  await clock.advance(10_000)
  expect(await found).toEqual({})
})

test.each(['/no/such/shell', ''])('without a usable shell (%j) nothing is known', async (path) => {
  expect(await shellAt(path)()).toEqual({})
})

test("the shell's folders come first on PATH, ours stay, and our own variables win", () => {
  expect(
    withLoginShell(
      { PATH: '/usr/bin:/opt/own', KEEP: 'ours' },
      { PATH: '/opt/brew:/usr/bin', KEEP: 'theirs', KUBECONFIG: '/k' },
    ),
  ).toEqual({ PATH: '/opt/brew:/usr/bin:/opt/own', KEEP: 'ours', KUBECONFIG: '/k' })
})
