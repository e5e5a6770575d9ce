import { brokenPods } from '../../model/batch-pods.ts'
import type { Batch, BatchPod } from '../../model/batch-set.ts'

/** So many pods of a batch may be missing, but never the only one. */
export function mayMiss({ desired }: Pick<Batch, 'desired'>, tolerance: number): number {
  return Math.max(0, Math.min(tolerance, desired - 1))
}

/**
 * The new pods that the tolerance of a plan forgives, whatever their trouble: first those that are broken, then those
 * that are not ready, then those that have restarted. One number for all of it: a pod is forgiven as a whole.
 */
export function excusedPods(batch: Batch, tolerance: number): readonly BatchPod[] {
  const broken = new Set(brokenPods(batch.pods).map((pod) => pod.uid))
  const weight = (pod: BatchPod): number => (broken.has(pod.uid) ? 2 : pod.ready ? 0 : 1)
  return batch.pods
    .filter((pod) => pod.isNew && pod.state !== 'ending' && (!pod.ready || pod.restarts > 0))
    .toSorted((a, b) => weight(b) - weight(a) || b.restarts - a.restarts)
    .slice(0, mayMiss(batch, tolerance))
}

/** New pods that are missing or not ready now, as far as the plan forgives them; the reason of the worst one. */
export function missingPods(
  batch: Batch,
  tolerance: number,
): { readonly pods: number; readonly reason: string } | undefined {
  const pods = Math.min(batch.desired - batch.servingNew, mayMiss(batch, tolerance))
  return pods > 0 ? { pods, reason: excusedPods(batch, tolerance)[0]?.reason ?? '' } : undefined
}

/** Restarts of the new pods that are not forgiven. */
export function countedRestarts(batch: Batch, tolerance: number): number {
  const forgiven = excusedPods(batch, tolerance).reduce((sum, pod) => sum + pod.restarts, 0)
  return Math.max(0, batch.restarts - forgiven)
}

/** Whether what keeps a batch from getting whole is no more than the tolerance forgives. */
export function isExcused(batch: Batch, tolerance: number): boolean {
  const { trouble } = batch
  // A pod that was never created is not one that may be missing: the batch is not whole without it.
  if (trouble === undefined || trouble.pods === 0) return false
  return brokenPods(batch.pods).length <= mayMiss(batch, tolerance) && brokenPods(batch.pods).length > 0
}
