import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSettings } from '../../../../../electron/app/storage/settings-file.ts'
import {
  createAddedKubeconfigs,
  type AddedKubeconfigs,
} from '../../../../../electron/app/clusters/added-kubeconfigs.ts'
import type { KubeconfigReport } from '../../../../../shared/model/kubeconfig-report.ts'
import { createHome, kubeconfigText, type Home } from '../../../../support/kubeconfig-home.ts'
import { realFiles } from '../../../../support/foreign-files.ts'
import { spoken, wordsOf } from '../../../../support/spoken.ts'

let home: Home
let addedKubeconfigs: AddedKubeconfigs
beforeEach(() => {
  home = createHome()
  const settings = openSettings(home.path, { newId: () => 'install-1', log: () => undefined })
  addedKubeconfigs = createAddedKubeconfigs({
    dataFolder: home.path,
    settings,
    homedir: home.path,
    files: realFiles,
  })
})
afterEach(() => home.remove())

async function look(path: string): Promise<KubeconfigReport> {
  const report = await addedKubeconfigs.inspect({ kind: 'path', path })
  if (!report.ok) throw new Error(wordsOf(report.fault))
  return report.value
}

test('a folder tells what each of its files would bring and run; a broken file hides nothing', async () => {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: './login',
    args: ['--now'],
    env: [{ name: 'KEY', value: 'hidden-value' }],
    interactiveMode: 'Never',
  }
  const first = home.write('all/a.yaml', kubeconfigText({ context: 'a', user: { exec } }))
  home.write('all/b.yaml', kubeconfigText({ context: 'b' }))
  const broken = home.write('all/c.yaml', 'apiVersion: v1\nkind: Config\ncontexts: [')
  const report = await look(`${home.path}/all`)
  expect(report.contexts.map(({ name, file, signIn, runs }) => ({ name, file, signIn, runs }))).toEqual([
    {
      name: 'a',
      file: first,
      signIn: 'exec',
      runs: { command: `${home.path}/all/login`, args: ['--now'], env: ['KEY'] },
    },
    { name: 'b', file: `${home.path}/all/b.yaml`, signIn: 'token', runs: undefined },
  ])
  expect(spoken(report.problems)).toEqual([expect.stringContaining(broken)])
  expect(JSON.stringify(report)).not.toContain('hidden-value')
})

test('looking at a file keeps nothing; a path that is not there, or not absolute, is refused', async () => {
  await look(home.write('one.yaml', kubeconfigText()))
  expect(addedKubeconfigs.added()).toEqual([])
  expect(await addedKubeconfigs.inspect({ kind: 'path', path: '/nowhere/at/all' })).toMatchObject({
    fault: { code: 'not-found' },
  })
  expect(await addedKubeconfigs.add({ kind: 'path', path: 'one.yaml' })).toMatchObject({
    fault: { code: 'invalid-input' },
  })
})

test('a path that begins with ~/ is the home of the person who typed it', async () => {
  const path = home.write('.kube/work.yaml', kubeconfigText({ context: 'work' }))
  expect((await look('~/.kube/work.yaml')).contexts.map((one) => one.name)).toEqual(['work'])
  expect(await addedKubeconfigs.add({ kind: 'path', path: '~/.kube/work.yaml' })).toMatchObject({ ok: true })
  expect(addedKubeconfigs.added()).toEqual([path])
  expect(await addedKubeconfigs.inspect({ kind: 'path', path: '~other/work.yaml' })).toMatchObject({
    fault: { code: 'invalid-input' },
  })
})
