import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { deployments } from '../../../../electron/training/objects/resources.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { createKubeClient } from '../../../support/kube-client.ts'
import { eventually } from '../../../support/eventually.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

const tag = '20190215093000'
const images = { 'demo-aone': `registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:${tag}` }
let bench: Bench
let li: Desk
let wang: Desk
let before: ReadonlyMap<string, number>
beforeEach(async () => {
  bench = await openBench()
  li = await bench.open({ person: 'li@laptop' })
  wang = await bench.open({ person: 'wang@desk' })
  await li.picture('demo-http', (view) => view.endpoints.ready === view.endpoints.expected)
  before = revisions()
})
afterEach(() => bench.close())

const request = (): string => randomUUID()
const atGate = (view: PipelineView): boolean => view.headline.kind === 'release-approval'

async function startAndWait(desk: Desk): Promise<PipelineView> {
  const draft = await desk.draft('demo-http', { images })
  const started = await desk.client.call('release/start', { request: request(), draft })
  if (!started.ok) throw new Error(wordsOf(started.fault))
  return desk.picture('demo-http', atGate)
}

/** How often each batch has been given another template so far. */
function revisions(): ReadonlyMap<string, number> {
  return new Map(
    bench.cluster.hooks.plane.store
      .list(deployments, 'demo')
      .filter((one) => one.metadata.name.startsWith('demo-aone'))
      .map((one) => {
        const revision = one.metadata.annotations?.['deployment.kubernetes.io/revision']
        return [one.metadata.name, Number(revision)]
      }),
  )
}

/** Batches whose pods were given another template in this test, once for each time. */
function patches(): readonly string[] {
  return [...revisions()].flatMap(([name, revision]) =>
    Array.from({ length: revision - (before.get(name) ?? 0) }, () => name),
  )
}

test('a colleague sees the release and who drives it, and can change nothing', async () => {
  const mine = await startAndWait(li)
  const theirs = await wang.picture('demo-http', atGate)
  expect(theirs.lock).toEqual({ kind: 'other', holder: 'li@laptop', expired: false, seconds: 60 })
  expect(theirs.release?.verbs.filter((verb) => verb.enabled)).toEqual([])
  const target = wang.target('demo-http')
  const release = mine.release?.id ?? ''
  for (const reply of [
    await wang.client.call('release/approve', { request: request(), target, release, step: 0 }),
    await wang.client.call('release/take-over', { request: request(), target, release }),
    await wang.client.call('release/start', {
      request: request(),
      draft: await wang.draft('demo-http', { images }),
    }),
  ])
    expect(spoken(reply)).toMatchObject({
      fault: { code: 'conflict', message: expect.stringContaining('li@laptop') as string },
    })
  expect(patches()).toEqual(['demo-aone-1'])
})

test('when the holder is gone, a colleague takes over and goes on without a second patch', async () => {
  const mine = await startAndWait(li)
  await wang.picture('demo-http', atGate)
  await li.kill()
  await wang.pass(60_000)
  const left = await wang.picture('demo-http', ({ lock }) => lock.kind === 'other' && lock.expired)
  const open = left.release?.verbs.filter((verb) => verb.enabled).map((verb) => verb.verb)
  expect(open).toEqual(['take-over', 'roll-back'])
  const target = wang.target('demo-http')
  const release = mine.release?.id ?? ''
  expect(await wang.client.call('release/take-over', { request: request(), target, release })).toEqual({
    ok: true,
    value: null,
  })
  await wang.client.call('release/approve', { request: request(), target, release, step: 0 })
  await wang.picture('demo-http', (view) => atGate(view) && view.batches[1]?.look === 'done')
  expect(patches()).toEqual(['demo-aone-1', 'demo-aone-2'])
})

test('the first holder, awake again, finds the lock taken, says whose it is and writes nothing more', async () => {
  const mine = await startAndWait(li)
  await wang.picture('demo-http', atGate)
  await wang.pass(60_000)
  const target = wang.target('demo-http')
  const release = mine.release?.id ?? ''
  const taken = await wang.client.call('release/take-over', { request: request(), target, release })
  expect(taken).toMatchObject({ ok: true })
  const late = { request: request(), target: li.target('demo-http'), release, step: 0 }
  expect(spoken(await li.client.call('release/approve', late))).toMatchObject({
    fault: { message: expect.stringContaining('wang@desk') as string },
  })
  const view = await li.picture('demo-http', ({ lock }) => lock.kind === 'other')
  expect(view.release?.driving).toBe(false)
  expect(patches()).toEqual(['demo-aone-1'])
})

test('when the holder is gone, a roll back takes over by itself', async () => {
  const mine = await startAndWait(li)
  await wang.picture('demo-http', atGate)
  await li.kill()
  await wang.pass(60_000)
  const { rollBack, id = '' } = mine.release ?? {}
  const reply = await wang.client.call('release/roll-back', {
    request: request(),
    target: wang.target('demo-http'),
    release: id,
    mode: 'at-once',
    batches: rollBack?.batches.map((batch) => batch.uid) ?? [],
  })
  expect(reply).toMatchObject({ ok: true })
  const view = await wang.picture('demo-http', (one) => one.release?.outcome === 'rolled-back')
  expect(view.lock).toEqual({ kind: 'free' })
})

test('a release that has ended can still be taken back, by anybody who may', async () => {
  const mine = await startAndWait(li)
  const target = li.target('demo-http')
  await li.client.call('release/stop', { request: request(), target, release: mine.release?.id ?? '' })
  const ended = await wang.picture('demo-http', (view) => view.release?.outcome === 'stopped')
  const batches = ended.release?.rollBack?.batches.map((batch) => batch.uid) ?? []
  expect(batches).toHaveLength(1)
  const release = mine.release?.id ?? ''
  const back = { request: request(), target: wang.target('demo-http'), release, batches }
  expect(await wang.client.call('release/roll-back', { ...back, mode: 'batch-by-batch' })).toMatchObject({
    ok: true,
  })
  await wang.picture('demo-http', (view) => view.release?.outcome === 'rolled-back')
})

test('a colleague can ask the holder to pause, and it is done under the name of the one who asked', async () => {
  const mine = await startAndWait(li)
  await wang.picture('demo-http', atGate)
  const target = wang.target('demo-http')
  const release = mine.release?.id ?? ''
  expect(
    await wang.client.call('release/ask', { request: request(), target, release, wish: 'pause' }),
  ).toEqual({
    ok: true,
    value: null,
  })
  const paused = await wang.picture('demo-http', (view) => view.release?.state === 'paused')
  expect(paused.headline).toEqual({ kind: 'release-paused', by: 'wang@desk' })
  expect(paused.lock).toMatchObject({ kind: 'other', holder: 'li@laptop' })
})

test('a colleague can ask the holder to stop, and the lock is free afterwards', async () => {
  const mine = await startAndWait(li)
  await wang.picture('demo-http', atGate)
  const asked = { request: request(), target: wang.target('demo-http'), release: mine.release?.id ?? '' }
  await wang.client.call('release/ask', { ...asked, wish: 'stop' })
  const view = await wang.picture('demo-http', (one) => one.release?.outcome === 'stopped')
  expect(view.lock).toEqual({ kind: 'free' })
  expect(
    await wang.client.call('release/ask', { ...asked, request: request(), wish: 'pause' }),
  ).toMatchObject({
    fault: { code: 'conflict' },
  })
})

test('taking over touches every batch that is still to be written, so that an old patch cannot land', async () => {
  const mine = await startAndWait(li)
  const seen = await wang.picture('demo-http', atGate)
  await li.kill()
  await wang.pass(60_000)
  await wang.picture('demo-http', ({ lock }) => lock.kind === 'other' && lock.expired)
  const generations = () =>
    bench.cluster.hooks.plane.store
      .list(deployments, 'demo')
      .filter((one) => /demo-aone-[234]/.test(one.metadata.name))
      .map((one) => one.metadata.generation)
  const old = generations()
  const target = wang.target('demo-http')
  await wang.client.call('release/take-over', { request: request(), target, release: mine.release?.id ?? '' })
  const touched = old.map((one) => (one ?? 0) + 1)
  await eventually(
    () => Promise.resolve(JSON.stringify(generations()) === JSON.stringify(touched) || undefined),
    { what: 'every generation moved' },
  )
  expect(seen.release?.driving).toBe(false)
})

test('a new image may take the place of a release that is held, from the canary again', async () => {
  const missing = { 'demo-aone': `${images['demo-aone']}-missing` }
  const draft = await li.draft('demo-http', { images: missing })
  await li.client.call('release/start', { request: request(), draft })
  const held = await li.picture('demo-http', (view) => view.release?.state === 'held')
  const supersedes = { release: held.release?.id ?? '', from: 'canary' } as const
  const next = { ...(await li.draft('demo-http', { images })), supersedes }
  expect(await li.client.call('release/start', { request: request(), draft: next })).toMatchObject({
    ok: true,
  })
  const view = await li.picture('demo-http', atGate)
  expect(view.release).toMatchObject({ supersedes: held.release?.id, tag })
  const back = view.release?.rollBack?.batches.map(({ name, to }) => [name, to])
  expect(back).toEqual([['demo-aone-1', '20190101191052']])
})

test('a release that was left unfinished is not overwritten by another one: whoever starts is told its name and the ways out', async () => {
  const mine = await startAndWait(li)
  const { id = '' } = mine.release ?? {}
  await wang.picture('demo-http', atGate)
  await li.kill()
  await wang.pass(60_000)
  await wang.picture('demo-http', ({ lock }) => lock.kind === 'other' && lock.expired)
  const draft = await wang.draft('demo-http', { images: { 'demo-aone': `${images['demo-aone']}-next` } })
  const start = (supersedes?: { release: string; from: 'canary' }) =>
    wang.client.call('release/start', {
      request: request(),
      draft: { ...draft, ...(supersedes !== undefined && { supersedes }) },
    })
  const refused = await start()
  expect(spoken(refused)).toMatchObject({ ok: false, fault: { code: 'conflict' } })
  const message = refused.ok ? '' : wordsOf(refused.fault)
  for (const word of [id, 'li@laptop', 'Take it over', 'take its place', 'stop', 'roll it back'])
    expect(message).toContain(word)
  const check = await wang.client.call('release/check', draft)
  const blockers = check.ok ? check.value.checks.filter(({ level }) => level === 'blocker') : []
  expect(blockers.map(({ what }) => what.kind)).toContain('abandoned-release')
  // Nobody drives it yet, so nothing can take its place either.
  expect(spoken(await start({ release: id, from: 'canary' }))).toMatchObject({ fault: { message } })
  expect(patches()).toEqual(['demo-aone-1'])
  const target = wang.target('demo-http')
  await wang.client.call('release/take-over', { request: request(), target, release: id })
  expect(await start({ release: id, from: 'canary' })).toMatchObject({ ok: true })
  const next = await wang.picture('demo-http', (view) => view.release?.supersedes === id)
  expect(next.release?.rollBack?.batches.map(({ name, to }) => [name, to])).toEqual([
    ['demo-aone-1', '20190101191052'],
  ])
})

test('a release whose lock somebody has set free by hand keeps its journal all the same', async () => {
  const mine = await startAndWait(li)
  await li.kill()
  const kubectl = createKubeClient({ server: bench.server, token: 'training-token' })
  await kubectl.patch('/apis/coordination.k8s.io/v1/namespaces/demo/leases/tranche-demo-http', 'merge', {
    spec: { holderIdentity: '' },
  })
  await kubectl.close()
  await wang.picture('demo-http', (view) => view.lock.kind === 'free' && view.release !== undefined)
  const draft = await wang.draft('demo-http', { images })
  expect(spoken(await wang.client.call('release/start', { request: request(), draft }))).toMatchObject({
    fault: { code: 'conflict', message: expect.stringContaining(mine.release?.id ?? '?') as string },
  })
})

test('what a release waits for, and that somebody took it over, is told to whoever drove it, whatever is looked at', async () => {
  const { id: release = '' } = (await startAndWait(li)).release ?? {}
  await wang.picture('demo-http', atGate)
  li.lookAway()
  const waiting = await li.until('notices', {}, (notices) => notices.length > 0)
  expect(waiting.map((one) => [one.target.service, one.why])).toEqual([
    ['demo-http', { kind: 'standstill', sentence: { kind: 'release-approval', done: 1, next: 2 } }],
  ])
  expect(spoken(await wang.until('notices', {}, () => true))).toEqual([])
  await wang.pass(60_000)
  const taken = { request: request(), target: wang.target('demo-http'), release }
  expect(await wang.client.call('release/take-over', taken)).toMatchObject({ ok: true })
  const lost = await li.until('notices', {}, ([one]) => one?.why.kind === 'lost')
  expect(spoken(lost)).toMatchObject([
    { why: { fault: { message: expect.stringContaining('wang@desk') as string } } },
  ])
  expect(await wang.until('notices', {}, (notices) => notices.length > 0)).toHaveLength(1)
})

/** A start that takes the place of a release, and hangs before it has the lock. `waits`: it has come to that. */
async function replaceSlowly(release: string) {
  const supersedes = { release, from: 'canary' } as const
  const next = { 'demo-aone': `${images['demo-aone']}-next` }
  const draft = { ...(await li.draft('demo-http', { images: next })), supersedes }
  let waits = false
  bench.cluster.hooks.disturb({
    when: ({ plural }) => (waits = waits || plural === 'configmaps') && plural === 'configmaps',
    what: { kind: 'delay', milliseconds: 500 },
  })
  const started = li.client.call('release/start', { request: request(), draft })
  await eventually(() => Promise.resolve(waits || undefined), { what: 'the history is written' })
  return { draft, started }
}

test('while something takes the place of a release nothing else does, and nobody goes on with it', async () => {
  const { id: release = '' } = (await startAndWait(li)).release ?? {}
  const target = li.target('demo-http')
  const { draft, started } = await replaceSlowly(release)
  const asked = [
    li.client.call('release/approve', { target, release, step: 0, request: request() }),
    li.client.call('release/start', { request: request(), draft }),
  ]
  for (const reply of await Promise.all(asked))
    expect(spoken(reply)).toMatchObject({
      ok: false,
      fault: { code: 'conflict', message: expect.stringContaining('takes the place') as string },
    })
  expect(await started).toMatchObject({ ok: true })
  const view = await li.picture('demo-http', ({ release: shown }) => shown?.supersedes === release)
  expect(view.release?.driving).toBe(true)
})

test('a roll back does not wait for what hangs while it takes the place of the release: that does not begin', async () => {
  const mine = await startAndWait(li)
  const { id: release = '' } = mine.release ?? {}
  const target = li.target('demo-http')
  const { started } = await replaceSlowly(release)
  const batches = (mine.release?.rollBack?.batches ?? []).map((one) => one.uid)
  const back = { target, release, mode: 'at-once', batches, request: request() } as const
  expect(await li.client.call('release/roll-back', back)).toMatchObject({ ok: true })
  expect(spoken(await started)).toMatchObject({
    ok: false,
    fault: { code: 'conflict', message: expect.stringContaining('braked') as string },
  })
  const view = await li.picture('demo-http', ({ release: shown }) => shown?.outcome === 'rolled-back')
  expect(view.release?.id).toBe(release)
})
