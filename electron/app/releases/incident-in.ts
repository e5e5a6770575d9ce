import { incidentOf } from '../../../shared/history/incident.ts'
import { pastRelease } from '../../../shared/history/past-release.ts'
import { revisionsOf } from '../../../shared/history/revisions.ts'
import type { BatchSet } from '../../../shared/model/batch-set.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Release } from '../../../shared/release/release.ts'
import { sourceOf } from '../history/history-list.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'

/**
 * Whether a Service fails without a release of ours, by what is watched anyhow: in an incident nothing is waited for.
 * The record of releases is read when somebody asks for the way back.
 */
export function incidentIn(
  model: Pick<NamespaceModel, 'replicaSetsOf'>,
  set: BatchSet,
  { release, now }: { readonly release: Release | undefined; readonly now: number },
): Incident | undefined {
  const releases = release === undefined ? [] : [release]
  return incidentOf({
    set,
    release,
    now,
    history: () => ({
      releases: releases.map(pastRelease),
      batches: set.batches.map((batch) => ({
        batch: batch.uid,
        name: batch.name,
        number: batch.number,
        digest: batch.templateDigest,
        ...revisionsOf(sourceOf(batch, model.replicaSetsOf(batch.uid)), releases),
      })),
    }),
  })
}
