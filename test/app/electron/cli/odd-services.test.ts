import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyCase } from '../../../support/apply-case.ts'
import { createKubeClient, type KubeClient } from '../../../support/kube-client.ts'
import { linesOf, openTerminal, type Terminal } from '../../../support/terminal.ts'
import { eventually } from '../../../support/eventually.ts'

let terminal: Terminal
let client: KubeClient
const pods = '/api/v1/namespaces/demo/pods'

beforeEach(async () => {
  terminal = await openTerminal()
  client = createKubeClient({ server: terminal.server, token: 'training-token' })
  await applyCase(client, 'odd-services', 'demo')
})
afterEach(async () => {
  await client.close()
  await terminal.close()
})

const statusOf = async (service: string, env: Readonly<Record<string, string>> = {}) =>
  (await terminal.tranche(['status', service], { env })).out

test('a Service counts every endpoint it has, a bare pod among them, and says who is behind it', async () => {
  await client.post(pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bare', labels: { app: 'dy' } },
    spec: { containers: [{ name: 'app', image: 'registry.example:5000/team/app:1.0' }] },
  })
  const line = await eventually(
    async () => {
      const [status] = linesOf(await terminal.tranche(['status', 'noready', '--output', 'json']), 'status')
      return status?.endpoints.ready === 4 ? status : undefined
    },
    { what: 'four endpoints' },
  )
  expect(line.endpoints).toEqual({ ready: 4, expected: 4, others: { ready: 1, all: 1 } })
  const text = await statusOf('noready')
  expect(text).toContain('4 of 4 endpoints ready')
  expect(text).toContain('Of these 1 belongs to no batch, 1 ready: Pod bare (1)')
  expect(text).toContain('publishNotReadyAddresses: pods get traffic before they are ready')
  expect(text).toContain('Headless: clients choose among the pods, shares are of endpoints')
})

test('pods that a Service selects by a label of their own are counted, though no Deployment stands behind it', async () => {
  const list = await client.get(`${pods}?labelSelector=app%3Ddy`)
  const items = list.body['items'] as readonly { readonly metadata: { readonly name: string } }[]
  const name = items[0]?.metadata.name ?? ''
  await client.patch(`${pods}/${name}`, 'merge', { metadata: { labels: { role: 'leader' } } })
  const text = await eventually(
    async () => {
      const out = await statusOf('leader')
      return out[0]?.includes('1 of 1') === true ? out : undefined
    },
    { what: 'the leader' },
  )
  expect(text[0]).toBe('No Deployment stands behind leader: 1 of 1 endpoint ready of other owners')
  expect(text.join()).not.toContain('0 of 0')
})

test('Services without a selector or with another name are called what they are, in both languages', async () => {
  const chinese = { LANG: 'zh_CN.UTF-8' }
  expect((await statusOf('ext'))[0]).toBe(
    'ext is a name for db.example.com: it has no pods and no endpoints here',
  )
  expect((await statusOf('ext', chinese))[0]).toContain('db.example.com 的别名')
  expect((await statusOf('nosel'))[0]).toBe(
    'nosel has no selector: its endpoints are set by hand, and there are none',
  )
  expect((await statusOf('nosel', chinese))[0]).toContain('没有选择器')
  const all = await terminal.tranche(['status'])
  expect(all.out.find((line) => line.startsWith('ext '))).toMatch(/a name for db\.example\.com$/)
  expect(all.out.find((line) => line.startsWith('nosel '))).toMatch(/no selector, endpoints set by hand$/)
})

test('a Service that publishes not-ready addresses is warned about before a release', async () => {
  const ran = await terminal.tranche(['plan', 'noready', '--tag', '2.0', '--output', 'json'])
  const found = linesOf(ran, 'check').find((line) => line.check === 'publishes-not-ready')
  expect(found).toMatchObject({ level: 'warning' })
})
