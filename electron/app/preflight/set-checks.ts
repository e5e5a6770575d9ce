import type { Draft } from '../../../shared/contract.ts'
import type { LabelSelector, ReplicaSet } from '../../../shared/k8s/objects.ts'
import { endLacks, isOver } from '../../../shared/release/standing.ts'
import { matches, selects } from '../../../shared/k8s/selector.ts'
import type { Batch, BatchSet } from '../../../shared/model/batch-set.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import { about, blocker, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { mayMiss } from '../../../shared/release/gates/excused.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import { overlapping } from '../releases/overlaps.ts'
import type { Standing } from '../releases/release-standing.ts'
import { podLabels } from './budget-checks.ts'

/** Whether somebody else, or an earlier release of one's own, is in the way. */
export function standingChecks(draft: Draft, standing: Standing): readonly Check[] {
  const { lock, release, driving, unreadable } = standing
  if (unreadable !== undefined) return [blocker({ kind: 'journal-unreadable', newer: unreadable.newer })]
  // What was to be replaced has ended, or is driven elsewhere by now.
  if (draft.supersedes !== undefined && !(driving && release?.id === draft.supersedes.release))
    return [blocker({ kind: 'supersede-gone' })]
  if (driving) {
    // What is left of one that has ended is seen out by the start itself.
    const runs = release?.state.kind !== 'ended' || endLacks(release) === 'paused'
    return runs && draft.supersedes === undefined ? [blocker({ kind: 'release-running' })] : []
  }
  if (lock.kind === 'other' && !lock.expired) return [blocker({ kind: 'other-release', holder: lock.holder })]
  if (release !== undefined && !isOver(release)) {
    const ended = release.state.kind === 'ended' && { ended: endLacks(release) }
    return [blocker({ kind: 'abandoned-release', by: release.startedBy, ...ended })]
  }
  return lock.kind === 'other' ? [warning({ kind: 'lock-expired', holder: lock.holder })] : []
}

/** The lock is about Deployments: several Services may have the same ones behind them. */
export function elsewhereChecks(
  set: BatchSet,
  model: Pick<NamespaceModel, 'releases' | 'leaseFreshness'>,
): readonly Check[] {
  const { name, namespace } = set.service.meta
  const other = overlapping({ service: { name, namespace }, batches: set.batches }, model.releases())
  const known = model.leaseFreshness().kind !== 'never'
  return [
    ...(known ? [] : [warning({ kind: 'leases-unknown' })]),
    ...(other === undefined
      ? []
      : [
          blocker({
            kind: 'held-elsewhere',
            service: other.service.name,
            release: other.id,
            by: other.startedBy,
          }),
        ]),
  ]
}

/** Sizes that were drafted for other numbers of pods than there are by now. */
export function sizeChecks(draft: Draft, set: BatchSet): readonly Check[] {
  return draft.sizes.flatMap((size) => {
    const batch = set.batches.find((one) => one.uid === size.batch)
    return batch === undefined || batch.desired === size.from
      ? []
      : [blocker({ kind: 'size-invalid', batch: batch.number, pods: batch.desired })]
  })
}

/** What the plan forgives beyond what the Deployment itself takes away never comes to pass. */
export function toleranceChecks(draft: Draft, { rolled }: Planned): readonly Check[] {
  const toleranceOf = (batch: Batch): number =>
    draft.steps.find((step) => step.batch === batch.uid)?.gates.tolerance ?? 0
  return about(
    rolled,
    (batch) =>
      batch.strategy.type !== 'Recreate' && mayMiss(batch, toleranceOf(batch)) > batch.strategy.unavailable,
    (batches) => warning({ kind: 'tolerance-kept', batches }),
  )
}

/** Other Services that see only some of the batches: their users get old and new in other shares than shown. */
export function otherServiceChecks({ set, rolled }: Planned, sets: readonly BatchSet[]): readonly Check[] {
  return sets.flatMap(({ service }) => {
    const { name, uid } = service.meta
    const isSeen = (batch: Batch) => selects(service.selector, podLabels(batch))
    if (uid === set.service.meta.uid || set.batches.every(isSeen)) return []
    return about(rolled, isSeen, (batches) => warning({ kind: 'part-of-service', service: name, batches }))
  })
}

/** A ReplicaSet without an owner is adopted by whichever batch sees it first, with its pods. */
export function orphanChecks(
  { set }: Planned,
  replicaSets: readonly ReplicaSet[],
  selectorOf: (batch: Batch) => LabelSelector | undefined,
): readonly Check[] {
  const selectors = set.batches.flatMap((batch) => selectorOf(batch) ?? [])
  const orphans = replicaSets.filter(
    ({ meta }) =>
      meta.controller === undefined && selectors.some((selector) => matches(selector, meta.labels)),
  )
  return orphans.length === 0
    ? []
    : [warning({ kind: 'orphan-sets', names: orphans.map((one) => one.meta.name) })]
}
