import { conditionOf, type Pod } from '../objects/objects.ts'

const phases: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 }

const costAnnotation = 'controller.kubernetes.io/pod-deletion-cost'

function costOf({ metadata }: Pod): number {
  return Number(metadata.annotations?.[costAnnotation] ?? 0) || 0
}

function restartsOf(pod: Pod): number {
  return Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => status.restartCount))
}

/**
 * The order in which a ReplicaSet gives pods up: unassigned, pending and unready ones first, then those of a low
 * deletion cost, from nodes with many siblings, then those ready for the shortest time, with more restarts, and the newest.
 */
export function byUselessness(siblings: readonly Pod[]): (a: Pod, b: Pod) => number {
  const perNode = new Map<string, number>()
  for (const pod of siblings) {
    const node = pod.spec.nodeName ?? ''
    perNode.set(node, (perNode.get(node) ?? 0) + 1)
  }
  return (a, b) => {
    const assigned = Number(a.spec.nodeName !== undefined) - Number(b.spec.nodeName !== undefined)
    if (assigned !== 0) return assigned
    const phase = (phases[a.status?.phase ?? 'Pending'] ?? 0) - (phases[b.status?.phase ?? 'Pending'] ?? 0)
    if (phase !== 0) return phase
    const [readyA, readyB] = [
      conditionOf(a.status?.conditions, 'Ready'),
      conditionOf(b.status?.conditions, 'Ready'),
    ]
    const ready = Number(readyA?.status === 'True') - Number(readyB?.status === 'True')
    if (ready !== 0) return ready
    const cost = costOf(a) - costOf(b)
    if (cost !== 0) return cost
    const crowd = (perNode.get(b.spec.nodeName ?? '') ?? 0) - (perNode.get(a.spec.nodeName ?? '') ?? 0)
    if (crowd !== 0) return crowd
    const since = (readyB?.lastTransitionTime ?? '').localeCompare(readyA?.lastTransitionTime ?? '')
    if (since !== 0) return since
    const restarts = restartsOf(b) - restartsOf(a)
    if (restarts !== 0) return restarts
    return b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp)
  }
}
