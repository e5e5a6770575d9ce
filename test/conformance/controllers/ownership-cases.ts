import { expect } from 'vitest'
import {
  controllerOf,
  type KubeObject,
  type Pod,
  type ReplicaSet,
} from '../../../electron/training/objects/objects.ts'
import { image, workloadsOf, type Workloads } from './workloads.ts'
import type { ControllerCase, World } from './world.ts'

const hashLabel = 'pod-template-hash'

function removal(propagationPolicy: string): unknown {
  return { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy }
}

async function gone(world: World, path: string): Promise<void> {
  await world.until(`${path} is gone`, async () =>
    (await world.client.get(path)).status === 404 ? true : undefined,
  )
}

async function setOf(work: Workloads, name: string): Promise<ReplicaSet> {
  const [set] = await work.sets(name)
  if (set === undefined) throw new Error(`${name} has no ReplicaSet`)
  return set
}

/** A pod that nobody owns, with the labels of a ReplicaSet's pods. */
async function barePod(work: Workloads, name: string, labels: unknown): Promise<Pod> {
  const spec = { containers: [{ name: 'app', image: image('1') }] }
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: labels as never }, spec }
  return (await work.post(`${work.core}/pods`, body)) as unknown as Pod
}

export const ownershipCases: readonly ControllerCase[] = [
  {
    name: 'Deployments of one selector and equal templates share the hash and the selector, but not the pods',
    async run(world) {
      const work = workloadsOf(world)
      const pod = { containers: [{ name: 'app', image: image('1') }] }
      for (const [name, replicas] of [
        ['batch-1', 1],
        ['batch-2', 3],
      ] as const) {
        await work.create(name, { app: 'shared', replicas, pod })
      }
      await work.done('batch-1')
      await work.done('batch-2')
      const [one, two] = [await setOf(work, 'batch-1'), await setOf(work, 'batch-2')]
      expect(one.spec.selector).toEqual(two.spec.selector)
      expect([(await work.podsOf(one)).length, (await work.podsOf(two)).length]).toEqual([1, 3])
      expect([one.status?.replicas, two.status?.replicas]).toEqual([1, 3])
    },
  },
  {
    name: 'an orphaned ReplicaSet of an equal template is adopted by a sibling and, being older, becomes its current one',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('batch-1', { app: 'shared', replicas: 2 })
      await work.done('batch-1')
      const old = await setOf(work, 'batch-1')
      // Ages are told in whole seconds: the sibling must be younger by one at least.
      await world.until('a second has passed', async () => {
        const probe = await world.client.post(`${work.core}/configmaps?dryRun=All`, {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'probe' },
        })
        const { creationTimestamp } = probe.body['metadata'] as { readonly creationTimestamp: string }
        return creationTimestamp > old.metadata.creationTimestamp ? true : undefined
      })
      await work.create('batch-2', { app: 'shared', replicas: 3 })
      await work.done('batch-2')
      await world.client.remove(`${work.apps}/deployments/batch-1`, removal('Orphan'))
      await gone(world, `${work.apps}/deployments/batch-1`)
      await work.when('batch-2', 'has adopted it', async () => {
        const sets = await work.sets('batch-2')
        const adopted = sets.find((set) => set.metadata.uid === old.metadata.uid)
        const own = sets.find((set) => set.metadata.uid !== old.metadata.uid)
        return adopted?.spec.replicas === 3 && own?.spec.replicas === 0
      })
      const done = await work.done('batch-2')
      expect(done.status?.replicas).toBe(3)
    },
  },
  {
    name: 'an orphaned ReplicaSet of another template is adopted by a sibling and scaled to nothing',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('batch-1', { app: 'shared', replicas: 2, tag: '1' })
      await work.create('batch-2', { app: 'shared', replicas: 2, tag: '2' })
      await work.done('batch-1')
      await work.done('batch-2')
      const [orphan, current] = [await setOf(work, 'batch-1'), await setOf(work, 'batch-2')]
      await world.client.remove(`${work.apps}/deployments/batch-1`, removal('Orphan'))
      await work.when('batch-2', 'has adopted and emptied it', async () => {
        const sets = await work.sets('batch-2')
        return sets.find((set) => set.metadata.uid === orphan.metadata.uid)?.spec.replicas === 0
      })
      const done = await work.done('batch-2')
      expect(done.status?.replicas).toBe(2)
      const sizes = (await work.sets('batch-2')).map((set) => [set.metadata.uid, set.spec.replicas])
      expect(sizes).toContainEqual([current.metadata.uid, 2])
    },
  },
  {
    name: 'an orphaned pod is adopted by the ReplicaSet that it matches, and what is too much goes',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const set = await setOf(work, 'web')
      // It has no node yet when it is counted, so it is the one to go.
      const stray = await barePod(work, 'stray', set.spec.template.metadata?.labels)
      await gone(world, `${work.core}/pods/${stray.metadata.name}`)
      await work.done('web')
      expect(await work.pods('web')).toHaveLength(2)
    },
  },
  {
    name: 'a pod whose labels no longer match is let go and replaced',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const [first] = await work.pods('web')
      const path = `${work.core}/pods/${first?.metadata.name ?? ''}`
      await world.client.patch(path, 'merge', { metadata: { labels: { [hashLabel]: 'debug' } } })
      await world.until('it is let go', async () => {
        const { body } = await world.client.get(path)
        return controllerOf(body as unknown as KubeObject) === undefined ? true : undefined
      })
      await work.when('web', 'has another pod', async () => (await work.pods('web')).length === 2)
      await work.done('web')
      const names = (await work.pods('web')).map((pod) => pod.metadata.name)
      expect(names).not.toContain(first?.metadata.name)
    },
  },
  {
    name: 'a deleted Deployment takes its ReplicaSets and pods along',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const answer = await world.client.remove(`${work.apps}/deployments/web`)
      expect([answer.status, answer.body['status']]).toEqual([200, 'Success'])
      expect((await world.client.get(`${work.apps}/deployments/web`)).status).toBe(404)
      await world.until('all is gone', async () => {
        const left = [
          ...(await work.list(`${work.apps}/replicasets`)),
          ...(await work.list(`${work.core}/pods`)),
        ]
        return left.length === 0 ? true : undefined
      })
    },
  },
  {
    name: 'deleted in the foreground, a Deployment stays until the last of its pods is gone',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const answer = await world.client.remove(`${work.apps}/deployments/web`, removal('Foreground'))
      const { metadata } = answer.body as unknown as KubeObject
      expect([answer.status, metadata.finalizers]).toEqual([200, ['foregroundDeletion']])
      expect(metadata.deletionTimestamp).toBeDefined()
      await world.until('the Deployment is gone', async () => {
        // Asked for in this order: what is gone when the Deployment is must have gone before it.
        const pods = await work.list(`${work.core}/pods`)
        const found = await world.client.get(`${work.apps}/deployments/web`)
        if (found.status === 404) return true
        expect(found.status).toBe(200)
        if (pods.length > 0) return undefined
        return undefined
      })
      expect(await work.list(`${work.core}/pods`)).toEqual([])
      expect(await work.list(`${work.apps}/replicasets`)).toEqual([])
    },
  },
  {
    name: 'deleted without its dependents, a Deployment leaves a ReplicaSet without owner and its pods',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const set = await setOf(work, 'web')
      await world.client.remove(`${work.apps}/deployments/web`, removal('Orphan'))
      await gone(world, `${work.apps}/deployments/web`)
      const left = (await world.client.get(`${work.apps}/replicasets/${set.metadata.name}`))
        .body as unknown as ReplicaSet
      expect(left.metadata.ownerReferences ?? []).toEqual([])
      expect(left.spec.replicas).toBe(2)
      expect(await work.podsOf(left)).toHaveLength(2)
    },
  },
  {
    name: 'a Deployment made anew under the old name does not take what is still ending',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const before = (await work.pods('web')).map((pod) => pod.metadata.uid)
      await world.client.remove(`${work.apps}/deployments/web`)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const now = (await work.pods('web')).map((pod) => pod.metadata.uid)
      expect(now.filter((uid) => before.includes(uid))).toEqual([])
    },
  },
  {
    name: 'a deleted namespace is Terminating until all that was in it is gone, and takes in nothing new',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const path = `/api/v1/namespaces/${world.namespace}`
      const answer = await world.client.remove(path)
      const left = answer.body as unknown as KubeObject & { readonly status: { readonly phase: string } }
      expect([answer.status, left.kind, left.status.phase]).toEqual([200, 'Namespace', 'Terminating'])
      const late = await world.client.post(`${work.apps}/deployments`, work.manifest('late', {}))
      expect([late.status, late.body['reason']]).toEqual([403, 'Forbidden'])
      expect(late.body['message']).toBe(
        `deployments.apps "late" is forbidden: unable to create new content in namespace ${world.namespace} because it is being terminated`,
      )
      await gone(world, path)
      expect(await work.list(`${work.apps}/replicasets`)).toEqual([])
      expect(await work.list(`${work.core}/pods`)).toEqual([])
    },
  },
  {
    name: 'shrinking takes the pod of the lowest deletion cost',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 3 })
      await work.done('web')
      const cheap = (await work.pods('web'))[1]?.metadata.name ?? ''
      const annotations = { 'controller.kubernetes.io/pod-deletion-cost': '-5' }
      await world.client.patch(`${work.core}/pods/${cheap}`, 'merge', { metadata: { annotations } })
      await work.scale('web', 2)
      await work.done('web')
      const left = (await work.pods('web')).filter((pod) => pod.metadata.deletionTimestamp === undefined)
      expect(left.map((pod) => pod.metadata.name)).not.toContain(cheap)
      expect(left).toHaveLength(2)
    },
  },
]
