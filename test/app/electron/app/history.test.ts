import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { eventually } from '../../../support/eventually.ts'
import type { KubeClient } from '../../../support/kube-client.ts'
import {
  atGate,
  ended,
  historyOf,
  kubectl,
  path,
  releaseShop,
  request,
  shopImage,
  startShop,
} from '../../../support/shop-release.ts'

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

/** From now on ConfigMaps may be read and not written. */
function refuseConfigMaps(): () => void {
  const message = 'configmaps is forbidden: User "training" cannot create resource "configmaps"'
  return bench.cluster.hooks.disturb({
    when: (info) => info.plural === 'configmaps' && info.method !== 'GET',
    times: 1000,
    what: { kind: 'refuse', error: { code: 403, reason: 'Forbidden', message } },
  })
}

async function keptKeys(): Promise<readonly string[]> {
  const found = await cluster.get(path.history('shop-http'))
  return Object.keys((found.body['binaryData'] ?? {}) as object)
}

test('a release that has ended is in the history of the cluster, and a colleague sees what ran before it', async () => {
  const release = await releaseShop(li, '2.9.0')
  await eventually(async () => ((await keptKeys()).includes(`release.${release}`) ? true : undefined), {
    what: 'the release is in the ConfigMap',
  })
  const wang = await bench.open({ person: 'wang@desk' })
  const view = await historyOf(wang)
  expect(view.missing).toEqual([])
  expect(view.releases).toMatchObject([
    { id: release, outcome: 'done', startedBy: 'li@laptop', change: 'image', batches: [1, 2, 3] },
  ])
  for (const batch of view.batches) {
    expect(batch.revisions.map((one) => [one.images[0]?.image, one.current])).toEqual([
      [shopImage('2.9.0'), true],
      [shopImage('2.8.1'), false],
      [shopImage('2.7.0'), false],
    ])
    expect(batch.revisions[0]).toMatchObject({ by: 'li@laptop', cause: '' })
    expect(batch.revisions.every((one) => one.known === 'exactly')).toBe(true)
  }
})

test('a release whose place another one took is in the history as that, with its record', async () => {
  const first = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  const draft = await li.draft('shop-http', { images: { shop: shopImage('3.0.0') } })
  const next = await li.client.call('release/start', {
    request: request(),
    draft: { ...draft, supersedes: { release: first, from: 'canary' } },
  })
  expect(next.ok).toBe(true)
  const view = await historyOf(li)
  expect(view.releases.map((one) => [one.id, one.outcome])).toEqual([
    [next.ok ? next.value.release : '', undefined],
    [first, 'superseded'],
  ])
  expect(view.releases[1]?.log.at(-1)?.sentence).toMatchObject({ what: 'superseded', by: 'li@laptop' })
})

test('without the right to write ConfigMaps releases go on, and are kept and told on this machine', async () => {
  const calm = refuseConfigMaps()
  const release = await releaseShop(li, '2.9.0')
  const view = await eventually(
    async () => {
      const seen = await historyOf(li)
      return seen.missing.length > 0 ? seen : undefined
    },
    { what: 'it is told' },
  )
  expect(view.missing).toMatchObject([
    { kind: 'history-local', why: { kind: 'words', words: expect.stringContaining('forbidden') as string } },
  ])
  expect(view.releases.map((one) => one.id)).toEqual([release])
  expect(await keptKeys()).toEqual([])
  // The right is given: with the next release the one that waited goes to the cluster as well.
  calm()
  const next = await releaseShop(li, '3.0.0')
  await eventually(async () => ((await keptKeys()).length === 2 ? true : undefined), {
    what: 'both are kept',
  })
  expect((await historyOf(li)).missing).toEqual([])
  expect((await historyOf(li)).releases.map((one) => one.id)).toEqual([next, release])
})

test('whoever finds an ended release in the journal that nobody wrote down writes it into the history', async () => {
  const calm = refuseConfigMaps()
  const release = await releaseShop(li, '2.9.0')
  await li.kill()
  calm()
  const wang = await bench.open({ person: 'wang@desk' })
  await wang.picture('shop-http', ended(release))
  expect((await historyOf(wang)).releases.map((one) => one.id)).toEqual([release])
  await eventually(async () => ((await keptKeys()).length === 1 ? true : undefined), { what: 'it is kept' })
})

test('a damaged entry is told and set aside, and hides no other release', async () => {
  const first = await releaseShop(li, '2.9.0')
  await eventually(async () => ((await keptKeys()).length === 1 ? true : undefined), { what: 'it is kept' })
  await cluster.patch(path.history('shop-http'), 'merge', { binaryData: { 'release.odd': 'AAAA' } })
  const next = await releaseShop(li, '3.0.0')
  await eventually(async () => ((await keptKeys()).length === 3 ? true : undefined), { what: 'it is kept' })
  const view = await historyOf(li)
  expect(view.missing).toEqual([{ kind: 'history-damaged', releases: 1 }])
  expect(view.releases.map((one) => one.id)).toEqual([next, first])
  expect(await keptKeys()).toContain('unreadable.odd')
})

test('two who write the history at the same moment both stand in it', async () => {
  const first = await releaseShop(li, '2.9.0')
  await eventually(async () => ((await keptKeys()).length === 1 ? true : undefined), { what: 'it is kept' })
  // Somebody else writes between our reading and our writing.
  const stop = bench.cluster.hooks.onRequest((info) => {
    if (info.plural !== 'configmaps' || info.method !== 'PUT') return
    stop()
    bench.cluster.hooks.disturb({
      what: {
        kind: 'refuse',
        error: { code: 409, reason: 'Conflict', message: 'the object has been modified' },
      },
      when: (other) => other.plural === 'configmaps' && other.method === 'PUT',
    })
  })
  const next = await releaseShop(li, '3.0.0')
  await eventually(async () => ((await keptKeys()).length === 2 ? true : undefined), {
    what: 'both are kept',
  })
  expect((await historyOf(li)).missing).toEqual([])
  expect((await historyOf(li)).releases.map((one) => one.id)).toEqual([next, first])
})
