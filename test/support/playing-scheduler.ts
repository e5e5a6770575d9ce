import type { ClusterNode, Pod } from '../../electron/training/objects/objects.ts'
import { chooseNode } from '../../electron/training/node/scheduler.ts'
import type { KubeClient } from './kube-client.ts'
import type { createPlayingEvents } from './playing-events.ts'
import { watchObjects } from './watched-objects.ts'

/** Binds pods to the node with the fewest through the API, as the training cluster's scheduler does. */
export async function startPlayingScheduler(
  client: KubeClient,
  tell: ReturnType<typeof createPlayingEvents>,
): Promise<() => Promise<void>> {
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
    const choice = chooseNode(entry.pod, { nodes: [...nodes.values()], load: loadOfNodes() })
    if (choice.kind === 'none') {
      await tellUnschedulable(path, entry.pod, choice.message)
      return
    }
    // Taken before the answer, so that pods placed at the same time do not all choose the same node.
    entry.node = choice.name
    const target = { apiVersion: 'v1', kind: 'Node', name: choice.name }
    await client.post(`${path}/binding`, { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target })
    await tell(entry.pod, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${choice.name}`,
      component: 'default-scheduler',
    })
  }

  function loadOfNodes(): ReadonlyMap<string, number> {
    const load = new Map<string, number>()
    for (const { node } of places.values()) load.set(node, (load.get(node) ?? 0) + 1)
    return load
  }

  async function tellUnschedulable(path: string, pod: Pod, message: string): Promise<void> {
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
    await tell(pod, { type: 'Warning', reason: 'FailedScheduling', message, component: 'default-scheduler' })
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
