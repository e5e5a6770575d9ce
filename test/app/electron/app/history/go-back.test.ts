import { afterEach, beforeEach, expect, test } from 'vitest'
import { asAt } from '../../../../../shared/history/as-at.ts'
import { openBench, type Bench, type Desk } from '../../../../support/app-on-training.ts'
import { eventually } from '../../../../support/eventually.ts'
import type { KubeClient } from '../../../../support/kube-client.ts'
import {
  backTo,
  ended,
  goBack,
  historyOf,
  kubectl,
  path,
  releaseShop,
  request,
  shopImage,
} from '../../../../support/shop-release.ts'
import { spoken, wordsOf } from '../../../../support/spoken.ts'

const names = ['shop-1', 'shop-2', 'shop-3']
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

type Template = { readonly spec: { readonly containers: readonly { readonly image: string }[] } }
type Object = {
  readonly metadata: { readonly name: string; readonly annotations: Record<string, string> }
  readonly spec: { readonly template: Template }
}

async function imagesNow(): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => cluster.get(path.deployment(name))))
  return found.map((one) => (one.body as unknown as Object).spec.template.spec.containers[0]?.image ?? '')
}

/** What `kubectl rollout undo` sends: the template and the annotations of the ReplicaSet before. */
async function undo(name: string, revision: number): Promise<void> {
  const sets = (await cluster.get(path.replicaSets)).body['items'] as unknown as readonly Object[]
  const set = sets.find(
    (one) =>
      one.metadata.name.startsWith(`${name}-`) &&
      one.metadata.annotations['deployment.kubernetes.io/revision'] === `${revision}`,
  )
  if (set === undefined) throw new Error(`${name} has no revision ${revision}`)
  const { ['deployment.kubernetes.io/revision']: _own, ...annotations } = set.metadata.annotations
  const patched = await cluster.patch(path.deployment(name), 'json', [
    { op: 'replace', path: '/spec/template', value: set.spec.template },
    { op: 'replace', path: '/metadata/annotations', value: annotations },
  ])
  expect(patched.status).toBe(200)
}

/** Seen by the page: the digest that it would send is the present one. */
async function untilRuns(image: string): Promise<void> {
  await li.picture('shop-http', (view) =>
    view.batches.every((batch) => batch.images[0]?.image === image && batch.updated === batch.desired),
  )
}

test('on a cluster where Tranche never ran, every batch goes back at once to what ran before', async () => {
  await li.picture('shop-http', (view) => view.freshness.kind === 'live')
  const view = await historyOf(li)
  expect(view.releases).toEqual([])
  const release = await goBack(
    li,
    backTo(li, view, (batch) => batch.revisions[1]?.digest),
  )
  const seen = await li.picture('shop-http', ended(release))
  expect(seen.headline).toMatchObject({ kind: 'release-restored', remains: { returned: [1, 2, 3] } })
  expect(await imagesNow()).toEqual(names.map(() => shopImage('2.7.0')))
  const after = await historyOf(li)
  expect(after.releases).toMatchObject([{ id: release, change: 'restore', outcome: 'rolled-back' }])
  expect(after.batches.map((batch) => batch.revisions[0])).toMatchObject(
    names.map(() => ({ current: true, images: [{ container: 'shop', image: shopImage('2.7.0') }] })),
  )
})

test('the whole set as it was at a time: only what runs something else now is touched', async () => {
  await li.picture('shop-http', (view) => view.freshness.kind === 'live')
  await cluster.patch(path.deployment('shop-2'), 'strategic', {
    spec: { template: { spec: { containers: [{ name: 'shop', image: shopImage('9.9.9') }] } } },
  })
  await li.picture('shop-http', (view) => view.batches[1]?.images[0]?.image === shopImage('9.9.9'))
  const view = await eventually(
    async () => {
      const listed = await historyOf(li)
      return listed.batches[1]?.revisions.length === 3 ? listed : undefined
    },
    { what: 'the new ReplicaSet is seen' },
  )
  const at = (view.batches[1]?.timeline[2]?.at ?? 0) - 3_600_000
  const input = backTo(li, view, ({ timeline }) => {
    const found = asAt(timeline, at)
    return found.kind === 'known' ? found.digest : undefined
  })
  expect(input.revisions.length).toBe(3)
  const release = await goBack(li, { ...input, at, mode: 'batch-by-batch' })
  const seen = await li.picture('shop-http', ended(release))
  expect(seen.headline).toMatchObject({ kind: 'release-restored', remains: { returned: [2] } })
  expect(await imagesNow()).toEqual(names.map(() => shopImage('2.8.1')))
})

test('scenario 26: what the revision history has lost comes back from the record of the release', async () => {
  for (const name of names)
    await cluster.patch(path.deployment(name), 'merge', { spec: { revisionHistoryLimit: 0 } })
  await releaseShop(li, '2.9.0')
  const view = await eventually(
    async () => {
      const listed = await historyOf(li)
      const gone = listed.batches.every((batch) => batch.revisions[1]?.source.kind === 'release')
      return gone ? listed : undefined
    },
    { what: 'the old ReplicaSets are pruned' },
  )
  const release = await goBack(
    li,
    backTo(li, view, (batch) => batch.revisions[1]?.digest),
  )
  await li.picture('shop-http', ended(release))
  expect(await imagesNow()).toEqual(names.map(() => shopImage('2.8.1')))
})

test('scenario 27: an undo by kubectl puts old words back on the objects, and nothing is taken for a release by them', async () => {
  const first = await releaseShop(li, '2.9.0')
  const second = await releaseShop(li, '3.0.0')
  for (const name of names) await undo(name, 3)
  await untilRuns(shopImage('2.9.0'))
  const causes = await cluster.get(path.deployment('shop-1'))
  expect((causes.body as unknown as Object).metadata.annotations['kubernetes.io/change-cause']).toContain(
    first,
  )
  const seen = await li.picture('shop-http', (view) => view.release === undefined)
  expect(seen.headline.kind).toBe('idle')
  const view = await historyOf(li)
  expect(view.releases.map((one) => [one.id, one.outcome])).toEqual([
    [second, 'done'],
    [first, 'done'],
  ])
  for (const { revisions, timeline } of view.batches) {
    const [now, before] = revisions
    expect(now).toMatchObject({ current: true, images: [{ image: shopImage('2.9.0') }], known: 'exactly' })
    // Since the undo, not since the release whose words are back.
    expect(now?.since).toBeGreaterThanOrEqual(before?.since ?? Infinity)
    expect(timeline.map((one) => one.revision)).toEqual([1, 2, 3, 4, 5])
  }
  const back = await goBack(
    li,
    backTo(li, view, (batch) => batch.revisions[1]?.digest),
  )
  await li.picture('shop-http', ended(back))
  expect(await imagesNow()).toEqual(names.map(() => shopImage('3.0.0')))
})

test('scenario 29: going back to an old image by kubectl starts no release, and what runs is not gone back to', async () => {
  await releaseShop(li, '2.9.0')
  for (const name of names) await undo(name, 2)
  await untilRuns(shopImage('2.8.1'))
  const view = await eventually(
    async () => {
      const listed = await historyOf(li)
      return listed.batches.every((batch) => batch.revisions[0]?.images[0]?.image === shopImage('2.8.1'))
        ? listed
        : undefined
    },
    { what: 'the undo is seen' },
  )
  expect(view.releases.length).toBe(1)
  const again = await li.client.call(
    'release/go-back',
    backTo(li, view, (batch) => batch.digest),
  )
  expect(again).toMatchObject({ ok: false, fault: { code: 'invalid-input' } })
})

test('what somebody else has changed since the person looked is not overwritten', async () => {
  await li.picture('shop-http', (view) => view.freshness.kind === 'live')
  const view = await historyOf(li)
  await undo('shop-2', 1)
  await li.picture('shop-http', (seen) => seen.batches[1]?.images[0]?.image === shopImage('2.7.0'))
  const input = backTo(li, view, (batch) => batch.revisions[1]?.digest)
  expect(spoken(await li.client.call('release/go-back', input))).toMatchObject({
    ok: false,
    fault: { code: 'conflict', message: expect.stringContaining('shop-2') as string },
  })
})

test('back and forth: after going back, the newer version is in the list and can be gone to again', async () => {
  await releaseShop(li, '2.9.0')
  const first = await historyOf(li)
  await li.picture(
    'shop-http',
    ended(
      await goBack(
        li,
        backTo(li, first, (batch) => batch.revisions[1]?.digest),
      ),
    ),
  )
  const then = await historyOf(li)
  const newer = (images: readonly { readonly image: string }[]): boolean =>
    images[0]?.image === shopImage('2.9.0')
  const input = backTo(li, then, (batch) => batch.revisions.find((one) => newer(one.images))?.digest)
  await li.picture('shop-http', ended(await goBack(li, { ...input, request: request() })))
  expect(await imagesNow()).toEqual(names.map(() => shopImage('2.9.0')))
})

test('without the right to write Leases the way back is open without a lock, and says that it has none', async () => {
  await li.picture('shop-http', (view) => view.freshness.kind === 'live')
  const message = 'leases.coordination.k8s.io is forbidden'
  bench.cluster.hooks.disturb({
    when: (info) => info.plural === 'leases' && info.method !== 'GET',
    times: 1000,
    what: { kind: 'refuse', error: { code: 403, reason: 'Forbidden', message } },
  })
  const input = backTo(li, await historyOf(li), (batch) => batch.revisions[1]?.digest)
  expect(spoken(await li.client.call('release/go-back', input))).toMatchObject({
    ok: false,
    fault: { code: 'no-lock-right', message: expect.stringContaining('this machine only') as string },
  })
  const release = await goBack(li, { ...input, request: request(), withoutLock: true })
  await li.picture('shop-http', (view) => view.release?.id === release && view.lock.kind === 'local')
  await li.picture('shop-http', ended(release))
  expect(await imagesNow()).toEqual(names.map(() => shopImage('2.7.0')))
})

test('what going back would change is told per batch, also from the record of a release, before anything is sent', async () => {
  for (const name of names)
    await cluster.patch(path.deployment(name), 'merge', { spec: { revisionHistoryLimit: 0 } })
  await releaseShop(li, '2.9.0')
  const view = await eventually(
    async () => {
      const listed = await historyOf(li)
      return listed.batches.every((batch) => batch.revisions[1]?.source.kind === 'release')
        ? listed
        : undefined
    },
    { what: 'the old ReplicaSets are pruned' },
  )
  const { target, revisions } = backTo(li, view, (batch) =>
    batch.number === 2 ? undefined : batch.revisions[1]?.digest,
  )
  const told = await li.client.call('history/differences', { target, revisions })
  if (!told.ok) throw new Error(wordsOf(told.fault))
  expect(told.value.map((one) => [one.number, one.added, one.removed])).toEqual([
    [1, 1, 1],
    [3, 1, 1],
  ])
  const lines = told.value[0]?.hunks.flatMap((hunk) => hunk.lines) ?? []
  expect(lines.filter((line) => /^[+-]/.test(line)).map((line) => line.replace(/\s+/g, ' '))).toEqual([
    `- - image: ${shopImage('2.9.0')}`,
    `+ - image: ${shopImage('2.8.1')}`,
  ])
  const unknown = revisions.map((one) => ({ ...one, digest: 'known-to-nobody' }))
  expect(spoken(await li.client.call('history/differences', { target, revisions: unknown }))).toMatchObject({
    ok: false,
    fault: { message: expect.stringContaining('known to nobody any more') as string },
  })
})
