import { expect } from 'vitest'
import type { Deployment, Pod, ReplicaSet } from '../../../electron/training/objects/objects.ts'
import { startRecording } from './recording.ts'
import { revision, rolling, workloadsOf } from './workloads.ts'
import type { ControllerCase } from './world.ts'

type Row = {
  readonly replicas: number
  readonly surge: number | string
  readonly unavailable: number | string
  /** Where a rollout of an image that never starts comes to rest. */
  readonly old: number
  readonly updated: number
}

/** A surge rounds up, unavailability down, of spec.replicas; never both to nothing. */
const rounding: readonly Row[] = [
  { replicas: 16, surge: '25%', unavailable: '25%', old: 12, updated: 8 },
  { replicas: 1, surge: '25%', unavailable: '25%', old: 1, updated: 1 },
  { replicas: 6, surge: '25%', unavailable: '25%', old: 5, updated: 3 },
  { replicas: 7, surge: '30%', unavailable: '30%', old: 5, updated: 5 },
  { replicas: 16, surge: '50%', unavailable: '50%', old: 8, updated: 16 },
  { replicas: 3, surge: 0, unavailable: '1%', old: 2, updated: 1 },
  { replicas: 10, surge: 3, unavailable: 2, old: 8, updated: 5 },
  { replicas: 4, surge: '0%', unavailable: '75%', old: 1, updated: 3 },
  { replicas: 5, surge: '150%', unavailable: 0, old: 5, updated: 5 },
  { replicas: 4, surge: 0, unavailable: '100%', old: 0, updated: 4 },
  { replicas: 3, surge: 7, unavailable: 9, old: 0, updated: 3 },
]

const roundingCases: readonly ControllerCase[] = rounding.map((row) => ({
  name: `${row.replicas} replicas with surge ${row.surge} and unavailable ${row.unavailable}: a bad image stops at ${row.old} old and ${row.updated} new`,
  async run(world) {
    const work = workloadsOf(world)
    const { replicas, surge, unavailable, old, updated } = row
    await work.create('web', { replicas, strategy: rolling(surge, unavailable) })
    await work.done('web')
    await work.setTag('web', '2-missing')
    await work.sized('web', [old, updated])
    const rested = await work.when(
      'web',
      'has its counts',
      ({ status = {} }) => status.replicas === old + updated && (status.availableReplicas ?? 0) === old,
    )
    expect(rested.status?.updatedReplicas).toBe(updated)
    expect(rested.status?.unavailableReplicas).toBe(updated)
    const available = rested.status?.conditions?.find(({ type }) => type === 'Available')
    expect([available?.status, available?.reason]).toEqual(['True', 'MinimumReplicasAvailable'])
  },
}))

export const strategyCases: readonly ControllerCase[] = [
  ...roundingCases,
  {
    name: 'a rolling update never leaves the bounds of its strategy',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 12, strategy: rolling('25%', '25%') })
      await work.done('web')
      const recording = await startRecording<Deployment>(world.client, `${work.apps}/deployments`)
      const recordedSets = await startRecording<ReplicaSet>(world.client, `${work.apps}/replicasets`)
      await work.setTag('web', '2')
      const done = await work.done('web')
      const states = await recording.through(done.metadata.resourceVersion)
      const sizes = new Map<string, number>()
      const newest = (await work.sets('web')).map((set) => set.metadata.resourceVersion)
      for (const { object } of await recordedSets.through(newest.at(-1))) {
        sizes.set(object.metadata.name, object.spec.replicas)
        if (sizes.size > 1) expect([...sizes.values()].reduce((a, b) => a + b)).toBeLessThanOrEqual(15)
      }
      for (const { object } of states) expect(object.status?.availableReplicas ?? 0).toBeGreaterThanOrEqual(9)
      recording.stop()
      recordedSets.stop()
    },
  },
  {
    name: 'a strategy that leaves no room is refused by name, and one that rounds to no room is not',
    async run(world) {
      const work = workloadsOf(world)
      const tries: readonly (readonly [number | string, number | string, number])[] = [
        [0, 0, 422],
        ['0%', '0%', 422],
        [1, '101%', 422],
        ['200%', 0, 201],
        [0, '1%', 201],
      ]
      for (const [index, [surge, unavailable, status]] of tries.entries()) {
        const body = work.manifest(`web-${index}`, { replicas: 0, strategy: rolling(surge, unavailable) })
        const answer = await world.client.post(`${work.apps}/deployments`, body)
        expect([surge, unavailable, answer.status]).toEqual([surge, unavailable, status])
      }
    },
  },
  {
    name: 'ready is not available: minReadySeconds passes between the two',
    async run(world) {
      const work = workloadsOf(world)
      const recording = await startRecording<Deployment>(world.client, `${work.apps}/deployments`)
      await work.create('web', { replicas: 1, minReadySeconds: 2 })
      const done = await work.done('web')
      const states = await recording.through(done.metadata.resourceVersion)
      recording.stop()
      const waits = states.filter(
        ({ object: { status = {} } }) => status.readyReplicas === 1 && (status.availableReplicas ?? 0) === 0,
      )
      expect(waits.length).toBeGreaterThan(0)
      const [pod] = await work.pods('web')
      const ready = pod?.status?.conditions?.find(({ type }) => type === 'Ready')
      const complete = done.status?.conditions?.find(({ type }) => type === 'Progressing')
      const between = Date.parse(complete?.lastUpdateTime ?? '') - Date.parse(ready?.lastTransitionTime ?? '')
      expect(between).toBeGreaterThanOrEqual(1_000)
    },
  },
  {
    name: 'a new minReadySeconds reaches the current ReplicaSet without a new revision',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      await work.done('web')
      await work.patch('web', { spec: { minReadySeconds: 1 } })
      await work.when('web', 'has passed it on', async () =>
        (await work.sets('web')).every((set) => set.spec.minReadySeconds === 1),
      )
      expect((await work.sets('web')).map(revision)).toEqual([1])
    },
  },
  {
    name: 'Recreate makes no new pod before the last old one is gone',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 3, strategy: { type: 'Recreate' } })
      await work.done('web')
      const recording = await startRecording<Pod>(world.client, `${work.core}/pods`)
      const old = new Set((await work.pods('web')).map((pod) => pod.metadata.name))
      await work.setTag('web', '2')
      await work.done('web')
      const newPods = (await work.pods('web')).map((pod) => Number(pod.metadata.resourceVersion))
      const told = await recording.through(String(Math.max(...newPods)))
      recording.stop()
      const gone = told.filter(({ type, object }) => type === 'DELETED' && old.has(object.metadata.name))
      const made = told.filter(({ type }) => type === 'ADDED')
      expect([gone.length, made.length]).toEqual([3, 3])
      expect(Math.min(...made.map(({ version }) => version))).toBeGreaterThan(
        Math.max(...gone.map(({ version }) => version)),
      )
    },
  },
  {
    name: 'a Deployment of no replicas is complete at once, even with a new image',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 0 })
      await work.withCondition('web', { type: 'Progressing', reason: 'NewReplicaSetAvailable' })
      await work.setTag('web', '2-missing')
      const found = await work.when('web', 'has its second revision', (one) => {
        const complete = one.status?.conditions?.find(({ type }) => type === 'Progressing')
        return revision(one) === 2 && complete?.reason === 'NewReplicaSetAvailable'
      })
      const { status = {} } = found
      expect([status.replicas ?? 0, status.updatedReplicas ?? 0]).toEqual([0, 0])
      const available = status.conditions?.find(({ type }) => type === 'Available')
      expect(available?.status).toBe('True')
    },
  },
  {
    name: 'counters of zero are left out of a status, and terminating pods are counted apart',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 0 })
      const { status } = await work
        .withCondition('web', {
          type: 'Progressing',
          reason: 'NewReplicaSetAvailable',
        })
        .then(() => work.get('web'))
      expect(Object.keys(status ?? {}).sort()).toEqual([
        'conditions',
        'observedGeneration',
        'terminatingReplicas',
      ])
      const [set] = await work.sets('web')
      expect(Object.keys(set?.status ?? {}).sort()).toEqual([
        'observedGeneration',
        'replicas',
        'terminatingReplicas',
      ])
    },
  },
  {
    name: 'a rollout is done while its last old pods are still ending, and says how many',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2, strategy: rolling('100%', 0) })
      await work.done('web')
      const recording = await startRecording<Deployment>(world.client, `${work.apps}/deployments`)
      await work.setTag('web', '2')
      await work.done('web')
      const last = await work.when(
        'web',
        'has no pod that ends',
        ({ status }) => status?.terminatingReplicas === 0,
      )
      const states = await recording.through(last.metadata.resourceVersion)
      recording.stop()
      const overlap = states.filter(({ object: { status = {} } }) => {
        const { replicas, updatedReplicas, availableReplicas, terminatingReplicas = 0 } = status
        return replicas === 2 && updatedReplicas === 2 && availableReplicas === 2 && terminatingReplicas > 0
      })
      expect(overlap.length).toBeGreaterThan(0)
    },
  },
]
