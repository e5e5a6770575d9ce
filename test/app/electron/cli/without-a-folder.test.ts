import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPluginFolder } from '../../../support/plugin-folder.ts'
import { kubeconfigText } from '../../../support/kubeconfig-home.ts'
import { openTerminal, type Terminal } from '../../../support/terminal.ts'

let terminal: Terminal
beforeEach(async () => (terminal = await openTerminal()))
afterEach(() => terminal.close())

/** A file in its place: nobody can write below it, whatever his rights. */
function noFolder(): readonly [option: string, folder: string] {
  const path = join(terminal.folder, 'a-file')
  writeFileSync(path, '')
  return ['--data-folder', path]
}

test('who only looks needs no folder, and is told nothing of it', async () => {
  for (const words of [
    ['status', 'demo-http'],
    ['contexts'],
    ['plan', 'demo-http', '--tag', '20190215093000'],
  ]) {
    const ran = await terminal.tranche([...words, ...noFolder()])
    expect([ran.exit, ran.err]).toEqual([0, ''])
  }
})

test('a release goes on without the folder, and says what that means', async () => {
  const release = ['release', 'demo-http', '--tag', '20190215093000', '--bake', '0', '--batch', '1']
  const ran = await terminal.tranche([...release, ...noFolder()])
  expect(ran.exit).toBe(0)
  const said = ran.err.replaceAll('\n', ' ')
  expect(said).toContain('Settings are not saved:')
  expect(said).toContain('a file is in its place')
  const inChinese = await terminal.tranche(['pause', 'demo-http', ...noFolder()], {
    env: { LANG: 'zh_CN.UTF-8' },
  })
  expect(inChinese.err).toContain('设置未保存')
})

test('a program that signs in is shown whole before anybody is asked, also beside JSON', async () => {
  const plugins = createPluginFolder()
  try {
    const command = plugins.write('login', `note('ran'); answer({ token: 'training-token' })`)
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      interactiveMode: 'Never',
      command,
      args: ['get-token', 'two words', 'gov\u202edorp'],
      env: [{ name: 'LD_PRELOAD', value: '' }],
    }
    writeFileSync(
      terminal.kubeconfig,
      kubeconfigText({ context: 'east', cluster: { server: terminal.server }, user: { exec } }),
    )
    const asked = ['status', 'demo-http', '--namespace', 'demo', '--output', 'json']
    const refused = await terminal.tranche(asked, { answers: ['n'] })
    expect([refused.exit, plugins.notes()]).toEqual([2, []])
    for (const line of [
      `  program       ${command}`,
      '  argument 1/3  get-token',
      '  argument 2/3  "two words"',
      '  argument 3/3  "gov\\u202edorp"',
      '! The environment can make it load other code: LD_PRELOAD.',
    ])
      expect(refused.err.split('\n')).toContain(line)
    expect((await terminal.tranche(asked, { answers: ['y'] })).exit).toBe(0)
    expect(plugins.notes()).toEqual(['ran'])
  } finally {
    plugins.remove()
  }
})
