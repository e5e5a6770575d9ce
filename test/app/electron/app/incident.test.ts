import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { createKubeClient, type KubeClient } from '../../../support/kube-client.ts'
import { wordsOf } from '../../../support/spoken.ts'

let bench: Bench
let desk: Desk
let client: KubeClient

beforeEach(async () => {
  bench = await openBench()
  desk = await bench.open()
  client = createKubeClient({ server: bench.server, token: 'training-token' })
})
afterEach(async () => {
  await client.close()
  await bench.close()
})

/** As `kubectl set image` does, with its field manager. */
async function setImage(name: string, tag: string): Promise<void> {
  const path = `/apis/apps/v1/namespaces/demo/deployments/${name}`
  const { body } = await client.get(path)
  const { spec } = body as { readonly spec: { readonly template: { readonly spec: JsonObject } } }
  const [container] = spec.template.spec['containers'] as readonly {
    readonly name: string
    readonly image: string
  }[]
  if (container === undefined) throw new Error('no container')
  const image = `${container.image.slice(0, container.image.lastIndexOf(':'))}:${tag}`
  const containers = [{ name: container.name, image }]
  const answer = await client.patch(`${path}?fieldManager=kubectl-set`, 'strategic', {
    spec: { template: { spec: { containers } } },
  })
  if (answer.status !== 200) throw new Error(answer.text)
}

test('pods that crash after changes with kubectl are an incident with its reason, its changes and the way back', async () => {
  const before = await desk.picture('shop-http', (view) =>
    view.batches.every((one) => one.ready === one.desired),
  )
  expect(before.incident).toBeUndefined()
  for (const name of ['shop-1', 'shop-2', 'shop-3']) await setImage(name, 'crash')
  const view = await desk.picture(
    'shop-http',
    ({ incident }) => incident?.faults[0]?.reason === 'CrashLoopBackOff',
  )
  const old = before.batches[0]?.images[0]?.image.split(':').at(-1)
  expect(view.headline).toMatchObject({ kind: 'incident', service: 'shop-http', desired: 14 })
  const { changes = [], proposal } = view.incident ?? {}
  expect(changes).toHaveLength(3)
  for (const { manager, from, to } of changes)
    expect([manager, from, to]).toEqual(['kubectl-set', old, 'crash'])
  expect(proposal).toMatchObject({ version: old, unknown: [] })
  expect(proposal?.batches).toEqual(changes.map((one) => one.number).toSorted())
  // Old pods that still serve are of the version before, not of the one that was changed to.
  const rolling = view.batches.find((one) => one.from !== undefined)
  expect([rolling?.from, rolling?.to]).toEqual([old, 'crash'])
  const failing = view.batches.find((one) => one.look === 'failing')
  expect(failing?.trouble?.message).toMatch(/exit code/)
  const services = await desk.until(
    'services',
    { connection: desk.connection, namespace: 'demo' },
    ({ services: rows }) => rows.some((row) => row.state === 'incident'),
  )
  expect(services.services.filter((row) => row.state === 'incident').map((row) => row.name)).toEqual([
    'shop-http',
  ])
})

test('the way back out of an incident leads to what ran before it, and the incident is over', async () => {
  const before = await desk.picture('shop-http', (view) =>
    view.batches.every((one) => one.ready === one.desired),
  )
  const old = before.batches.map((one) => one.images[0]?.image)
  await setImage('shop-2', 'crash')
  const { incident } = await desk.picture('shop-http', (view) => view.incident?.proposal !== undefined)
  const at = incident?.proposal?.at ?? 0
  const target = desk.target('shop-http')
  const history = await desk.client.call('history/list', { target })
  if (!history.ok) throw new Error(wordsOf(history.fault))
  const rows = history.value.batches.filter(
    ({ number }) => incident?.proposal?.batches.includes(number) === true,
  )
  const revisions = rows.map((row) => ({
    batch: row.batch,
    digest: row.revisions.find((one) => !one.current)?.digest ?? '',
  }))
  const reply = await desk.client.call('release/go-back', {
    request: 'request-1',
    target,
    mode: 'at-once',
    revisions,
    from: rows.map(({ batch, digest }) => ({ batch, digest })),
    at,
  })
  expect(reply).toMatchObject({ ok: true })
  const after = await desk.picture('shop-http', (view) => view.headline.kind === 'release-restored')
  expect(after.incident).toBeUndefined()
  expect(after.batches.map((one) => one.images[0]?.image)).toEqual(old)
})
