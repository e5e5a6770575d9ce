import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRealClock } from '../../../../electron/training/clock/clock.ts'
import {
  createTrainingCluster,
  type TrainingCluster,
} from '../../../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../../../electron/training/training-kubeconfig.ts'
import type { CommandInput } from '../../../../shared/contract.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { openDesk, type Desk } from '../../../support/app-on-training.ts'

let folder: string
const ends: (() => Promise<unknown>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-time-'))
})

afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  rmSync(folder, { recursive: true, force: true })
})

async function openAt(speed: number): Promise<{ readonly cluster: TrainingCluster; readonly desk: Desk }> {
  const cluster = createTrainingCluster({ clock: createRealClock(speed) })
  const { server, stop } = await cluster.listen({ port: 0 })
  const kubeconfig = join(folder, `${ends.length}`)
  writeFileSync(kubeconfig, trainingKubeconfig(server, 'training'))
  const { app, desk } = await openDesk({
    kubeconfig,
    home: `${kubeconfig}-home`,
    person: 'li',
    number: ends.length + 1,
  })
  ends.push(
    () => app.close(),
    () => stop().then(() => cluster.stop()),
  )
  return { cluster, desk }
}

async function release(desk: Desk, bakeSeconds: number): Promise<void> {
  const draft = await desk.draft('demo-http', {
    images: { 'demo-aone': 'registry.example:5000/demo-team/demo:2' },
  })
  const gates = { ...defaultGates, bakeSeconds }
  const wanted: CommandInput<'release/check'> = {
    ...draft,
    steps: draft.steps.map((step) => ({ ...step, gates })),
  }
  const started = await desk.client.call('release/start', { request: 'request-1', draft: wanted })
  expect(started).toMatchObject({ ok: true })
}

const live = (view: PipelineView): boolean => view.freshness.kind === 'live'
const bakes = (view: PipelineView): boolean => view.batches[0]?.bakeUntil !== undefined
const waits = (view: PipelineView): boolean => view.release?.gates[0]?.stage.kind === 'approval'

async function youngest(desk: Desk): Promise<number> {
  const pods = await desk.until('pods', desk.target('demo-http'), ({ kind }) => kind === 'view')
  if (pods.kind !== 'view') throw new Error(pods.kind)
  return Math.max(...pods.view.pods.map((pod) => pod.createdAt))
}

test.each([1, 5, 20])(
  'at %i x the picture, the pods, the log and the bake of a release stand in one time',
  async (speed) => {
    const { desk } = await openAt(speed)
    // The clocks are a minute apart before anything is begun, were there two of them.
    await desk.picture('demo-http', live)
    await release(desk, 40)
    const began = performance.now()
    const baking = await desk.picture('demo-http', bakes)
    const created = await youngest(desk)
    const started = baking.release?.startedAt ?? 0
    const { readyAt = 0, bakeUntil = 0 } = baking.batches[0] ?? {}
    expect(created).toBeGreaterThanOrEqual(started - 2_000)
    expect(created).toBeLessThanOrEqual(readyAt)
    expect(bakeUntil - readyAt).toBe(40_000)
    expect(Math.abs(baking.now - readyAt)).toBeLessThan(4_000 * speed)
    if (speed === 1) return
    const waiting = await desk.picture('demo-http', waits)
    expect(waiting.now).toBeGreaterThanOrEqual(bakeUntil)
    expect(performance.now() - began).toBeLessThan(20_000)
  },
)

test('a bake that is made faster in its middle ends at the time that was said', async () => {
  const { cluster, desk } = await openAt(1)
  await desk.picture('demo-http', live)
  await release(desk, 60)
  const { batches } = await desk.picture('demo-http', bakes)
  const began = performance.now()
  cluster.setSpeed(20)
  // As the application does for its own training cluster: the time is heard with an answer.
  await desk.client.call('rights/review', { connection: desk.connection, namespace: 'demo' })
  const waiting = await desk.picture('demo-http', waits)
  expect(waiting.now).toBeGreaterThanOrEqual(batches[0]?.bakeUntil ?? Infinity)
  expect(performance.now() - began).toBeLessThan(30_000)
})

test('clusters at different speeds each have their own time', async () => {
  const slow = await openAt(1)
  const fast = await openAt(20)
  await Promise.all([slow.desk.picture('demo-http', live), fast.desk.picture('demo-http', live)])
  const before = [await slow.desk.picture('demo-http', live), await fast.desk.picture('demo-http', live)]
  // The same seconds on both laptops.
  for (const { desk } of [slow, fast]) desk.clock.skip(3_000)
  const after = [await slow.desk.picture('demo-http', live), await fast.desk.picture('demo-http', live)]
  const [slowly, fastly] = after.map((view, index) => view.now - (before[index]?.now ?? 0))
  expect(slowly).toBeLessThan(10_000)
  expect(fastly).toBeGreaterThan(20_000)
  expect(after.map((view) => view.speed)).toEqual([undefined, 20])
})
