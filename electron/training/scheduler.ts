import { withCondition } from './conditions.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { timestamp, type Pod } from './objects.ts'
import { nodes, pods } from './resources.ts'
import type { Change } from './watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

/** Puts pods on the node with the fewest; says Unschedulable when all are full. Returns its stop. */
export function startScheduler(context: ControllerContext): () => void {
  const { store, clock, lifecycle, events } = context
  const queue = createWorkQueue(clock, sync)
  const load = new Map<string, number>()
  const unschedulable = new Set<string>()

  function count({ object, previous, type }: Change): void {
    const before = (previous as Pod | undefined)?.spec.nodeName
    const after = type === 'DELETED' ? undefined : (object as Pod).spec.nodeName
    if (before === after) return
    if (before !== undefined) load.set(before, (load.get(before) ?? 1) - 1)
    if (after !== undefined) load.set(after, (load.get(after) ?? 0) + 1)
  }

  function sync(key: string): void {
    const pod = store.get(pods, ...splitKey(key))
    if (
      pod === undefined ||
      pod.spec.nodeName !== undefined ||
      pod.metadata.deletionTimestamp !== undefined
    ) {
      unschedulable.delete(key)
      return
    }
    const all = store.list(nodes)
    const cordoned = all.filter((node) => node.spec.unschedulable === true)
    const free = all
      .filter((node) => node.spec.unschedulable !== true)
      .map((node) => ({ name: node.metadata.name, pods: load.get(node.metadata.name) ?? 0, node }))
      .filter((one) => one.pods < Number(one.node.status.allocatable.pods))
      .sort((a, b) => a.pods - b.pods)[0]
    if (free === undefined) {
      unschedulable.add(key)
      tellUnschedulable(pod, { all: all.length, cordoned: cordoned.length })
      return
    }
    unschedulable.delete(key)
    const bound = lifecycle.update(pods, { ...pod, spec: { ...pod.spec, nodeName: free.name } }, 'main')
    setScheduled(bound, { status: 'True' })
    events.record(bound, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${key} to ${free.name}`,
      component: 'default-scheduler',
    })
  }

  function tellUnschedulable(pod: Pod, nodesTold: { readonly all: number; readonly cordoned: number }): void {
    const message = unschedulableText(nodesTold)
    setScheduled(pod, { status: 'False', reason: 'Unschedulable', message })
    events.record(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: 'default-scheduler',
    })
  }

  function setScheduled(
    pod: Pod,
    said: { readonly status: 'True' | 'False'; readonly reason?: string; readonly message?: string },
  ): void {
    const condition = { type: 'PodScheduled', lastTransitionTime: timestamp(clock.now()), ...said }
    const conditions = withCondition(pod.status?.conditions ?? [], condition)
    lifecycle.update(
      pods,
      { ...pod, status: { ...pod.status, phase: pod.status?.phase ?? 'Pending', conditions } },
      'status',
    )
  }

  const stopListening = store.subscribe((change: Change) => {
    if (change.resource.plural === pods.plural) {
      count(change)
      if (change.type === 'ADDED') queue.add(keyOf(change.object))
    }
    // Room may have appeared: those that wait are tried again.
    const room =
      change.resource.plural === nodes.plural ||
      (change.resource.plural === pods.plural && change.type === 'DELETED')
    if (room) for (const key of unschedulable) queue.add(key)
  })
  return () => {
    stopListening()
    queue.stop()
  }
}

/** Why a pod finds no node when all are cordoned or full. */
export function unschedulableText({
  all,
  cordoned,
}: {
  readonly all: number
  readonly cordoned: number
}): string {
  const full = all - cordoned
  const reasons = [
    ...(cordoned > 0 ? [`${cordoned} node(s) were unschedulable`] : []),
    ...(full > 0 ? [`${full} Too many pods`] : []),
  ]
  const tally = `0/${all} nodes are available: ${reasons.join(', ')}.`
  return `${tally} preemption: 0/${all} nodes are available: ${all} No preemption victims found for incoming pod.`
}
