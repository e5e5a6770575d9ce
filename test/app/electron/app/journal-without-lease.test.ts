import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import type { KubeClient } from '../../../support/kube-client.ts'
import {
  atGate,
  ended,
  kubectl,
  path,
  releaseShop,
  request,
  shopImage,
  startShop,
} from '../../../support/shop-release.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

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

function refuseLeases(): void {
  bench.cluster.hooks.disturb({
    when: (info) => info.plural === 'leases' && info.method !== 'GET',
    times: 1000,
    what: { kind: 'refuse', error: { code: 403, reason: 'Forbidden', message: 'leases is forbidden' } },
  })
}

/** How often the pods of a batch were given another image. */
function patches(): readonly string[] {
  return bench.cluster.hooks.requests
    .filter((one) => one.method === 'PATCH' && one.plural === 'deployments' && !one.query.has('dryRun'))
    .map((one) => one.name)
}

test('a release without a lock goes on after its process was killed, without a second patch, and ends', async () => {
  refuseLeases()
  const release = await startShop(li, '2.9.0', true)
  const seen = await li.picture('shop-http', atGate)
  expect(seen.lock).toEqual({ kind: 'local' })
  await li.kill()
  const again = await bench.open({ person: 'li@laptop', after: li })
  await again.picture('shop-http', (view) => view.release?.driving === true)
  expect(patches()).toEqual(['shop-1'])
  await again.client.call('release/push-all', {
    request: request(),
    target: again.target('shop-http'),
    release,
  })
  await again.picture('shop-http', ended(release))
  expect(patches()).toEqual(['shop-1', 'shop-2', 'shop-3'])
})

/** A release without a lock that waits at its first gate, as this machine finds it after a reboot. */
async function leftByReboot(): Promise<{ readonly again: Desk; readonly release: string }> {
  const release = await startShop(li, '2.9.0', true)
  await li.picture('shop-http', atGate)
  return { again: await bench.open({ after: li, machine: 'laptop, booted anew' }), release }
}

test('a journal on this machine whose driver is not proved gone is taken over once it was not renewed for the duration of a lock, and never before', async () => {
  const { again, release } = await leftByReboot()
  await li.kill()
  const target = again.target('shop-http')
  const takeOver = () => again.client.call('release/take-over', { request: request(), target, release })
  const seen = await again.picture('shop-http', (view) => view.release?.id === release)
  expect(seen.lock).toEqual({
    kind: 'other',
    holder: 'li@laptop',
    expired: false,
    seconds: 60,
    inDoubt: true,
  })
  await again.pass(40_000)
  expect(await takeOver()).toMatchObject({ ok: false, fault: { code: 'conflict' } })
  await again.pass(20_000)
  const left = await again.picture('shop-http', ({ lock }) => lock.kind === 'other' && lock.expired)
  expect(left.release?.verbs.filter((verb) => verb.enabled).map((verb) => verb.verb)).toEqual([
    'take-over',
    'roll-back',
  ])
  const marked = patches().length
  expect(await takeOver()).toEqual({ ok: true, value: null })
  expect((await again.picture('shop-http', (view) => view.release?.driving === true)).lock).toEqual({
    kind: 'local',
  })
  await again.client.call('release/push-all', { request: request(), target, release })
  await again.picture('shop-http', ended(release))
  // First it touches the batches that have not begun, so that a write still under way elsewhere fails.
  expect(patches().slice(marked)).toEqual(['shop-2', 'shop-3', 'shop-2', 'shop-3'])
})

test('whoever drove by a journal that was taken over meanwhile says so and writes nothing more', async () => {
  const { again, release } = await leftByReboot()
  await again.picture('shop-http', ({ lock }) => lock.kind === 'other')
  await again.pass(60_000)
  const target = again.target('shop-http')
  expect(await again.client.call('release/take-over', { request: request(), target, release })).toMatchObject(
    { ok: true },
  )
  const marked = patches().length
  const late = { request: request(), target: li.target('shop-http'), release, step: 0 }
  expect(await li.client.call('release/approve', late)).toMatchObject({ fault: { code: 'closed' } })
  await li.picture('shop-http', (view) => view.release?.driving === false)
  expect(patches().slice(marked)).toEqual([])
})

test('with the right to write Leases back, the next release takes the lock, and the file is gone', async () => {
  await releaseShop(li, '2.9.0', true)
  const folder = join(li.home, 'releases')
  expect(readdirSync(folder).filter((name) => name.startsWith('journal-'))).toHaveLength(1)
  const next = await startShop(li, '3.0.0')
  const seen = await li.picture('shop-http', (view) => view.release?.id === next)
  expect(seen.lock).toEqual({ kind: 'mine' })
  expect(readdirSync(folder).filter((name) => name.startsWith('journal-'))).toEqual([])
})

test('no release without a lock begins beside one that a colleague drives', async () => {
  await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  const wang = await bench.open({ person: 'wang@desk' })
  await wang.picture('shop-http', (view) => view.lock.kind === 'other')
  const draft = await wang.draft('shop-http', { images: { shop: shopImage('3.0.0') } })
  const beside = { request: request(), draft: { ...draft, withoutLock: true } }
  expect(spoken(await wang.client.call('release/start', beside))).toMatchObject({
    ok: false,
    fault: { code: 'conflict', message: expect.stringContaining('li@laptop') as string },
  })
})

const garbage = {
  'no text of ours': 'garbage',
  'a gzip that was cut': gzipSync(JSON.stringify({ schema: 1, id: 'r1' }))
    .subarray(0, 20)
    .toString('base64'),
  'of a newer Tranche': gzipSync(JSON.stringify({ schema: 7 })).toString('base64'),
}

test.each(Object.entries(garbage))(
  'scenario 56: with a journal that is %s nothing is guessed or started until a person sets it aside',
  async (name, text) => {
    await releaseShop(li, '2.9.0')
    await cluster.patch(path.lease('shop-http'), 'merge', {
      metadata: { annotations: { 'tranche.dev/release': text } },
    })
    const wang = await bench.open({ person: 'wang@desk' })
    const seen = await wang.picture('shop-http', (view) => view.unreadable !== undefined)
    const newer = name === 'of a newer Tranche'
    expect(seen.unreadable).toMatchObject({
      newer,
      sentence: { kind: newer ? 'journal-newer' : 'journal-unreadable' },
    })
    expect(seen.release).toBeUndefined()
    expect(seen.headline.kind).toBe('idle')
    const draft = await wang.draft('shop-http', { images: { shop: shopImage('3.0.0') } })
    expect(await wang.client.call('release/start', { request: request(), draft })).toMatchObject({
      ok: false,
      fault: { code: 'journal' },
    })
    const version = seen.unreadable?.version ?? ''
    const forget = (of: string) =>
      wang.client.call('release/forget', {
        request: request(),
        target: wang.target('shop-http'),
        version: of,
      })
    expect(await forget('another')).toMatchObject({ ok: false, fault: { code: 'conflict' } })
    expect(await forget(version)).toEqual({ ok: true, value: null })
    await wang.picture('shop-http', (view) => view.unreadable === undefined)
    expect(await wang.client.call('release/start', { request: request(), draft })).toMatchObject({ ok: true })
  },
)

test('scenario 56: a damaged journal of this machine is told as well, and kept aside when it is forgotten', async () => {
  await releaseShop(li, '2.9.0', true)
  await li.kill()
  const folder = join(li.home, 'releases')
  const file = readdirSync(folder).find((name) => name.startsWith('journal-')) ?? ''
  writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').slice(0, 99))
  const again = await bench.open({ after: li })
  const seen = await again.picture('shop-http', (view) => view.unreadable !== undefined)
  const draft = await again.draft('shop-http', { images: { shop: shopImage('3.0.0') } })
  expect(await again.client.call('release/start', { request: request(), draft })).toMatchObject({
    ok: false,
    fault: { code: 'journal' },
  })
  const target = again.target('shop-http')
  const version = seen.unreadable?.version ?? ''
  expect(await again.client.call('release/forget', { request: request(), target, version })).toMatchObject({
    ok: true,
  })
  expect(readdirSync(folder)).toContain(`${file}.broken`)
  expect(await again.client.call('release/start', { request: request(), draft })).toMatchObject({ ok: true })
})

test('scenario 56: when the Lease is deleted in mid-release nothing more is written until a person goes on', async () => {
  const release = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await cluster.remove(path.lease('shop-http'))
  const target = li.target('shop-http')
  expect(
    await li.client.call('release/approve', { request: request(), target, release, step: 0 }),
  ).toMatchObject({ ok: false, fault: { code: 'closed' } })
  const seen = await li.picture('shop-http', (view) => view.release?.driving === false)
  expect(wordsOf(seen.release?.fault)).toContain('deleted')
  expect(patches()).toEqual(['shop-1'])
  const marked = patches().length
  expect(await li.client.call('release/take-over', { request: request(), target, release })).toMatchObject({
    ok: true,
  })
  await li.client.call('release/push-all', { request: request(), target, release })
  await li.picture('shop-http', ended(release))
  // First it touches the batches that have not begun, so that a write still under way elsewhere fails.
  expect(patches().slice(marked)).toEqual(['shop-2', 'shop-3', 'shop-2', 'shop-3'])
})

test('scenario 56: when the Lease is deleted while nobody drives, the laptop that drove still knows the release and what ran before', async () => {
  const release = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await li.kill()
  await cluster.remove(path.lease('shop-http'))
  const again = await bench.open({ person: 'li@laptop', after: li })
  const left = await again.picture('shop-http', (view) => view.release?.id === release)
  expect(left.release?.driving).toBe(false)
  expect(left.lock).toEqual({ kind: 'free' })
  expect(left.release?.verbs.filter((verb) => verb.enabled).map((verb) => verb.verb)).toEqual([
    'take-over',
    'roll-back',
  ])
  const draft = await again.draft('shop-http', { images: { shop: shopImage('3.0.0') } })
  expect(spoken(await again.client.call('release/start', { request: request(), draft }))).toMatchObject({
    ok: false,
    fault: { message: expect.stringContaining(release) as string },
  })
  const target = again.target('shop-http')
  expect(await again.client.call('release/take-over', { request: request(), target, release })).toMatchObject(
    { ok: true },
  )
  const back = (await again.picture('shop-http', (view) => view.lock.kind === 'mine')).release?.rollBack
  expect(back?.batches.map(({ name }) => name)).toEqual(['shop-1'])
  await again.client.call('release/push-all', { request: request(), target, release })
  await again.picture('shop-http', ended(release))
  // Ended, and the Lease is cleaned away: there is nothing left to be known.
  await again.kill()
  await cluster.remove(path.lease('shop-http'))
  const last = await bench.open({ person: 'li@laptop', after: li })
  const clean = await last.picture('shop-http', (view) => view.freshness.kind === 'live')
  expect(clean.release).toBeUndefined()
})

test('scenario 56: a Lease that is deleted before the eyes of its driver leaves the release known after the next start', async () => {
  const release = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await cluster.remove(path.lease('shop-http'))
  const target = li.target('shop-http')
  await li.client.call('release/approve', { request: request(), target, release, step: 0 })
  await li.picture('shop-http', (view) => view.release?.driving === false)
  await li.kill()
  const again = await bench.open({ person: 'li@laptop', after: li })
  const left = await again.picture('shop-http', (view) => view.release?.id === release)
  expect(left.release?.driving).toBe(false)
})

test('a release that a colleague has taken over and ended is not remembered once its Lease is gone', async () => {
  const release = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await li.kill()
  const wang = await bench.open({ person: 'wang@desk' })
  await wang.picture('shop-http', (view) => view.lock.kind === 'other')
  await wang.pass(60_000)
  await wang.picture('shop-http', ({ lock }) => lock.kind === 'other' && lock.expired)
  const target = wang.target('shop-http')
  await wang.client.call('release/take-over', { request: request(), target, release })
  await wang.client.call('release/push-all', { request: request(), target, release })
  await wang.picture('shop-http', ended(release))
  const again = await bench.open({ person: 'li@laptop', after: li })
  await again.picture('shop-http', ended(release))
  await again.kill()
  await cluster.remove(path.lease('shop-http'))
  const last = await bench.open({ person: 'li@laptop', after: li })
  const clean = await last.picture('shop-http', (view) => view.freshness.kind === 'live')
  expect(clean.release).toBeUndefined()
})
