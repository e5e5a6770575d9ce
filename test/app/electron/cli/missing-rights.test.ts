import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTerminal, type Terminal } from '../../../support/terminal.ts'

let terminal: Terminal
beforeAll(async () => {
  terminal = await openTerminal()
})
afterAll(() => terminal.close())

function denyReading(plural: string): void {
  terminal.cluster.hooks.calm()
  terminal.cluster.hooks.disturb({
    when: (info) => info.method === 'GET' && info.name === '' && info.plural === plural,
    times: 100_000,
    what: {
      kind: 'refuse',
      error: { code: 403, reason: 'Forbidden', message: `${plural} is forbidden: User "li" cannot list it` },
    },
  })
}

const at = ['--service', 'shop-http']
const commands = [
  ['status', ...at],
  ['status'],
  ['plan', ...at, '--tag', '2'],
  ['release', ...at, '--tag', '2', '--yes'],
  ['pause', ...at, '--yes'],
  ['rollback', ...at, '--yes'],
]

test.each(['pods', 'endpointslices', 'replicasets', 'deployments', 'services'])(
  'without the right to read %s every command ends at once, with exit code 1 and the right in both languages',
  async (plural) => {
    denyReading(plural)
    for (const args of commands) {
      const ran = await terminal.tranche(args)
      expect([args[0], ran.exit]).toEqual([args[0], 1])
      expect(ran.err).toMatch(new RegExp(`You may not list ${plural}( \\(.*\\))? in namespace demo`))
    }
    const chinese = await terminal.tranche(['status', ...at, '--lang', 'zh'])
    expect(chinese.err).toContain(`list ${plural}`)
    expect(chinese.err).toContain('命名空间 demo')
  },
)

test('what the sentence says is possible without pods and slices is possible: the history', async () => {
  for (const plural of ['pods', 'endpointslices']) {
    denyReading(plural)
    const ran = await terminal.tranche(['history', ...at])
    expect(ran.exit).toBe(0)
    expect(ran.out.join('\n')).toContain('shop-1')
  }
})

test('without Deployments or ReplicaSets the history is not shown as empty', async () => {
  for (const plural of ['deployments', 'replicasets']) {
    denyReading(plural)
    const ran = await terminal.tranche(['history', ...at])
    expect(ran.exit).toBe(1)
    expect(ran.err).toContain(`You may not list ${plural}`)
  }
})
