import { expect } from 'vitest'
import { conditionOf, type Pod } from '../../../electron/training/objects/objects.ts'
import { rolling, workloadsOf, type Workloads } from './workloads.ts'
import type { ControllerCase, World } from './world.ts'

/** A quota that is in force: its controller has counted what there is. */
async function limit(world: World, work: Workloads, hard: Readonly<Record<string, string>>): Promise<void> {
  const metadata = { name: 'limit' }
  await work.post(`${work.core}/resourcequotas`, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: { hard },
  })
  await world.until('the quota is counted', async () => {
    const { body } = await world.client.get(`${work.core}/resourcequotas/limit`)
    const { hard: counted } = (body['status'] ?? {}) as { readonly hard?: unknown }
    return JSON.stringify(counted) === JSON.stringify(hard) ? true : undefined
  })
}

/** The random end of a pod's name is none of the case's business. */
function withoutNames(message: string | undefined): string {
  return (message ?? '').replace(/web-[a-z0-9]+-[a-z0-9]{5}/, 'POD')
}

export const failureCases: readonly ControllerCase[] = [
  {
    name: 'a quota that is used up shows at once as ReplicaFailure with the words of the API server',
    async run(world) {
      const work = workloadsOf(world)
      await limit(world, work, { pods: '3' })
      await work.create('web', { replicas: 5 })
      const failure = await work.withCondition('web', { type: 'ReplicaFailure', reason: 'FailedCreate' })
      expect([failure.status, withoutNames(failure.message)]).toEqual([
        'True',
        'pods "POD" is forbidden: exceeded quota: limit, requested: pods=1, used: pods=3, limited: pods=3',
      ])
      const { status } = await work.get('web')
      expect(conditionOf(status?.conditions, 'Progressing')?.status).toBe('True')
      const [set] = await work.sets('web')
      const onSet = conditionOf(set?.status?.conditions, 'ReplicaFailure')
      expect([onSet?.status, onSet?.reason, onSet?.message]).toEqual([
        'True',
        'FailedCreate',
        failure.message,
      ])
      const told = await world.until('the event is there', async () => {
        const found = await work.events(set?.metadata.uid ?? '', 'FailedCreate')
        return found.length > 0 ? found : undefined
      })
      expect([told[0]?.type, told[0]?.source.component, withoutNames(told[0]?.message)]).toEqual([
        'Warning',
        'replicaset-controller',
        `Error creating: ${withoutNames(failure.message)}`,
      ])
    },
  },
  {
    name: 'a quota that is raised lets the rest come, and the failure goes',
    async run(world) {
      const work = workloadsOf(world)
      await limit(world, work, { 'count/pods': '2' })
      await work.create('web', { replicas: 4 })
      const failure = await work.withCondition('web', { type: 'ReplicaFailure', reason: 'FailedCreate' })
      expect(failure.message).toContain('requested: count/pods=1, used: count/pods=2, limited: count/pods=2')
      const hard = { 'count/pods': '10' }
      await world.client.patch(`${work.core}/resourcequotas/limit`, 'merge', { spec: { hard } })
      const done = await work.done('web')
      await work.when('web', 'is well', ({ status }) => {
        return conditionOf(status?.conditions, 'ReplicaFailure') === undefined
      })
      expect(done.status?.availableReplicas).toBe(4)
    },
  },
  {
    name: 'a quota on ReplicaSets stops a rollout with ReplicaSetCreateError',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      await work.done('web')
      await limit(world, work, { 'count/replicasets.apps': '1' })
      await work.setTag('web', '2')
      const failed = await world.until('the Deployment says so', async () => {
        const { status } = await work.get('web')
        const found = conditionOf(status?.conditions, 'Progressing')
        return found?.reason === 'ReplicaSetCreateError' ? found : undefined
      })
      expect([failed.status, failed.message?.replace(/web-[a-z0-9]+/g, 'SET')]).toEqual([
        'False',
        'Failed to create new replica set "SET": replicasets.apps "SET" is forbidden: exceeded quota: limit, requested: count/replicasets.apps=1, used: count/replicasets.apps=1, limited: count/replicasets.apps=1',
      ])
      expect((await work.sets('web')).map((set) => set.spec.replicas)).toEqual([1])
    },
  },
  {
    name: 'pods that the PodSecurity of the namespace refuses show as ReplicaFailure',
    async run(world) {
      const work = workloadsOf(world)
      const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
      await world.client.patch(`/api/v1/namespaces/${world.namespace}`, 'merge', { metadata: { labels } })
      await work.create('web', { replicas: 2 })
      const failure = await work.withCondition('web', { type: 'ReplicaFailure', reason: 'FailedCreate' })
      expect(withoutNames(failure.message)).toBe(
        'pods "POD" is forbidden: violates PodSecurity "restricted:latest": ' +
          'allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false), ' +
          'unrestricted capabilities (container "web" must set securityContext.capabilities.drop=["ALL"]), ' +
          'runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true), ' +
          'seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      )
    },
  },
  {
    name: 'a Deployment that meets the PodSecurity of its namespace rolls out',
    async run(world) {
      const work = workloadsOf(world)
      const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
      await world.client.patch(`/api/v1/namespaces/${world.namespace}`, 'merge', { metadata: { labels } })
      const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }
      const own = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
      const containers = [{ name: 'web', image: 'registry.example/demo:1', securityContext: own }]
      await work.create('web', { replicas: 1, pod: { securityContext, containers } })
      await work.done('web')
    },
  },
  {
    name: 'a pod that no node may take is Unschedulable, in the words of the scheduler, and gets no IP',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1, pod: { nodeSelector: { disk: 'none' } } })
      const pod = await world.until('it is told', async () => {
        const [found] = await work.pods('web')
        return conditionOf(found?.status?.conditions, 'PodScheduled') === undefined ? undefined : found
      })
      const scheduled = conditionOf(pod.status?.conditions, 'PodScheduled')
      expect([scheduled?.status, scheduled?.reason, scheduled?.message]).toEqual([
        'False',
        'Unschedulable',
        "0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.",
      ])
      expect([pod.status?.phase, pod.status?.podIP]).toEqual(['Pending', undefined])
      const told = await world.until('the event is there', async () => {
        const found = await work.events(pod.metadata.uid, 'FailedScheduling')
        return found.length > 0 ? found : undefined
      })
      expect(told[0]?.message).toBe(scheduled?.message)
      // A pod that was never on a node has nothing to end.
      await work.scale('web', 0)
      await world.until('it is gone', async () =>
        (await work.list<Pod>(`${work.core}/pods`)).length === 0 ? true : undefined,
      )
    },
  },
  {
    name: 'a pod that waits for a node is scheduled when one comes to fit',
    async run(world) {
      const work = workloadsOf(world)
      const label = `for-${world.namespace}`
      await work.create('web', { replicas: 1, pod: { nodeSelector: { [label]: 'yes' } } })
      await world.until('it waits', async () => {
        const [pod] = await work.pods('web')
        const scheduled = conditionOf(pod?.status?.conditions, 'PodScheduled')
        return scheduled?.reason === 'Unschedulable' ? true : undefined
      })
      const labels = { [label]: 'yes' }
      await world.client.patch('/api/v1/nodes/training-w2', 'merge', { metadata: { labels } })
      await work.done('web')
      const [pod] = await work.pods('web')
      expect(pod?.spec.nodeName).toBe('training-w2')
      const scheduled = conditionOf(pod?.status?.conditions, 'PodScheduled')
      expect([scheduled?.status, scheduled?.reason, scheduled?.message]).toEqual([
        'True',
        undefined,
        undefined,
      ])
    },
  },
  {
    name: 'rollouts come to rest with the first bad pods only, whatever it is that is bad',
    async run(world) {
      const work = workloadsOf(world)
      for (const tag of ['2-missing', '2-crash', '2-never-ready', '2-oom']) {
        const name = `web-${tag}`
        await work.create(name, { replicas: 3, strategy: rolling(1, 0) })
        await work.done(name)
        await work.setTag(name, tag)
        await work.sized(name, [3, 1])
        const { status } = await work.when(name, 'has its bad pod', (one) => one.status?.replicas === 4)
        expect([tag, status?.availableReplicas, status?.updatedReplicas]).toEqual([tag, 3, 1])
      }
    },
  },
]
