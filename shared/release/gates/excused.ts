import { brokenPods } from '../../model/batch-pods.ts'
import type { Batch, BatchPod } from '../../model/batch-set.ts'
import { restartedPods, type RestartCount } from '../restart-count.ts'

/** So many pods of a batch may be missing, but never the only one. */
export function mayMiss({ desired }: Pick<Batch, 'desired'>, tolerance: number): number {
  return Math.max(0, Math.min(tolerance, desired - 1))
}

type Sick = { readonly weight: number; readonly restarts: number; readonly pod?: BatchPod }

/**
 * The new pods that the tolerance of a plan forgives, whatever their trouble: first those that are broken, then those
 * that are not ready, then those that have restarted, also if they are gone since. One number for all of it: a pod is
 * forgiven as a whole.
 */
function excused(batch: Batch, tolerance: number, count?: RestartCount): readonly Sick[] {
  const broken = new Set(brokenPods(batch.pods).map((pod) => pod.uid))
  const restarted = new Map(restartedPods(count, batch).map((one) => [one.uid, one] as const))
  const unready = batch.pods
    .filter((pod) => pod.isNew && pod.state !== 'ending' && !pod.ready)
    .map((pod): Sick => {
      const { restarts = 0 } = restarted.get(pod.uid) ?? {}
      restarted.delete(pod.uid)
      return { weight: broken.has(pod.uid) ? 2 : 1, restarts, pod }
    })
  return [...unready, ...[...restarted.values()].map((one): Sick => ({ weight: 0, ...one }))]
    .toSorted((a, b) => b.weight - a.weight || b.restarts - a.restarts)
    .slice(0, mayMiss(batch, tolerance))
}

/** New pods that are missing or not ready now, as far as the plan forgives them; the reason of the worst one. */
export function missingPods(
  batch: Batch,
  tolerance: number,
): { readonly pods: number; readonly reason: string } | undefined {
  const pods = Math.min(batch.desired - batch.servingNew, mayMiss(batch, tolerance))
  return pods > 0 ? { pods, reason: excused(batch, tolerance)[0]?.pod?.reason ?? '' } : undefined
}

/** Restarts of the new pods since the rollout began, without those that are forgiven. */
export function countedRestarts(batch: Batch, tolerance: number, count?: RestartCount): number {
  const all = restartedPods(count, batch).reduce((sum, one) => sum + one.restarts, 0)
  return all - excused(batch, tolerance, count).reduce((sum, one) => sum + one.restarts, 0)
}

/** Whether what keeps a batch from getting whole is no more than the tolerance forgives. */
export function isExcused(batch: Batch, tolerance: number): boolean {
  const { trouble } = batch
  // A pod that was never created is not one that may be missing: the batch is not whole without it.
  if (trouble === undefined || trouble.pods === 0) return false
  return brokenPods(batch.pods).length <= mayMiss(batch, tolerance) && brokenPods(batch.pods).length > 0
}
