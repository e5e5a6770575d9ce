import { brokenPods } from '../model/batch-pods.ts'
import type { Batch } from '../model/batch-set.ts'
import type { BatchPhase, Forgiven } from './release.ts'
import type { Hold } from './hold.ts'

/** As long as a kubelet waits at most before it pulls an image, or starts a container, again. */
export const longestBackOffMs = 300_000

type Rolling = Extract<BatchPhase, { kind: 'rolling' }>

/**
 * What a person forgives who says to try again. `told`: what keeps the batch, as the person read it. A pod that is just
 * being tried once more shows another reason for a moment, or none, and is back at the first one a second later.
 */
export function forgivenNow(
  told: Hold | undefined,
  { batch, now }: { readonly batch: Batch; readonly now: number },
): { readonly forgives?: Forgiven } {
  const { trouble } = batch
  const isTold = told?.kind === 'pods' && told.batch === batch.uid && trouble?.weight !== 'final'
  const reason = isTold ? told.reason : trouble?.reason
  if (reason === undefined) return {}
  const pods = batch.pods.filter((pod) => pod.isNew).map((pod) => pod.uid)
  return { forgives: { reason, pods, until: now + longestBackOffMs } }
}

/**
 * What is left of a failure once a person has said to try again. The pods that were there then are given time for the
 * reason that was seen; a pod that came later, or another reason, is news and holds at once.
 */
export function unforgiven(
  hold: Hold,
  { forgives }: Pick<Rolling, 'forgives'>,
  { batch, now }: { readonly batch: Batch; readonly now: number },
): Hold | undefined {
  if (hold.kind !== 'pods' || forgives === undefined || now >= forgives.until) return hold
  const news = brokenPods(batch.pods).find(
    ({ uid, reason }) => reason !== forgives.reason || !forgives.pods.includes(uid),
  )
  if (news !== undefined) {
    const { reason, message, name: pod } = news
    return { kind: 'pods', batch: batch.uid, reason, message, pod, pods: hold.pods }
  }
  return hold.reason === forgives.reason ? undefined : hold
}
