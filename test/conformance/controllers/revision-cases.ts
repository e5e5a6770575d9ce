import { expect } from 'vitest'
import type { Labels } from '../../../electron/training/objects/objects.ts'
import { image, revision, workloadsOf, type Workloads } from './workloads.ts'
import { templateCases } from './template-cases.ts'
import type { ControllerCase } from './world.ts'

const history = 'deployment.kubernetes.io/revision-history'
const hashLabel = 'pod-template-hash'
const skipped = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  history,
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]

async function rollTo(work: Workloads, tag: string, wanted: number): Promise<void> {
  await work.setTag('web', tag)
  await work.when('web', `has revision ${wanted}`, (one) => {
    const { spec, status = {} } = one
    return (
      revision(one) === wanted &&
      status.updatedReplicas === spec.replicas &&
      status.replicas === spec.replicas
    )
  })
  await work.done('web')
}

/** As kubectl does it: the template without its hash, and all annotations but those that belong to the Deployment. */
async function undo(work: Workloads): Promise<void> {
  const sets = await work.sets('web')
  const target = sets.at(-2)
  const { metadata } = await work.get('web')
  if (target === undefined) throw new Error('no revision to go back to')
  const { [hashLabel]: _, ...labels } = target.spec.template.metadata?.labels ?? {}
  const own = Object.entries(metadata.annotations ?? {}).filter(([key]) => skipped.includes(key))
  const old = Object.entries(target.metadata.annotations ?? {}).filter(([key]) => !skipped.includes(key))
  await work.patch('web', [
    {
      op: 'replace',
      path: '/spec/template',
      value: { ...target.spec.template, metadata: { ...target.spec.template.metadata, labels } },
    },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...own, ...old]) },
  ])
}

function annotate(work: Workloads, annotations: Readonly<Record<string, string | null>>): Promise<unknown> {
  return work.patch('web', { metadata: { annotations } })
}

export const revisionCases: readonly ControllerCase[] = [
  {
    name: 'an old template gets its ReplicaSet back, as the newest revision that remembers the old number',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      await work.done('web')
      const [first] = await work.sets('web')
      await rollTo(work, '2', 2)
      await rollTo(work, '1', 3)
      const sets = await work.sets('web')
      expect(sets.map(revision)).toEqual([2, 3])
      expect(sets[1]?.metadata.uid).toBe(first?.metadata.uid)
      expect(sets[1]?.metadata.annotations?.[history]).toBe('1')
      await rollTo(work, '2', 4)
      await rollTo(work, '1', 5)
      expect((await work.sets('web'))[1]?.metadata.annotations?.[history]).toBe('1,3')
    },
  },
  {
    name: 'undo as kubectl does it brings the annotations of the old revision back with its template',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', {
        replicas: 1,
        annotations: { team: 'one', 'kubernetes.io/change-cause': 'first' },
      })
      await work.done('web')
      await work.patch('web', {
        metadata: { annotations: { team: 'two', extra: 'kept', 'kubernetes.io/change-cause': 'second' } },
        spec: { template: { spec: { containers: [{ name: 'web', image: image('2') }] } } },
      })
      await work.when('web', 'has revision 2', (one) => revision(one) === 2)
      await work.done('web')
      await undo(work)
      const back = await work.when('web', 'has revision 3', (one) => revision(one) === 3)
      await work.done('web')
      expect(back.metadata.annotations).toEqual({
        team: 'one',
        'kubernetes.io/change-cause': 'first',
        'deployment.kubernetes.io/revision': '3',
      })
    },
  },
  {
    name: 'restart as kubectl does it makes a revision of the same image',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      await work.done('web')
      const at = { 'kubectl.kubernetes.io/restartedAt': '2026-11-24T08:00:00Z' }
      await work.patch('web', { spec: { template: { metadata: { annotations: at } } } })
      await work.when('web', 'has revision 2', (one) => revision(one) === 2)
      await work.done('web')
      const images = (await work.sets('web')).map((set) => set.spec.template.spec.containers[0]?.image)
      expect(images).toEqual([image('1'), image('1')])
      const pods = await work.pods('web')
      expect(pods.map(({ metadata }) => metadata.annotations)).toContainEqual(at)
    },
  },
  ...([0, 1] as const).map((limit): ControllerCase => ({
    name: `a history limit of ${limit} keeps ${limit} old ReplicaSet${limit === 1 ? '' : 's'}, the newest`,
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1, revisionHistoryLimit: limit })
      await work.done('web')
      await rollTo(work, '2', 2)
      await rollTo(work, '3', 3)
      await work.when('web', 'has cleaned up', async () => (await work.sets('web')).length === limit + 1)
      expect((await work.sets('web')).map(revision)).toEqual([2, 3].slice(1 - limit))
    },
  })),
  {
    name: 'history is cleaned up only when the rollout is complete',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2, revisionHistoryLimit: 0 })
      await work.done('web')
      await work.setTag('web', '2-missing')
      await work.sized('web', [2, 1])
      await work.setTag('web', '3-missing')
      await work.when('web', 'has three ReplicaSets', async () => (await work.sets('web')).length === 3)
      const now = await work.when('web', 'has given the second one up', async () => {
        const sets = await work.sets('web')
        return sets.map((set) => set.spec.replicas).join() === '2,0,1'
      })
      expect(now.status?.availableReplicas).toBe(2)
    },
  },
  {
    name: 'annotations of a Deployment are copied to its ReplicaSet on every change, but never taken back',
    async run(world) {
      const work = workloadsOf(world)
      const applied = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }
      await work.create('web', { replicas: 1, annotations: { team: 'one', ...applied } })
      await work.done('web')
      async function reaches(wanted: Labels): Promise<void> {
        await work.when('web', 'has copied them', async () => {
          const [set] = await work.sets('web')
          return Object.entries(wanted).every(([key, value]) => set?.metadata.annotations?.[key] === value)
        })
      }
      await reaches({ team: 'one' })
      await annotate(work, { team: 'two', cause: 'a' })
      await reaches({ team: 'two', cause: 'a' })
      await annotate(work, { cause: null })
      await annotate(work, { last: 'one' })
      await reaches({ team: 'two', cause: 'a', last: 'one' })
      const [set] = await work.sets('web')
      expect(Object.keys(set?.metadata.annotations ?? {}).sort()).toEqual([
        'cause',
        'deployment.kubernetes.io/desired-replicas',
        'deployment.kubernetes.io/max-replicas',
        'deployment.kubernetes.io/revision',
        'last',
        'team',
      ])
      expect(await work.sets('web')).toHaveLength(1)
    },
  },
  {
    name: 'a ReplicaSet is named after its Deployment and a hash that is in its selector, its labels and its pods',
    async run(world) {
      const work = workloadsOf(world)
      const created = await work.create('web', { replicas: 1 })
      await work.done('web')
      const [set] = await work.sets('web')
      const hash = set?.metadata.labels?.[hashLabel] ?? ''
      expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/)
      expect(set?.metadata.name).toBe(`web-${hash}`)
      expect(set?.spec.selector).toEqual({ matchLabels: { app: 'web', [hashLabel]: hash } })
      expect(set?.spec.template.metadata?.labels).toEqual({ app: 'web', [hashLabel]: hash })
      expect(set?.metadata.ownerReferences).toEqual([
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
          uid: created.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ])
      const [pod] = await work.pods('web')
      expect(pod?.metadata.labels).toEqual({ app: 'web', [hashLabel]: hash })
      expect([pod?.metadata.generateName, pod?.metadata.ownerReferences]).toEqual([
        `web-${hash}-`,
        [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: set?.metadata.name,
            uid: set?.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      ])
    },
  },
  {
    name: 'the hash label in a template does not count: the template is still the same',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      await work.done('web')
      const [set] = await work.sets('web')
      const labels = set?.spec.template.metadata?.labels ?? {}
      await work.patch('web', { spec: { template: { metadata: { labels } } } })
      await work.when('web', 'has seen it', () => true)
      await work.done('web')
      expect((await work.sets('web')).map((one) => one.metadata.uid)).toEqual([set?.metadata.uid])
    },
  },
  ...templateCases,
  {
    name: "somebody else's ReplicaSet of the same name is a hash collision: counted, and gone around",
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      await work.done('web')
      const [first] = await work.sets('web')
      const { name = '' } = first?.metadata ?? {}
      await world.client.remove(`${work.apps}/deployments/web`)
      await world.until('it is gone', async () => {
        const left = await world.client.get(`${work.apps}/replicasets/${name}`)
        return left.status === 404 ? true : undefined
      })
      const labels = { app: 'other' }
      await work.post(`${work.apps}/replicasets`, {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { name },
        spec: {
          replicas: 0,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'other', image: image('1') }] } },
        },
      })
      await work.create('web', { replicas: 1 })
      const done = await work.done('web')
      expect((done.status as { readonly collisionCount?: number }).collisionCount).toBe(1)
      const [set] = await work.sets('web')
      expect(set?.metadata.name).not.toBe(name)
      expect(set?.metadata.name).toBe(`web-${set?.metadata.labels?.[hashLabel] ?? ''}`)
    },
  },
]
