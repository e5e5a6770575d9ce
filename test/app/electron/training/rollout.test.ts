import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  createTrainingCluster,
  type TrainingCluster,
} from '../../../../electron/training/training-cluster.ts'
import { createFakeTrainingClock, type FakeTrainingClock } from '../../../support/fake-training-clock.ts'

type Found = {
  readonly metadata: { readonly generation: number }
  readonly spec: { readonly replicas: number; readonly template: unknown }
  readonly status: {
    readonly observedGeneration: number
    readonly replicas?: number
    readonly updatedReplicas?: number
    readonly availableReplicas?: number
    readonly conditions: readonly {
      readonly type: string
      readonly status: string
      readonly reason: string
    }[]
  }
}

let clock: FakeTrainingClock
let cluster: TrainingCluster
let base = ''
let stop: () => Promise<void>

beforeEach(async () => {
  clock = createFakeTrainingClock()
  cluster = createTrainingCluster({ clock })
  const served = await cluster.listen({ port: 0 })
  stop = () => served.stop()
  base = `${served.server}/apis/apps/v1/namespaces/demo/deployments/demo-aone-2`
})
afterEach(async () => {
  await stop()
  await cluster.stop()
})

async function get(): Promise<Found> {
  return (await (await fetch(base)).json()) as Found
}

async function patch(path: string, value: unknown): Promise<void> {
  const answer = await fetch(base, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json-patch+json' },
    body: JSON.stringify([{ op: 'add', path, value }]),
  })
  expect(answer.status).toBe(200)
}

function setImage(tag: string): Promise<void> {
  return patch('/spec/template/spec/containers/0/image', `registry.example/demo:${tag}`)
}

function isDone({ metadata, spec, status }: Found): boolean {
  const { replicas } = spec
  const counts = [status.replicas, status.updatedReplicas, status.availableReplicas]
  return status.observedGeneration === metadata.generation && counts.every((count) => count === replicas)
}

/** Lets time pass and looks after every step; 16 pods at 25 %/25 % may be 4 too many and 4 too few. */
async function roll(until: (found: Found) => boolean, atMostSeconds: number): Promise<Found> {
  let observed = 0
  for (let step = 0; step < atMostSeconds * 4; step++) {
    clock.advance(250)
    const found = await get()
    expect(found.status.replicas ?? 0).toBeLessThanOrEqual(20)
    expect(found.status.availableReplicas ?? 0).toBeGreaterThanOrEqual(12)
    expect(found.status.observedGeneration).toBeGreaterThanOrEqual(observed)
    observed = found.status.observedGeneration
    if (until(found)) return found
  }
  throw new Error(
    `not reached within ${atMostSeconds} s of cluster time: ${JSON.stringify((await get()).status)}`,
  )
}

test('a rollout of a good image gets done and never leaves the bounds of its strategy', async () => {
  await setImage('good')
  await roll(isDone, 300)
})

test('a missing image stays within the bounds for ever, and passes its deadline after ten minutes', async () => {
  await setImage('missing')
  const found = await roll(
    ({ status }) => status.conditions.some((one) => one.reason === 'ProgressDeadlineExceeded'),
    700,
  )
  expect(found.status.availableReplicas).toBe(12)
  expect(found.status.updatedReplicas).toBe(8)
})

test('putting the old template back ends a bad rollout', async () => {
  const { template } = (await get()).spec
  await setImage('crash')
  await roll(({ status }) => (status.updatedReplicas ?? 0) === 8, 60)
  await patch('/spec/template', template)
  await roll(isDone, 300)
})

test('a paused Deployment takes a new template without rolling', async () => {
  await patch('/spec/paused', true)
  await setImage('good')
  clock.advance(60_000)
  const { status } = await get()
  expect([status.updatedReplicas ?? 0, status.availableReplicas]).toEqual([0, 16])
})
