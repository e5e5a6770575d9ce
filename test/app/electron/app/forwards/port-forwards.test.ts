import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pods as podKind } from '../../../../../electron/training/objects/resources.ts'
import type { PodsView } from '../../../../../shared/view/pods-view.ts'
import { podToTry } from '../../../../../shared/view/pod-to-try.ts'
import { openBench, type Bench, type Desk } from '../../../../support/app-on-training.ts'

let bench: Bench
let desk: Desk
beforeAll(async () => {
  bench = await openBench()
  desk = await bench.open()
})
afterAll(() => bench.close())

async function pods(fits: (view: PodsView) => boolean): Promise<PodsView> {
  const payload = await desk.until(
    'pods',
    desk.target('demo-http'),
    (one) => one.kind === 'view' && fits(one.view),
  )
  if (payload.kind !== 'view') throw new Error(payload.kind)
  return payload.view
}

async function podOf(batch: number): Promise<string> {
  const { pods: rows } = await pods((view) => podToTry(view.pods, batch) !== undefined)
  return podToTry(rows, batch)?.name ?? ''
}

const begin = (pod: string, more: { readonly port?: number; readonly localPort?: number } = {}) =>
  desk.client.call('pod/forward', { target: desk.target('demo-http'), pod, ...more })

async function isClosed(port: number): Promise<boolean> {
  const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
  return error.code === 'ECONNREFUSED'
}

test('a port stands with the pods while it is open, is opened once, and is closed by whoever asks', async () => {
  const pod = await podOf(1)
  const [one, two] = [await begin(pod), await begin(pod)]
  if (!one.ok || !two.ok) throw new Error('refused')
  expect(two.value).toEqual(one.value)
  expect(one.value).toMatchObject({ pod, batch: 1, podPort: 7001, state: { kind: 'open' } })
  expect((await fetch(one.value.address)).status).toBe(200)
  const { forwards } = await pods((view) => view.forwards.length > 0)
  expect(forwards.map(({ id }) => id)).toEqual([one.value.id])
  expect((await desk.client.call('pod/stop-forward', { forward: one.value.id })).ok).toBe(true)
  const after = await pods((view) => view.forwards[0]?.state.kind === 'ended')
  expect(after.forwards[0]?.state).toEqual({ kind: 'ended', why: 'stopped' })
  expect(await isClosed(one.value.localPort)).toBe(true)
})

test('when a pod goes, its port is closed although nobody uses it', async () => {
  const pod = await podOf(2)
  const begun = await begin(pod)
  if (!begun.ok) throw new Error(begun.fault.message)
  const { store, lifecycle } = bench.cluster.hooks.plane
  const found = store.get(podKind, 'demo', pod)
  if (found !== undefined) lifecycle.remove(podKind, found, { graceSeconds: 0 })
  const { forwards } = await pods((view) =>
    view.forwards.some(({ id, state }) => id === begun.value.id && state.kind === 'ended'),
  )
  expect(forwards.find(({ id }) => id === begun.value.id)?.state).toEqual({ kind: 'ended', why: 'pod-gone' })
  expect(await isClosed(begun.value.localPort)).toBe(true)
})

test('a pod that is none of the Service, and more ports than a person looks at, are refused', async () => {
  expect(await begin('shop-1-x')).toMatchObject({ ok: false, fault: { code: 'not-found' } })
  const pod = await podOf(3)
  const many = []
  for (let port = 8001; port <= 8008; port++) many.push(await begin(pod, { port }))
  expect(many.every(({ ok }) => ok)).toBe(true)
  expect(await begin(pod, { port: 8009 })).toMatchObject({ ok: false, fault: { code: 'busy' } })
})

test('leaving the cluster closes every port that leads there', async () => {
  const { forwards } = await pods((view) => view.forwards.some(({ state }) => state.kind === 'open'))
  const open = forwards.filter(({ state }) => state.kind === 'open')
  expect(open).toHaveLength(8)
  await desk.client.call('cluster/disconnect', { connection: desk.connection })
  for (const { localPort } of open) expect(await isClosed(localPort)).toBe(true)
})
