import { expect } from 'vitest'
import type { JsonObject } from '../../../electron/training/objects/json.ts'
import { isComplete, revision, workloadsOf, type Workloads } from './workloads.ts'
import type { ControllerCase, World } from './world.ts'

type BudgetStatus = {
  readonly expectedPods: number
  readonly desiredHealthy: number
  readonly currentHealthy: number
  readonly disruptionsAllowed: number
  readonly observedGeneration: number
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string }[]
}

function budgets({ namespace }: World): string {
  return `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`
}

async function protect(
  world: World,
  work: Workloads,
  budget: { readonly name: string; readonly app: string; readonly spec: JsonObject },
): Promise<void> {
  const { name, app, spec } = budget
  await work.post(budgets(world), {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { selector: { matchLabels: { app } }, ...spec },
  })
}

function statusOf(
  world: World,
  name: string,
  fits: (status: BudgetStatus) => boolean,
): Promise<BudgetStatus> {
  return world.until(`the budget ${name} fits`, async () => {
    const { body } = await world.client.get(`${budgets(world)}/${name}`)
    const status = body['status'] as unknown as Partial<BudgetStatus> | undefined
    // Before its controller has seen it, a budget has a status without counts.
    return status?.observedGeneration === undefined || !fits(status as BudgetStatus)
      ? undefined
      : (status as BudgetStatus)
  })
}

function counts(status: BudgetStatus): readonly number[] {
  const { expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed } = status
  return [expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed]
}

function evict(world: World, work: Workloads, name: string): ReturnType<World['client']['post']> {
  const { namespace } = world
  return world.client.post(`${work.core}/pods/${name}/eviction`, {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
  })
}

export const disruptionCases: readonly ControllerCase[] = [
  {
    name: 'a budget over several Deployments expects the sum of their pods, and knows how many may go',
    async run(world) {
      const work = workloadsOf(world)
      for (const [name, replicas] of [
        ['batch-1', 1],
        ['batch-2', 5],
      ] as const) {
        await work.create(name, { app: 'shared', replicas })
      }
      await work.done('batch-1')
      await work.done('batch-2')
      await protect(world, work, { name: 'all', app: 'shared', spec: { maxUnavailable: '30%' } })
      const status = await statusOf(world, 'all', ({ currentHealthy }) => currentHealthy === 6)
      // 30 % of 6 rounds up: two may go.
      expect(counts(status)).toEqual([6, 4, 6, 2])
      expect(status.observedGeneration).toBe(1)
      expect(status.conditions.map(({ type, status: is, reason }) => [type, is, reason])).toEqual([
        ['DisruptionAllowed', 'True', 'SufficientPods'],
      ])
    },
  },
  {
    name: 'minAvailable counts against all pods of the owners, healthy or not',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 4 })
      await work.done('web')
      await protect(world, work, { name: 'half', app: 'web', spec: { minAvailable: '50%' } })
      expect(counts(await statusOf(world, 'half', ({ currentHealthy }) => currentHealthy === 4))).toEqual([
        4, 2, 4, 2,
      ])
      await protect(world, work, { name: 'three', app: 'web', spec: { minAvailable: 3 } })
      expect(counts(await statusOf(world, 'three', ({ currentHealthy }) => currentHealthy === 4))).toEqual([
        4, 3, 4, 1,
      ])
    },
  },
  {
    name: 'an eviction that the budget allows ends the pod, which is replaced',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      await protect(world, work, { name: 'one', app: 'web', spec: { maxUnavailable: 1 } })
      await statusOf(world, 'one', ({ disruptionsAllowed }) => disruptionsAllowed === 1)
      const [victim] = await work.pods('web')
      const name = victim?.metadata.name ?? ''
      const answer = await evict(world, work, name)
      expect([answer.status, answer.body['status']]).toEqual([201, 'Success'])
      await world.until('the pod is gone', async () =>
        (await world.client.get(`${work.core}/pods/${name}`)).status === 404 ? true : undefined,
      )
      await work.done('web')
      await statusOf(world, 'one', ({ disruptionsAllowed }) => disruptionsAllowed === 1)
    },
  },
  {
    name: 'an eviction that the budget forbids is 429 with the budget as its cause, without Retry-After',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      await protect(world, work, { name: 'none', app: 'web', spec: { maxUnavailable: 0 } })
      const status = await statusOf(world, 'none', ({ currentHealthy }) => currentHealthy === 2)
      expect(status.conditions.map(({ status: is, reason }) => [is, reason])).toEqual([
        ['False', 'InsufficientPods'],
      ])
      const [pod] = await work.pods('web')
      const answer = await evict(world, work, pod?.metadata.name ?? '')
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, null])
      expect(answer.body).toMatchObject({
        reason: 'TooManyRequests',
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget none needs 2 healthy pods and has 2 currently',
            },
          ],
        },
      })
    },
  },
  {
    name: 'a pod under two budgets cannot be evicted at all: 500',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      for (const name of ['one', 'two']) {
        await protect(world, work, { name, app: 'web', spec: { maxUnavailable: 1 } })
        await statusOf(world, name, ({ disruptionsAllowed }) => disruptionsAllowed === 1)
      }
      const [pod] = await work.pods('web')
      const answer = await evict(world, work, pod?.metadata.name ?? '')
      expect(answer.status).toBe(500)
      expect(answer.body['message']).toBe(
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      )
    },
  },
  {
    name: 'a rolling update does not ask budgets',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 4 })
      await work.done('web')
      await protect(world, work, { name: 'none', app: 'web', spec: { maxUnavailable: 0 } })
      await statusOf(world, 'none', ({ currentHealthy }) => currentHealthy === 4)
      await work.setTag('web', '2')
      await work.when('web', 'has rolled', (one) => revision(one) === 2 && isComplete(one))
    },
  },
  {
    name: 'two autoscalers on Deployments of one selector: neither scales, both say AmbiguousSelector',
    skip: {
      training: 'It has no metrics, so it plays no autoscaler: what one would do is not to be learned there.',
    },
    async run(world) {
      const work = workloadsOf(world)
      const path = `/apis/autoscaling/v2/namespaces/${world.namespace}/horizontalpodautoscalers`
      for (const name of ['batch-1', 'batch-2']) {
        await work.create(name, { app: 'shared', replicas: 1 })
        await work.done(name)
      }
      for (const name of ['batch-1', 'batch-2']) {
        await work.post(path, {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name },
          spec: {
            maxReplicas: 3,
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
            metrics: [
              {
                type: 'Resource',
                resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
              },
            ],
          },
        })
      }
      for (const name of ['batch-1', 'batch-2']) {
        await world.until(`${name} is ambiguous`, async () => {
          const { body } = await world.client.get(`${path}/${name}`)
          return JSON.stringify(body).includes('AmbiguousSelector') ? true : undefined
        })
      }
    },
  },
]
