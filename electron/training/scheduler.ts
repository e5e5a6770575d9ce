import { withCondition } from './conditions.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { timestamp, type ClusterNode, type Pod } from './objects.ts'
import { nodes, pods } from './resources.ts'
import type { Change } from './watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

const retryMs = 5_000

/** Puts pods on the node with the fewest; says Unschedulable when all are full. Returns its stop. */
export function startScheduler(context: ControllerContext): () => void {
  const { store, clock, lifecycle, events } = context
  const queue = createWorkQueue(clock, sync)

  function sync(key: string): void {
    const [namespace, name] = splitKey(key)
    const pod = store.get(pods, namespace, name)
    if (pod === undefined || pod.spec.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined)
      return
    const load = new Map<string, number>()
    for (const { spec } of store.list(pods)) {
      if (spec.nodeName !== undefined) load.set(spec.nodeName, (load.get(spec.nodeName) ?? 0) + 1)
    }
    const all = store.list(nodes)
    const free = all
      .filter(
        (node) =>
          node.spec.unschedulable !== true && loadOf(load, node) < Number(node.status.allocatable.pods),
      )
      .sort((a, b) => loadOf(load, a) - loadOf(load, b))[0]
    if (free === undefined) {
      const message = `0/${all.length} nodes are available: ${all.length} Too many pods.`
      setScheduled(pod, { status: 'False', reason: 'Unschedulable', message })
      queue.addAfter(key, retryMs)
      return
    }
    const bound = { ...pod, spec: { ...pod.spec, nodeName: free.metadata.name } }
    const written = lifecycle.update(pods, bound, 'main')
    setScheduled(written, { status: 'True' })
    events.record(pod, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${free.metadata.name}`,
      component: 'default-scheduler',
    })
  }

  function setScheduled(
    pod: Pod,
    said: { readonly status: 'True' | 'False'; readonly reason?: string; readonly message?: string },
  ): void {
    const condition = { type: 'PodScheduled', lastTransitionTime: timestamp(clock.now()), ...said }
    const conditions = withCondition(pod.status?.conditions ?? [], condition)
    const status = { ...pod.status, phase: pod.status?.phase ?? ('Pending' as const), conditions }
    lifecycle.update(pods, { ...pod, status }, 'status')
    if (said.status === 'False') {
      const { reason = '', message = '' } = said
      events.record(pod, {
        type: 'Warning',
        reason: 'FailedScheduling',
        message: `${reason}: ${message}`,
        component: 'default-scheduler',
      })
    }
  }

  const stopListening = store.subscribe((change: Change) => {
    if (change.resource === pods && change.type === 'ADDED') queue.add(keyOf(change.object))
  })
  return () => {
    stopListening()
    queue.stop()
  }
}

function loadOf(load: ReadonlyMap<string, number>, node: ClusterNode): number {
  return load.get(node.metadata.name) ?? 0
}
