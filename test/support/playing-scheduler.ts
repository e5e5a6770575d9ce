import type { ClusterNode, Pod } from '../../electron/training/objects.ts'
import { unschedulableText } from '../../electron/training/scheduler.ts'
import type { KubeClient } from './kube-client.ts'
import { watchObjects } from './watched-objects.ts'

/** Binds pods to the node with the fewest through the API, as the training cluster's scheduler does. */
export async function startPlayingScheduler(client: KubeClient): Promise<() => Promise<void>> {
  const nodes = new Map<string, ClusterNode>()
  /** Where each pod is, by uid; '' while it waits for a node. */
  const places = new Map<string, { readonly pod: Pod; node: string }>()
  let working = Promise.resolve()

  function wake(): void {
    working = working.then(placeAll, placeAll)
  }

  async function placeAll(): Promise<void> {
    const waiting = [...places.values()].filter(({ node }) => node === '')
    await Promise.all(waiting.map(place))
  }

  async function place(entry: { readonly pod: Pod; node: string }): Promise<void> {
    const { name, namespace = '' } = entry.pod.metadata
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`
    const node = freeNode()
    if (node === undefined) {
      await tellUnschedulable(path, entry.pod)
      return
    }
    // Taken before the answer, so that pods placed at the same time do not all choose the same node.
    entry.node = node
    const target = { apiVersion: 'v1', kind: 'Node', name: node }
    await client.post(`${path}/binding`, { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target })
  }

  function freeNode(): string | undefined {
    const load = new Map<string, number>()
    for (const { node } of places.values()) load.set(node, (load.get(node) ?? 0) + 1)
    return [...nodes.values()]
      .filter((node) => node.spec.unschedulable !== true)
      .map((node) => ({
        name: node.metadata.name,
        pods: load.get(node.metadata.name) ?? 0,
        room: Number(node.status.allocatable.pods),
      }))
      .filter(({ pods, room }) => pods < room)
      .sort((a, b) => a.pods - b.pods || a.name.localeCompare(b.name))[0]?.name
  }

  async function tellUnschedulable(path: string, pod: Pod): Promise<void> {
    const cordoned = [...nodes.values()].filter((node) => node.spec.unschedulable === true).length
    const message = unschedulableText({ all: nodes.size, cordoned })
    const told = pod.status?.conditions?.find((one) => one.type === 'PodScheduled')
    if (told?.message === message) return
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ''),
    }
    await client.patch(`${path}/status`, 'strategic', { status: { conditions: [condition] } })
  }

  const stopNodes = await watchObjects<ClusterNode>(client, '/api/v1/nodes', ({ type, object }) => {
    if (type === 'DELETED') nodes.delete(object.metadata.name)
    else nodes.set(object.metadata.name, object)
    wake()
  })
  const stopPods = await watchObjects<Pod>(client, '/api/v1/pods', ({ type, object }) => {
    const { uid, deletionTimestamp } = object.metadata
    const bound = object.spec.nodeName ?? ''
    const taken = places.get(uid)?.node ?? ''
    if (type === 'DELETED' || (bound === '' && deletionTimestamp !== undefined)) places.delete(uid)
    else places.set(uid, { pod: object, node: bound === '' ? taken : bound })
    wake()
  })
  return async () => {
    await Promise.all([stopNodes(), stopPods()])
    await working
  }
}
