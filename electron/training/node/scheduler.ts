import { placePod } from './bind-pod.ts'
import { withCondition } from '../controllers/conditions.ts'
import { keyOf, splitKey, type ControllerContext } from '../controllers/controller-context.ts'
import { timestamp, type ClusterNode, type Pod } from '../objects/objects.ts'
import { nodes, pods } from '../objects/resources.ts'
import type { Change } from '../objects/watch-log.ts'
import { createWorkQueue } from '../controllers/work-queue.ts'

/** Pods that name another scheduler wait for that one. */
const ownName = 'default-scheduler'

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
      pod.spec.schedulerName !== ownName ||
      pod.metadata.deletionTimestamp !== undefined
    ) {
      unschedulable.delete(key)
      return
    }
    const choice = chooseNode(pod, { nodes: store.list(nodes), load })
    if (choice.kind === 'none') {
      unschedulable.add(key)
      tellUnschedulable(pod, choice.message)
      return
    }
    unschedulable.delete(key)
    const bound = placePod(context, pod, choice.name)
    events.record(bound, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${key} to ${choice.name}`,
      component: ownName,
    })
  }

  function tellUnschedulable(pod: Pod, message: string): void {
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastTransitionTime: timestamp(clock.now()),
    } as const
    const conditions = withCondition(pod.status?.conditions ?? [], condition)
    const status = { ...pod.status, phase: pod.status?.phase ?? 'Pending', conditions }
    lifecycle.update(pods, { ...pod, status }, 'status')
    events.record(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: ownName,
    })
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

type Refusal = { readonly reason: string; readonly preemption: string }

const noVictims = 'No preemption victims found for incoming pod'
const noHelp = 'Preemption is not helpful for scheduling'

/** Why a node does not take a pod: the first of the scheduler's filters that refuses it. */
function refusalOf(node: ClusterNode, pod: Pod, podsOnIt: number): Refusal | undefined {
  if (node.spec.unschedulable === true) return { reason: 'node(s) were unschedulable', preemption: noHelp }
  const labels = node.metadata.labels ?? {}
  if (!Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)) {
    return { reason: "node(s) didn't match Pod's node affinity/selector", preemption: noHelp }
  }
  const isFull = podsOnIt >= Number(node.status.allocatable.pods)
  return isFull ? { reason: 'Too many pods', preemption: noVictims } : undefined
}

/** `2 Too many pods, 4 node(s) were unschedulable`, sorted as text. */
function tally(reasons: readonly string[]): string {
  const kinds = [...new Set(reasons)]
  return kinds
    .map((kind) => `${reasons.filter((reason) => reason === kind).length} ${kind}`)
    .sort()
    .join(', ')
}

/** The fitting node with the fewest pods; else why there is none, as the scheduler of Kubernetes 1.36 words it. */
export function chooseNode(
  pod: Pod,
  cluster: { readonly nodes: readonly ClusterNode[]; readonly load: ReadonlyMap<string, number> },
): { readonly kind: 'node'; readonly name: string } | { readonly kind: 'none'; readonly message: string } {
  const looks = cluster.nodes.map((node) => {
    const podsOnIt = cluster.load.get(node.metadata.name) ?? 0
    return { name: node.metadata.name, podsOnIt, refusal: refusalOf(node, pod, podsOnIt) }
  })
  const [best] = looks
    .filter(({ refusal }) => refusal === undefined)
    .sort((a, b) => a.podsOnIt - b.podsOnIt || (a.name < b.name ? -1 : 1))
  if (best !== undefined) return { kind: 'node', name: best.name }
  const none = `0/${looks.length} nodes are available`
  if (looks.length === 0) return { kind: 'none', message: 'no nodes available to schedule pods' }
  const refusals = looks.flatMap(({ refusal }) => refusal ?? [])
  const why = tally(refusals.map(({ reason }) => reason))
  const help = tally(refusals.map(({ preemption }) => preemption))
  return {
    kind: 'none',
    message: `${none}: ${why}. no new claims to deallocate, preemption: ${none}: ${help}.`,
  }
}
