import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandTable } from '../../../../electron/cli/commands/command-table.ts'
import { openTerminal, type Terminal } from '../../../support/terminal.ts'

let terminal: Terminal
beforeAll(async () => {
  terminal = await openTerminal()
})
afterAll(() => terminal.close())

/** What no sentence of English does without, standing as words do: not in a path, a flag, a name or a key. */
const ofEnglish = 'the|is|are|was|were|of|not|has|have|been|and|an|no|there|this|it|can|for|with|from|nothing'
const english = new RegExp(`(?:^|[\\s（(“"：:])(?:${ofEnglish}|can't|doesn't)(?=[\\s.,;:!?)]|$)`, 'i')

/** Lines in which English stands that is ours. */
function inEnglish(text: string): readonly string[] {
  return text.split('\n').filter((line) => english.test(line))
}

async function inChinese(...args: readonly string[]): Promise<string> {
  const ran = await terminal.tranche(['--lang', 'zh', ...args])
  return [...ran.out, ran.err].join('\n')
}

/** Without the words of a server or a program, which stay as they are. */
async function refusal(...args: readonly string[]): Promise<string> {
  const text = await inChinese(...args)
  expect(text).toMatch(/\p{Script=Han}/u)
  return text
}

test('an English sentence is found where there is one', () => {
  expect(inEnglish('There is no Service x in demo.')).toHaveLength(1)
  expect(inEnglish('集群没有响应：The connection was closed.')).toHaveLength(1)
  expect(inEnglish('没有选项 --of-no。参见：tranche status --help')).toEqual([])
})

test('help has no English sentence in Chinese, of no command', async () => {
  expect(inEnglish(await refusal('--help'))).toEqual([])
  for (const { name } of commandTable)
    expect([name, inEnglish(await refusal(name, '--help'))]).toEqual([name, []])
})

test('a command that is typed wrongly is refused in Chinese', async () => {
  const wrong = [
    ['nonsense'],
    ['--nonsense'],
    ['status', 'a', 'b'],
    ['status', '--output', 'xml'],
    ['plan', '--tag'],
  ]
  for (const args of wrong) expect([args, inEnglish(await refusal(...args))]).toEqual([args, []])
  for (const { name } of commandTable) {
    const args = [name, '--nonsense']
    expect([args, inEnglish(await refusal(...args))]).toEqual([args, []])
  }
})

const aboutService = [
  'status',
  'plan',
  'release',
  'rollback',
  'history',
  'forget',
  'take-over',
  'pause',
  'approve',
]

test('what goes wrong with a Service is told in Chinese', async () => {
  for (const name of aboutService) {
    const change = name === 'plan' || name === 'release' ? ['--tag', '2'] : []
    for (const service of ['demo-nowhere', 'demo-http']) {
      // Nobody is asked, and nothing begins: there is none, or nothing to be done about.
      if (service === 'demo-http' && (name === 'release' || name === 'plan' || name === 'status')) continue
      const args = [name, service, ...change]
      expect([args, inEnglish(await refusal(...args))]).toEqual([args, []])
    }
  }
  for (const args of [
    ['ask', 'pause', 'demo-http'],
    ['go-back', 'demo-http', '--before', 'nothing-known'],
    ['release', 'demo-http'],
    ['status', 'demo-http', '--context', 'nowhere'],
  ])
    expect([args, inEnglish(await refusal(...args))]).toEqual([args, []])
})

test('what is wrong with a kubeconfig, and a server that does not answer, is told in Chinese', async () => {
  const file = join(terminal.folder, 'broken')
  const entry = (server: string, user = '{}'): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'x',
      clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'u', user: JSON.parse(user) as unknown }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    })
  const texts = [
    '',
    '- a list',
    'kind: Secret',
    'contexts: [{name: x, context: {cluster: c, user: u}}]',
    entry('ftp://there'),
    entry('http://127.0.0.1:1'),
    entry('https://127.0.0.1:1', '{"token": "t", "username": "u", "password": "p"}'),
    entry(
      'https://127.0.0.1:1',
      '{"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "nowhere"}}',
    ),
  ]
  for (const text of texts) {
    writeFileSync(file, text)
    for (const name of ['status', 'contexts', 'doctor']) {
      const said = await inChinese(name, '--kubeconfig', file)
      // The schema's own words are not ours.
      expect([
        text,
        name,
        inEnglish(said.replace(/Invalid input:\s+expected \w+,\s+received \w+/g, '')),
      ]).toEqual([text, name, []])
    }
  }
})
