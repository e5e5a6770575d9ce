import { causeAnnotation } from '../../release/operations.ts'
import type { Target } from '../../../shared/contract.ts'
import { failed, faultOf, ok, type Fault, type Reply } from '../../../shared/fault.ts'
import { pastRelease } from '../../../shared/history/past-release.ts'
import { revisionsOf, type BatchSource } from '../../../shared/history/revisions.ts'
import type { ReplicaSet } from '../../../shared/k8s/objects.ts'
import { contentDigest } from '../../../shared/k8s/template-digest.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { HistoryView } from '../../../shared/history/history-view.ts'
import { lastWriter } from '../../../shared/release/last-writer.ts'
import type { Release } from '../../../shared/release/release.ts'
import { isOver } from '../../../shared/release/standing.ts'
import { asNumberedIn } from '../../../shared/view/numbered-as.ts'
import { hasHistory } from '../../../shared/words/right-words.ts'
import type { HistoryKeeper, KeptHistory } from '../storage/history-keeper.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import type { ReleaseService } from '../releases/release-service.ts'

export type PastParts = { readonly releaseService: ReleaseService; readonly keeper: HistoryKeeper }

/** What ran in the batches of a Service, and its releases. */
export async function listHistory(
  { releaseService, keeper }: PastParts,
  target: Target,
  model: NamespaceModel,
): Promise<Reply<HistoryView>> {
  const unread = unreadFault(model)
  if (unread !== undefined) return { ok: false, fault: unread }
  const set = model.set(target.service)
  if (set === undefined)
    return failed('not-found', {
      kind: 'no-service',
      service: target.service,
      namespace: target.namespace,
    })
  const { releases, missing } = await knownReleases({ releaseService, keeper }, target, model)
  return ok({
    batches: set.batches.map((batch) => ({
      batch: batch.uid,
      name: batch.name,
      number: batch.number,
      digest: batch.templateDigest,
      ...revisionsOf(sourceOf(batch, model.replicaSetsOf(batch.uid)), releases),
    })),
    releases: releases.map((one) => pastRelease(asNumberedIn(one, set))),
    missing,
  })
}

/** Pods say nothing of the past; without Deployments or their ReplicaSets it would be shown as if there were none. */
function unreadFault(model: NamespaceModel): Fault | undefined {
  const freshness = model.freshness()
  const rights = model.denied()
  if (freshness.kind !== 'never') return undefined
  if (rights.length === 0) return faultOf('stale', freshness.why ?? { kind: 'not-read-yet' })
  if (hasHistory(rights)) return undefined
  return { ...faultOf('forbidden', freshness.why ?? { kind: 'not-read-yet' }), rights }
}

/** The history with the release of the journal, which says more of itself than a copy that was made earlier. */
export async function knownReleases(
  { releaseService, keeper }: PastParts,
  target: Target,
  model: NamespaceModel,
): Promise<KeptHistory> {
  const kept = await keeper.list(target)
  const present = releaseService.standing(target, model).release
  if (present === undefined) return kept
  const copy = kept.releases.find((one) => one.id === present.id)
  // Whoever was to write it down has been killed, or could not.
  if (isOver(present) && (copy === undefined || endOf(copy) !== endOf(present)))
    void keeper.keep(target, present)
  const others = kept.releases.filter((one) => one.id !== present.id)
  return { ...kept, releases: [present, ...others].sort((a, b) => b.startedAt - a.startedAt) }
}

function endOf({ state }: Release): number | undefined {
  return state.kind === 'ended' ? state.at : undefined
}

export function sourceOf(batch: Batch, replicaSets: readonly ReplicaSet[]): BatchSource {
  return {
    uid: batch.uid,
    name: batch.name,
    digest: batch.templateDigest,
    content: contentDigest(batch.template, batch.templateDigest),
    writers: batch.writers,
    writtenAt: lastWriter(batch.writers, 'template').at,
    replicaSets: replicaSets.map((set) => ({
      name: set.meta.name,
      digest: set.templateDigest,
      content: set.contentDigest,
      createdAt: set.meta.createdAt,
      revision: set.revision,
      // Written by the Deployment controller when a ReplicaSet is used again: `1,3`.
      before: (set.meta.annotations['deployment.kubernetes.io/revision-history'] ?? '')
        .split(',')
        .map(Number)
        .filter((number) => number > 0),
      containers: set.containers,
      cause: set.meta.annotations[causeAnnotation] ?? '',
    })),
  }
}
