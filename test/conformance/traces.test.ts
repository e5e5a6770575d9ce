import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFakeTrainingClock } from '../support/fake-training-clock.ts'
import type { World } from './controllers/world.ts'
import { startTrainingTarget } from './targets/training-target.ts'
import type { Target } from './targets/target.ts'
import { beyond, boundsOf } from './traces/bounds.ts'
import { milestonesOf, outOfOrder, reasonsOf } from './traces/milestones.ts'
import { playRollout } from './traces/play-rollout.ts'
import { pairwiseRollouts, titleOf, type Rollout } from './traces/rollouts.ts'
import { readTraces, stepOf, type Step, type Trace } from './traces/trace.ts'

const clock = createFakeTrainingClock()
const stepMs = 250
const longestMs = 1_200_000
const recorded = readTraces()

let target: Target

beforeAll(async () => {
  target = await startTrainingTarget({ podSpeed: 1, clock })
})
afterAll(() => target.stop())

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let passed = 0; passed <= longestMs; passed += stepMs) {
    const found = await look()
    if (found !== undefined) return found
    clock.advance(stepMs)
  }
  throw new Error(`not within ${longestMs / 1000} s of the cluster's time: ${what}`)
}

async function playOnTraining(rollout: Rollout): Promise<Trace> {
  const client = target.client('admin')
  const namespace = `rollout-${recorded.findIndex((one) => one.rollout === rollout)}`
  const metadata = { name: namespace }
  await client.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata })
  const world: World = { target: 'training', client, namespace, until }
  const trace = await playRollout(world, rollout, 60)
  await client.remove(`/api/v1/namespaces/${namespace}`)
  return trace
}

function outside(rollout: Rollout, steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => beyond(boundsOf(rollout), step))
}

test('every combination of two settings was recorded', () => {
  const wanted = pairwiseRollouts().map(titleOf)
  expect(recorded.map(({ rollout }) => titleOf(rollout)).sort()).toEqual([...wanted].sort())
})

describe('the bounds of a rollout come from its strategy', () => {
  const rows = [
    { replicas: 16, maxSurge: '25%', maxUnavailable: '25%', most: 20, fewest: 12 },
    { replicas: 1, maxSurge: '25%', maxUnavailable: '25%', most: 2, fewest: 1 },
    { replicas: 7, maxSurge: '50%', maxUnavailable: '50%', most: 11, fewest: 4 },
    { replicas: 3, maxSurge: 0, maxUnavailable: '25%', most: 3, fewest: 2 },
    { replicas: 2, maxSurge: 3, maxUnavailable: 2, most: 5, fewest: 0 },
    { replicas: 10, maxSurge: '100%', maxUnavailable: 0, most: 20, fewest: 10 },
  ]
  test.each(rows)(
    '$replicas replicas, surge $maxSurge, unavailable $maxUnavailable: at most $most pods, at least $fewest available',
    ({ most, fewest, ...strategy }) => {
      const bounds = boundsOf({ ...strategy, minReadySeconds: 0, image: 'good' })
      expect(bounds).toEqual({ mostPods: most, fewestAvailable: fewest })
    },
  )

  test('one pod more, or one available pod fewer, is outside of them', () => {
    const bounds = { mostPods: 5, fewestAvailable: 3 }
    expect(beyond(bounds, stepOf('4 2 3 3 3 U+'))).toEqual([])
    expect(beyond(bounds, stepOf('4 3 3 3 3 U+'))).toEqual(['6 pods, at most 5'])
    expect(beyond(bounds, stepOf('4 2 3 2 3 U+'))).toEqual(['2 available, at least 3'])
  })
})

test('milestones in another order are told, but not those that come in the same moment', () => {
  const real = ['2 0 2 2 2 A+', '2 1 2 2 2 C+', '2 1 3 3 1 U+', '2 2 3 3 1 U+', '2 2 3 2 0 U+'].map(stepOf)
  expect(outOfOrder(real, real)).toEqual([])
  const early = ['2 0 2 2 2 A+', '2 0 2 2 0 U+', '2 1 2 2 0 C+', '2 2 2 2 0 C+'].map(stepOf)
  expect(outOfOrder(real, early)).toEqual([
    'half of the old pods gone before the first new pod',
    'no old pod left before the first new pod',
    'all available before the first new pod',
    'half of the old pods gone before half of the new pods',
    'no old pod left before half of the new pods',
    'all available before half of the new pods',
  ])
  expect(outOfOrder(real, real.slice(0, 3))).toEqual([
    'never: all new pods',
    'never: no old pod left',
    'never: all available',
  ])
})

test.each(recorded.map((trace) => [titleOf(trace.rollout), trace] as const))(
  '%s: as the real controller rolls it',
  { timeout: 60_000 },
  async (_, { rollout, steps, back }) => {
    const ours = await playOnTraining(rollout)
    const parts = [
      [steps.map(stepOf), ours.steps.map(stepOf)],
      [back.map(stepOf), ours.back.map(stepOf)],
    ] as const
    for (const [real, own] of parts) {
      expect(own.at(-1)).toEqual(real.at(-1))
      expect(outside(rollout, own)).toEqual([])
      expect(outOfOrder(real, own)).toEqual([])
      expect(reasonsOf(own)).toEqual(reasonsOf(real))
      expect(milestonesOf(own).map(({ name }) => name)).toHaveLength(milestonesOf(real).length)
    }
  },
)
