import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { surveyKubeconfigs } from '../../../../electron/app/clusters/survey-kubeconfigs.ts'
import { keepLastGood } from '../../../../electron/cluster/kubeconfig/last-good.ts'
import {
  loadKubeconfigs,
  type LoadedKubeconfigs,
} from '../../../../electron/cluster/kubeconfig/kubeconfig.ts'
import type { DoctorReport } from '../../../../shared/model/doctor.ts'
import { doctorText } from '../../../../shared/words/doctor-text.ts'
import { realFiles } from '../../../support/foreign-files.ts'
import { createHome, kubeconfigText, type Home } from '../../../support/kubeconfig-home.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

let home: Home
beforeEach(() => (home = createHome()))
afterEach(() => home.remove())

const at = (path: string): string => join(home.path, path)
const load = (
  env: Readonly<Record<string, string>>,
  ...added: readonly string[]
): Promise<LoadedKubeconfigs> => loadKubeconfigs({ env, homedir: home.path, added }, realFiles)
const names = ({ connections }: LoadedKubeconfigs): readonly string[] => connections.map((one) => one.name)

async function doctor(env: Readonly<Record<string, string>>, ...added: readonly string[]): Promise<string> {
  const files = await surveyKubeconfigs({ env, homedir: home.path, added }, realFiles)
  const report: DoctorReport = { version: '0', platform: 'test', at: 0, files, contexts: [], connections: [] }
  return doctorText(report, 'en')
}

describe('a file is there once', () => {
  test.each([
    ['as it is', ''],
    ['with a slash at the end', '/'],
    ['with .. in it', '/../.kube'],
  ])('the folder of the default kubeconfig, added %s, brings nothing twice', async (_, spelling) => {
    home.write('.kube/config', kubeconfigText({ context: 'mine' }))
    home.write('.kube/other', kubeconfigText({ context: 'other' }))
    const loaded = await load({}, `${at('.kube')}${spelling}`)
    expect(names(loaded)).toEqual(['mine', 'other'])
    expect(new Set(loaded.connections.map((one) => one.id)).size).toBe(2)
    expect(await doctor({}, `${at('.kube')}${spelling}`)).not.toMatch(/config\n[^]*\.kube\/config\n/)
  })

  test('a link to a file that is read already brings nothing twice, nor does the folder under another name', async () => {
    home.write('.kube/config', kubeconfigText({ context: 'mine' }))
    symlinkSync(at('.kube'), at('linked'))
    mkdirSync(at('more'))
    symlinkSync(at('.kube/config'), at('more/current'))
    home.write('more/other', kubeconfigText({ context: 'other' }))
    expect(names(await load({}, at('linked'), at('more'), at('more/other')))).toEqual(['mine', 'other'])
  })

  test('two files with the same text are two', async () => {
    home.write('a', kubeconfigText())
    home.write('b', kubeconfigText())
    expect(names(await load({ KUBECONFIG: at('a') }, at('b')))).toEqual(['x', 'x'])
  })
})

describe('one entry hides no other', () => {
  test.each([
    [
      'without a name',
      '{context: {cluster: c, user: u}}',
      'An entry for a context has no name: it is left out.',
    ],
    ['that is nothing', 'null', 'An entry for a context has no name: it is left out.'],
    ['that is a text', 'hello', 'An entry for a context is not usable: '],
    ['whose name is a list', '{name: [1]}', 'An entry for a context is not usable: '],
  ])('an entry %s is told, and the others of its file are there', async (_, entry, words) => {
    const path = home.write('a', kubeconfigText().replace('contexts:', `contexts:\n  - ${entry}`))
    const loaded = await load({ KUBECONFIG: path })
    expect(names(loaded)).toEqual(['x'])
    expect(spoken(loaded.problems)).toEqual([
      { file: path, message: expect.stringContaining(words) as string },
    ])
  })
})

test('of several entries without a name it is said once', async () => {
  const nameless = '  - {context: {cluster: c}}\n'
  const text = kubeconfigText().replace('contexts:\n', `contexts:\n${nameless}${nameless}`)
  const { problems } = await load({ KUBECONFIG: home.write('a', text) })
  expect(problems.map((one) => wordsOf(one))).toEqual(['An entry for a context has no name: it is left out.'])
})

describe('what was read before', () => {
  const dangling = '  - {name: lost, context: {cluster: nowhere, user: u}}\n'

  test('a context that was taken out is gone, whatever else is wrong with its file', async () => {
    const path = home.write('a', kubeconfigText().replace('contexts:\n', `contexts:\n${dangling}`))
    const before = await load({ KUBECONFIG: path })
    expect([names(before), before.problems.length]).toEqual([['x'], 1])
    writeFileSync(path, `clusters: []\nusers: []\ncontexts:\n${dangling}`)
    const now = keepLastGood(before, await load({ KUBECONFIG: path }))
    expect([names(now), now.problems.length]).toEqual([[], 1])
  })

  test('counts while the file that a context needs can not be read', async () => {
    const contexts = home.write('a', 'contexts: [{name: split, context: {cluster: c, user: u}}]')
    const rest = home.write('b', kubeconfigText())
    const env = { KUBECONFIG: `${contexts}:${rest}` }
    const before = await load(env)
    writeFileSync(rest, '')
    const now = keepLastGood(before, await load(env))
    expect([...names(now)].sort()).toEqual(['split', 'x', ...names(before).slice(2)].sort())
  })

  test('counts for a file of a folder that can not be looked into', async () => {
    home.write('more/a', kubeconfigText())
    const before = await load({}, at('more'))
    const now = { ...before, connections: [], unread: [at('more')], problems: [] }
    expect(names(keepLastGood(before, now))).toEqual(['x'])
    expect(names(keepLastGood(before, { ...now, unread: [at('other')] }))).toEqual([])
  })
})

describe('in a folder that was added', () => {
  const utf16 = Buffer.from(`\uFEFF${kubeconfigText()}`, 'utf16le')

  test.each([
    ['little end first', utf16],
    ['big end first', Buffer.from(utf16).swap16()],
  ])('a file in UTF-16, %s, is read', async (_, bytes) => {
    home.write('more/a', bytes)
    expect(names(await load({}, at('more')))).toEqual(['x'])
  })

  test('a kubeconfig in UTF-16 without its mark is told, and what is no text is passed over', async () => {
    const path = home.write('more/a', utf16.subarray(2))
    home.write('more/kubectl', Buffer.from([0, 1, 2, 255]))
    const { problems } = await load({}, at('more'))
    expect(spoken(problems)).toEqual([
      { file: path, message: 'The file is no text, or UTF-16 without a mark: save it as UTF-8.' },
    ])
  })

  test('a kubeconfig in one line is read', async () => {
    home.write(
      'more/a',
      '{clusters: [{name: c, cluster: {server: "https://a"}}], users: [{name: u}], contexts: [{name: x, context: {cluster: c, user: u}}]}',
    )
    expect(names(await load({}, at('more')))).toEqual(['x'])
  })

  test('a file that nobody can look into is told', async () => {
    mkdirSync(at('more'))
    symlinkSync(at('more/b'), at('more/a'))
    symlinkSync(at('more/a'), at('more/b'))
    expect(spoken((await load({}, at('more'))).problems)).toEqual(
      ['a', 'b'].map((name) => ({
        file: at(`more/${name}`),
        message: 'The file could not be read (ELOOP).',
      })),
    )
  })
})

describe("kubectl's list", () => {
  test.each([
    ['is broken', 'contexts: ['],
    ['is a Secret', 'apiVersion: v1\nkind: Secret\ndata: {}\n'],
    [
      'names a cluster twice',
      kubeconfigText().replace('clusters:', 'clusters:\n  - {name: c, cluster: {server: a}}'),
    ],
    ['holds a text for an entry', 'contexts: [hello]'],
  ])('is refused whole when one file %s, and nothing says that kubectl reads any of it', async (_, text) => {
    const bad = home.write('bad', text)
    const good = home.write('good', kubeconfigText({ context: 'good' }))
    const env = { KUBECONFIG: `${bad}:${good}` }
    const { problems } = await load(env)
    expect(spoken(problems)).toContainEqual({
      file: bad,
      message: 'kubectl refuses all files of its list because of this one.',
    })
    const said = await doctor(env)
    expect(said).toContain(`kubectl refuses it together with its whole list, because of ${bad}`)
    expect(said).not.toContain('kubectl reads it')
  })

  test.each([
    ['is not there', undefined],
    ['is empty', ''],
    ['has an entry without a name', 'contexts: [{context: {cluster: c}}]'],
  ])('is read by kubectl when one file %s', async (_, text) => {
    const odd = text === undefined ? at('gone') : home.write('odd', text)
    const env = { KUBECONFIG: `${odd}:${home.write('good', kubeconfigText({ context: 'good' }))}` }
    expect((await load(env)).problems.map((one) => wordsOf(one)).join()).not.toContain('refuses')
    expect(await doctor(env)).toContain('kubectl reads it')
  })

  test.each(['~/.kube/work', '$HOME/.kube/work'])('with %s in it is told to be passed over', async (path) => {
    home.write('.kube/work', kubeconfigText())
    const env = { KUBECONFIG: `${path}:${home.write('a', kubeconfigText())}` }
    expect(spoken((await load(env)).problems)).toEqual([
      {
        file: join(process.cwd(), path),
        message: `KUBECONFIG names "${path}": neither kubectl nor Tranche expands ~ or $HOME there, and passes over it.`,
      },
    ])
    expect(await doctor(env)).toContain('expands ~ or $HOME there, and passes over it.')
  })
})
