import { notStarted, type ContainerNow } from '../../electron/training/node/container-now.ts'
import type { Deployment, Pod } from '../../electron/training/objects/objects.ts'
import { reportedStatus } from '../../electron/training/node/pod-status.ts'
import {
  deploymentManifest,
  nodeManifest,
  serviceManifest,
} from '../../electron/training/scenarios/scenario-manifests.ts'
import { eventually } from '../support/eventually.ts'
import type { KubeClient } from '../support/kube-client.ts'
import { itemsOf } from '../support/watched-objects.ts'
import { deployments, isComplete, repository } from './bench-cluster.ts'

const pods = '/api/v1/namespaces/demo/pods'
const batches = 12
const nodes = 60
const writers = 24
const within = { atMostMs: 600_000 }

/** One Service with 12 batches and so many pods in all, each of them ready at once. */
export async function fillNamespace(client: KubeClient, total: number): Promise<void> {
  // Pods on nodes that are not there never become endpoints.
  for (let number = 1; number <= nodes; number++)
    await client.post('/api/v1/nodes', nodeManifest(number, Math.ceil(total / nodes)))
  await client.post(
    '/api/v1/namespaces/demo/services',
    serviceManifest({ name: 'demo-http', namespace: 'demo', app: 'demo-aone' }),
  )
  for (let number = 1; number <= batches; number++) {
    const replicas = Math.floor(total / batches) + (number <= total % batches ? 1 : 0)
    const batch = { name: `demo-aone-${number}`, namespace: 'demo', app: 'demo-aone', replicas }
    await client.post(deployments, deploymentManifest({ ...batch, image: `${repository}:1` }))
  }
  const found = await eventually(
    async () => {
      const there = itemsOf((await client.get(pods)).body) as unknown as readonly Pod[]
      return there.length === total ? there : undefined
    },
    { what: `${total} pods`, ...within },
  )
  const waiting = [...found.entries()]
  const write = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await makeReady(client, next)
  }
  await Promise.all(Array.from({ length: writers }, write))
  await eventually(
    async () => {
      const all = itemsOf((await client.get(deployments)).body) as unknown as readonly Deployment[]
      return all.every(isComplete) ? true : undefined
    },
    { what: 'all batches are complete', ...within },
  )
}

/** What scheduler and kubelet would write in many steps. */
async function makeReady(client: KubeClient, [index, pod]: readonly [number, Pod]): Promise<void> {
  const { name, uid } = pod.metadata
  const node = (index % nodes) + 1
  const target = { apiVersion: 'v1', kind: 'Node', name: `training-w${node}` }
  await client.post(`${pods}/${name}/binding`, {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name },
    target,
  })
  const at = new Date().toISOString().replace(/\.\d+/, '')
  const running: ContainerNow = {
    ...notStarted('ContainerCreating'),
    ready: true,
    containerId: `containerd://${uid.replaceAll('-', '').repeat(2)}`,
    state: { running: { startedAt: at } },
  }
  const status = reportedStatus(pod, {
    containers: new Map(pod.spec.containers.map((container) => [container.name, running])),
    podIp: `10.${244 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
    hostIp: `10.0.0.${node + 10}`,
    at,
  })
  const answer = await client.patch(`${pods}/${name}/status?fieldManager=kubelet`, 'strategic', {
    metadata: { uid },
    status,
  })
  if (answer.status !== 200) throw new Error(`${name}: ${answer.text}`)
}
