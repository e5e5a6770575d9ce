import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { execCommandOf, findOnPath } from '../../../../../electron/cluster/sign-in/exec-command.ts'
import { pluginWarnings } from '../../../../../electron/cluster/sign-in/plugin-warnings.ts'
import { createHome, type Home } from '../../../../support/kubeconfig-home.ts'
import { buildExec } from '../../../../support/plugin-folder.ts'
import { spoken } from '../../../../support/spoken.ts'

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

test('a folder of that name is no program, and a path from nowhere is not looked for on PATH', () => {
  program('a/login', 'inside')
  const found = program('b', 'login')
  program('b/bin', 'login')
  const folders = ['a', 'b'].map((name) => join(home.path, name)).join(delimiter)
  expect(findOnPath('login', { PATH: folders })).toBe(found)
  expect(findOnPath('bin/login', { PATH: folders })).toBeUndefined()
  expect(findOnPath('', { PATH: folders })).toBeUndefined()
})

test('a bare name that is in relative folders only is refused before anybody is asked', () => {
  const env = { PATH: ['.', 'bin', '', '/nowhere'].join(delimiter) }
  expect(spoken(execCommandOf(buildExec('login', { installHint: 'Install it.' }), env))).toEqual({
    ok: false,
    fault: { code: 'plugin', message: 'login was not found (looked in /nowhere). Install it.' },
  })
})

test('what is agreed to has the path that is run, and the name that the kubeconfig has for it', () => {
  const path = program('a', 'login')
  const found = execCommandOf(buildExec('login', { args: ['a b', ''] }), { PATH: join(home.path, 'a') })
  expect(found).toMatchObject({
    ok: true,
    value: { command: path, written: 'login', args: ['a b', ''], warnings: [] },
  })
})

test('what is agreed to says what a name does not', () => {
  program('a', 'bash')
  const exec = buildExec('bash', { env: [{ name: 'LD_PRELOAD', value: 'x' }] })
  expect(execCommandOf(exec, { PATH: join(home.path, 'a') })).toMatchObject({
    value: { warnings: [{ kind: 'shell' }, { kind: 'loads-code' }] },
  })
})

test('a batch file gets no argument of several lines: its quotes would end there', () => {
  const args = ['get-token', 'a\r\nwhoami']
  const refused = execCommandOf(buildExec('/x/az.cmd', { args }), {})
  expect(refused).toMatchObject({ ok: false, fault: { code: 'plugin' } })
  expect(execCommandOf(buildExec('/x/az.exe', { args }), {}).ok).toBe(true)
})

test.each([
  ['/bin/bash', 'shell'],
  ['/usr/bin/python3.12', 'interpreter'],
  ['/usr/local/bin/node', 'interpreter'],
  ['C:\\tools\\pwsh.exe', process.platform === 'win32' ? 'shell' : undefined],
  ['/opt/pwsh.exe', 'shell'],
  ['/usr/bin/env', 'launcher'],
  ['/usr/bin/sudo', 'launcher'],
  ['/usr/bin/aws', undefined],
  ['/usr/local/bin/gke-gcloud-auth-plugin', undefined],
  ['/usr/local/bin/kubelogin', undefined],
  ['/usr/local/bin/aws2', undefined],
])('%s is told as: %s', (path, kind) => {
  expect(pluginWarnings(path, [])[0]?.kind).toBe(kind)
})

test('a shell under another name is told as the shell that it is', () => {
  program('bin', 'bash')
  const link = join(home.path, 'bin', 'kube-login')
  symlinkSync('bash', link)
  expect(pluginWarnings(link, [])).toEqual([{ kind: 'shell', program: 'bash' }])
})

test('variables that make programs load other code are told by name, others are not', () => {
  const names = ['AWS_PROFILE', 'LD_PRELOAD', 'NODE_OPTIONS', 'HTTPS_PROXY', 'PATH', 'BASH_ENV', 'PYTHONPATH']
  expect(pluginWarnings('/usr/bin/aws', names)).toEqual([
    { kind: 'loads-code', variables: ['LD_PRELOAD', 'NODE_OPTIONS', 'PATH', 'BASH_ENV', 'PYTHONPATH'] },
  ])
})
