import type { ClusterEvent } from '../k8s/objects.ts'
import type { BatchSet } from './batch-set.ts'

/** Probes that failed of pods that are ready: the last of them after the pod had become ready. */
export type FailedProbes = { readonly probes: number; readonly pods: number; readonly lastAt: number }

/**
 * A probe that fails while its pod starts is how a start looks. One that fails afterwards shows a pod that is about
 * to be taken out of the Service, though all pods are ready just now.
 */
export function failedProbes(
  { batches }: Pick<BatchSet, 'batches'>,
  events: readonly ClusterEvent[],
): FailedProbes | undefined {
  const readySince = new Map(
    batches.flatMap(({ pods }) =>
      pods.flatMap((pod) => (pod.readySince === undefined ? [] : [[pod.uid, pod.readySince] as const])),
    ),
  )
  const found = events.filter(({ reason, involvedUid, lastAt }) => {
    const since = reason === 'Unhealthy' ? readySince.get(involvedUid) : undefined
    return since !== undefined && lastAt > since
  })
  if (found.length === 0) return undefined
  return {
    probes: found.reduce((sum, one) => sum + one.count, 0),
    pods: new Set(found.map((one) => one.involvedUid)).size,
    lastAt: Math.max(...found.map((one) => one.lastAt)),
  }
}
