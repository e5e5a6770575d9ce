import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import type { KubeClient } from '../../../support/kube-client.ts'
import { atGate, ended, kubectl, path, request, startShop } from '../../../support/shop-release.ts'

let bench: Bench
let cluster: KubeClient
let li: Desk
beforeEach(async () => {
  bench = await openBench()
  cluster = kubectl(bench)
  li = await bench.open({ person: 'li@laptop' })
})
afterEach(async () => {
  await cluster.close()
  await bench.close()
})

async function rename(from: string, to: string): Promise<void> {
  await cluster.remove(path.service(from))
  const made = await cluster.post('/api/v1/namespaces/demo/services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: to },
    spec: { selector: { app: 'shop' }, ports: [{ port: 80, targetPort: 7001 }] },
  })
  expect(made.status).toBe(201)
}

test('a release whose Service is renamed is held and says so, and goes on when the name is back', async () => {
  const release = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await rename('shop-http', 'shop-web')
  const seen = await li.picture('shop-http', (view) => view.headline.kind === 'release-service-gone')
  expect(seen.batches.map((batch) => batch.name)).toEqual(['shop-1', 'shop-2', 'shop-3'])
  expect(seen.release?.verbs.find((verb) => verb.verb === 'roll-back')?.enabled).toBe(true)
  const target = li.target('shop-http')
  await rename('shop-web', 'shop-http')
  await li.picture('shop-http', (view) => view.service.ports !== '')
  expect(await li.client.call('release/resume', { request: request(), target, release })).toMatchObject({
    ok: true,
  })
  await li.picture('shop-http', atGate)
  await li.client.call('release/push-all', { request: request(), target, release })
  const done = await li.picture('shop-http', ended(release))
  expect(done.release?.outcome).toBe('done')
})

test('while its Service is gone a release can still be taken back', async () => {
  const release = await startShop(li, '2.9.0')
  const begun = await li.picture('shop-http', atGate)
  await rename('shop-http', 'shop-web')
  await li.picture('shop-http', (view) => view.headline.kind === 'release-service-gone')
  const batches = begun.release?.rollBack?.batches.map((batch) => batch.uid) ?? []
  const target = li.target('shop-http')
  expect(
    await li.client.call('release/roll-back', {
      request: request(),
      target,
      release,
      mode: 'at-once',
      batches,
    }),
  ).toMatchObject({ ok: true })
  await li.until('pipeline', target, (payload) => payload.kind === 'missing')
  const images = await li.picture('shop-web', (view) => view.batches[0]?.ready === view.batches[0]?.desired)
  expect(new Set(images.batches.map((batch) => batch.images[0]?.image)).size).toBe(1)
})
