import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CommandInput } from '../../../../shared/contract.ts'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'

const images = { 'demo-aone': 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000' }
const readOnly = { ok: false, fault: { code: 'read-only' } }
const done = { ok: true }
let bench: Bench
let desk: Desk
let name: string
beforeEach(async () => {
  bench = await openBench()
  desk = await bench.open()
  name = (await cluster()).name
  await settle({ production: true })
})
afterEach(() => bench.close())

const request = (): string => randomUUID()
const target = () => desk.target('demo-http')
const atGate = (view: PipelineView): boolean => view.headline.kind === 'release-approval'

async function cluster(fits: (one: ClusterView) => boolean = () => true): Promise<ClusterView> {
  const own = (view: { readonly clusters: readonly ClusterView[] }): ClusterView | undefined =>
    view.clusters.find((one) => one.id === desk.connection)
  const view = await desk.until('clusters', {}, (one) => {
    const found = own(one)
    return found !== undefined && fits(found)
  })
  const found = own(view)
  if (found === undefined) throw new Error('no cluster')
  return found
}

const settle = (said: Partial<CommandInput<'cluster/settings'>>) =>
  desk.client.call('cluster/settings', { connection: desk.connection, alias: '', ...said })
const unlock = (typed = name) => desk.client.call('cluster/unlock', { connection: desk.connection, typed })

async function start() {
  const draft = await desk.draft('demo-http', { images })
  return desk.client.call('release/start', { request: request(), draft })
}

async function startedAndLocked(): Promise<PipelineView> {
  await unlock()
  expect(await start()).toMatchObject(done)
  const view = await desk.picture('demo-http', atGate)
  await desk.client.call('cluster/lock', { connection: desk.connection })
  return view
}

test('on a production cluster that is read-only no step forward is taken, whatever the command', async () => {
  expect(await start()).toMatchObject(readOnly)
  const view = await startedAndLocked()
  const release = view.release?.id ?? ''
  const batch = view.batches[1]?.uid ?? ''
  const common = { request: request(), target: target(), release }
  const plan = { steps: [], sizes: [] }
  const { client } = desk
  for (const reply of [
    await client.call('release/approve', { ...common, step: 0 }),
    await client.call('release/push-all', { request: request(), target: target(), release }),
    await client.call('release/resume', { request: request(), target: target(), release }),
    await client.call('release/retry', { ...common, batch }),
    await client.call('release/skip', { ...common, batch }),
    await client.call('release/adopt', { ...common, batch }),
    await client.call('release/restore', { ...common, batch }),
    await client.call('release/change-plan', { ...common, change: plan }),
    await client.call('release/take-over', common),
    await start(),
  ])
    expect(reply).toMatchObject(readOnly)
  const after = await desk.picture('demo-http', () => true)
  expect(after.batches.map((one) => one.look)).toEqual(view.batches.map((one) => one.look))
})

test('the brakes and the way back work on a cluster that is read-only', async () => {
  const view = await startedAndLocked()
  const release = view.release?.id ?? ''
  const { client } = desk
  expect(await client.call('release/pause', { request: request(), target: target(), release })).toMatchObject(
    done,
  )
  expect(
    await client.call('release/roll-back', {
      request: request(),
      target: target(),
      release,
      mode: 'at-once',
      batches: view.batches.map((one) => one.uid),
    }),
  ).toMatchObject(done)
  const back = await desk.picture('demo-http', ({ release: one }) => one?.state === 'ended')
  expect(back.release?.outcome).toBe('rolled-back')
  const history = await client.call('history/list', { target: target() })
  const newest = history.ok ? history.value.batches[0]?.revisions.find((one) => !one.current) : undefined
  const own = history.ok ? history.value.batches[0] : undefined
  const now = own?.revisions.find((one) => one.current)
  if (own === undefined || newest === undefined || now === undefined) throw new Error('no history')
  const begun = await client.call('release/go-back', {
    request: request(),
    target: target(),
    mode: 'at-once',
    revisions: [{ batch: own.batch, digest: newest.digest }],
    from: [{ batch: own.batch, digest: now.digest }],
  })
  expect(begun).toMatchObject(done)
  const next = begun.ok ? begun.value.release : ''
  expect(
    await client.call('release/stop', { request: request(), target: target(), release: next }),
  ).toMatchObject(done)
})

test('after a way back has ended nothing goes forward any more, and what was refused is done once it is allowed', async () => {
  const view = await startedAndLocked()
  const { client } = desk
  const back = {
    request: request(),
    target: target(),
    release: view.release?.id ?? '',
    mode: 'at-once' as const,
  }
  await client.call('release/roll-back', { ...back, batches: view.batches.map((one) => one.uid) })
  await desk.picture('demo-http', ({ release: one }) => one?.state === 'ended')
  const again = { request: request(), draft: await desk.draft('demo-http', { images }) }
  expect(await client.call('release/start', again)).toMatchObject(readOnly)
  await unlock()
  expect(await client.call('release/start', again)).toMatchObject(done)
})

test('changes are switched on for 15 minutes by typing the name; a release that runs goes on after that', async () => {
  expect(await unlock('demo')).toMatchObject({ fault: { code: 'invalid-input' } })
  expect(await start()).toMatchObject(readOnly)
  expect(await unlock()).toMatchObject(done)
  const { production } = await cluster()
  expect(production?.unlockedForMs).toBeGreaterThan(14 * 60_000)
  expect(await start()).toMatchObject(done)
  desk.clock.skip(15 * 60_000)
  expect((await cluster()).production).toEqual({})
  const view = await desk.picture('demo-http', atGate)
  const approve = () =>
    desk.client.call('release/approve', {
      request: request(),
      target: target(),
      release: view.release?.id ?? '',
      step: 0,
    })
  expect(await approve()).toMatchObject(readOnly)
  await unlock()
  expect(await approve()).toMatchObject(done)
})

test('a cluster that is read-only ceases to be production only when its name is typed', async () => {
  expect(await settle({ production: false })).toMatchObject({ fault: { code: 'invalid-input' } })
  expect(await start()).toMatchObject(readOnly)
  expect(await settle({ production: false, typed: name })).toMatchObject(done)
  expect((await cluster()).production).toBeUndefined()
  expect(await start()).toMatchObject(done)
})

test('alias and colour are kept outside the kubeconfig and outlive the application', async () => {
  await settle({ alias: '  政务云  ', colour: 3, production: true })
  expect(await cluster()).toMatchObject({
    alias: '政务云',
    colour: 3,
    name,
    production: {},
    productionSaid: true,
  })
  await settle({ production: true })
  expect(await cluster()).not.toHaveProperty('alias')
})

test('what a person left behind is taken over paused on a cluster that is read-only, and nothing begins', async () => {
  const view = await startedAndLocked()
  const release = view.release?.id ?? ''
  const other = await bench.open({ person: 'wang@desk' })
  await other.client.call('cluster/settings', { connection: other.connection, alias: '', production: true })
  await other.picture('demo-http', atGate)
  await desk.kill()
  await other.pass(60_000)
  await other.picture('demo-http', ({ lock }) => lock.kind === 'other' && lock.expired)
  const take = (paused?: boolean) =>
    other.client.call('release/take-over', {
      request: request(),
      target: other.target('demo-http'),
      release,
      ...(paused !== undefined && { paused }),
    })
  expect(await take()).toMatchObject(readOnly)
  expect(await take(true)).toMatchObject(done)
  await other.picture('demo-http', ({ release: one }) => one?.state === 'paused')
})
