import { expect } from 'vitest'
import type { JsonObject } from '../../../electron/training/objects/json.ts'
import type { Endpoint, EndpointSlice, Pod } from '../../../electron/training/objects/objects.ts'
import { startRecording } from './recording.ts'
import { workloadsOf, type Workloads } from './workloads.ts'
import type { ControllerCase, World } from './world.ts'

function slicesPath({ namespace }: World): string {
  return `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`
}

async function serve(work: Workloads, app: string, extra: JsonObject = {}): Promise<void> {
  await work.post(`${work.core}/services`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'front', labels: { team: 'one' } },
    spec: { selector: { app }, ports: [{ port: 80, targetPort: 7001 }], ...extra },
  })
}

function endpointsWhen(
  world: World,
  work: Workloads,
  fits: (endpoints: readonly Endpoint[]) => boolean,
): Promise<{ readonly slice: EndpointSlice; readonly endpoints: readonly Endpoint[] }> {
  return world.until('the endpoints fit', async () => {
    const [slice, ...others] = await work.list<EndpointSlice>(slicesPath(world))
    const endpoints = slice === undefined ? [] : endpointsOf(slice)
    return slice !== undefined && others.length === 0 && fits(endpoints) ? { slice, endpoints } : undefined
  })
}

/** A slice that was emptied has none, not an empty list. */
function endpointsOf(slice: Partial<EndpointSlice>): readonly Endpoint[] {
  return slice.endpoints ?? []
}

function isReady({ conditions }: Endpoint): boolean {
  return conditions.ready && conditions.serving && !conditions.terminating
}

export const endpointCases: readonly ControllerCase[] = [
  {
    name: 'a Service over several Deployments has one slice of all their pods, by uid',
    async run(world) {
      const work = workloadsOf(world)
      await serve(work, 'shared')
      for (const [name, replicas] of [
        ['batch-1', 1],
        ['batch-2', 3],
      ] as const) {
        await work.create(name, { app: 'shared', replicas })
        await work.done(name)
      }
      const { slice, endpoints } = await endpointsWhen(
        world,
        work,
        (all) => all.length === 4 && all.every(isReady),
      )
      const pods = [...(await work.pods('batch-1')), ...(await work.pods('batch-2'))]
      const refs = endpoints.map(({ targetRef, nodeName, addresses }) => ({ targetRef, nodeName, addresses }))
      expect(refs).toEqual(
        expect.arrayContaining(
          pods.map(({ metadata: { name, namespace, uid }, spec, status }) => ({
            targetRef: { kind: 'Pod', namespace, name, uid },
            nodeName: spec.nodeName,
            addresses: [status?.podIP],
          })),
        ),
      )
      expect(slice.metadata.labels).toEqual({
        team: 'one',
        'kubernetes.io/service-name': 'front',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      })
      expect([slice.addressType, slice.ports]).toEqual(['IPv4', [{ name: '', port: 7001, protocol: 'TCP' }]])
      expect([slice.metadata.generateName, slice.metadata.ownerReferences?.[0]?.kind]).toEqual([
        'front-',
        'Service',
      ])
    },
  },
  {
    name: 'a pod that is not ready is an endpoint that is neither ready nor serving',
    async run(world) {
      const work = workloadsOf(world)
      await serve(work, 'web')
      await work.create('web', { replicas: 1, tag: '1-never-ready' })
      const { endpoints } = await endpointsWhen(world, work, (all) => all.length === 1)
      expect(endpoints[0]?.conditions).toEqual({ ready: false, serving: false, terminating: false })
    },
  },
  {
    name: 'publishNotReadyAddresses makes every endpoint ready, but serving still tells the truth',
    async run(world) {
      const work = workloadsOf(world)
      await serve(work, 'web', { publishNotReadyAddresses: true })
      await work.create('web', { replicas: 1, tag: '1-never-ready' })
      const { endpoints } = await endpointsWhen(world, work, (all) => all.length === 1)
      expect(endpoints[0]?.conditions).toEqual({ ready: true, serving: false, terminating: false })
    },
  },
  {
    name: 'a pod that ends is still serving but no longer ready, then it is gone',
    async run(world) {
      const work = workloadsOf(world)
      await serve(work, 'web')
      await work.create('web', { replicas: 1 })
      await work.done('web')
      await endpointsWhen(world, work, (all) => all.length === 1 && all.every(isReady))
      const [pod] = await work.pods('web')
      const recording = await startRecording<EndpointSlice>(world.client, slicesPath(world))
      await world.client.remove(`${work.core}/pods/${pod?.metadata.name ?? ''}`)
      const isOther = ({ targetRef }: Endpoint): boolean => targetRef.uid !== pod?.metadata.uid
      const { slice } = await endpointsWhen(
        world,
        work,
        (all) => all.length === 1 && all.every(isOther) && all.every(isReady),
      )
      const told = await recording.through(slice.metadata.resourceVersion)
      recording.stop()
      const states = told.map(
        ({ object }) => endpointsOf(object).find((one) => !isOther(one))?.conditions ?? 'gone',
      )
      expect(
        states.filter((one, index) => JSON.stringify(one) !== JSON.stringify(states[index - 1])),
      ).toEqual([{ ready: false, serving: true, terminating: true }, 'gone'])
    },
  },
  {
    name: 'a named target port is looked up in the pods',
    async run(world) {
      const work = workloadsOf(world)
      await serve(work, 'web', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] })
      const containers = [
        { name: 'web', image: 'registry.example/demo:1', ports: [{ name: 'web', containerPort: 8123 }] },
      ]
      await work.create('web', { replicas: 1, pod: { containers } })
      const { slice } = await endpointsWhen(world, work, (all) => all.length === 1)
      expect(slice.ports).toEqual([{ name: 'http', port: 8123, protocol: 'TCP' }])
    },
  },
  {
    name: 'a Service that selects nothing has a slice without endpoints',
    async run(world) {
      const work = workloadsOf(world)
      await serve(work, 'nobody')
      const { slice } = await endpointsWhen(world, work, (all) => all.length === 0)
      expect(endpointsOf(slice)).toEqual([])
    },
  },
  {
    name: 'finished pods are listed, but no ReplicaSet counts them and no Service sends them anything',
    async run(world) {
      const work = workloadsOf(world)
      await serve(work, 'web')
      await work.create('web', { replicas: 2 })
      await work.done('web')
      const [first] = await work.pods('web')
      const path = `${work.core}/pods/${first?.metadata.name ?? ''}`
      await world.client.patch(`${path}/status`, 'merge', {
        status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
      })
      await work.when('web', 'has another pod', async () => (await work.pods('web')).length === 3)
      const done = await work.done('web')
      expect(done.status?.replicas).toBe(2)
      const { endpoints } = await endpointsWhen(world, work, (all) => all.length === 2 && all.every(isReady))
      expect(endpoints.map(({ targetRef }) => targetRef.uid)).not.toContain(first?.metadata.uid)
      const kept = (await world.client.get(path)).body as unknown as Pod
      expect(kept.status?.phase).toBe('Failed')
    },
  },
]
