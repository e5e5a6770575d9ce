import { surgeAndUnavailable } from '../k8s/surge-and-unavailable.ts'
import { isFull } from '../release/gates/ready.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Check } from './check.ts'
import { about, blocker, fine, info, sizeOf, touched, warning, type Planned } from './planned.ts'
import { templateDifferences } from '../model/template-differences.ts'

/** Kubernetes' way of saying "no deadline at all" (MaxInt32): there is no Progressing condition then. */
const noDeadline = 2_147_483_647
const longDeadlineSeconds = 3_600
const shownFields = 6

/** What can be said of the batches from their Deployments alone. Nothing is asked of the cluster. */
export function lintBatches(planned: Planned): readonly Check[] {
  const { rolled, set } = planned
  const hasProbe = (batch: Batch): boolean =>
    batch.containers.some((container) => !container.init && container.hasReadinessProbe)
  return [
    ...about(
      rolled,
      (one) => one.paused,
      (batches) => blocker({ kind: 'paused', batches }),
    ),
    ...about(
      touched(planned),
      (one) => one.deleting,
      (batches) => blocker({ kind: 'deleting', batches }),
    ),
    ...about(
      rolled,
      (one) => !hasProbe(one),
      (batches) => warning({ kind: 'no-readiness-probe', batches }),
    ),
    ...(rolled.length > 0 && rolled.every(hasProbe) ? [fine({ kind: 'probes-ok' })] : []),
    ...about(rolled, isRecreate, (batches) => warning({ kind: 'recreate', batches })),
    ...historyLints(rolled),
    ...about(
      rolled,
      (one) => one.minReadySeconds === 0,
      (batches) => info({ kind: 'no-min-ready', batches }),
    ),
    ...deadlineLints(rolled),
    ...about(
      rolled,
      (one) => sizeOf(planned, one) === 0,
      (batches) => warning({ kind: 'empty-batch', batches }),
    ),
    ...firstLint(planned),
    ...rolled.flatMap(healthLint),
    ...rolled.flatMap((batch) => capacityLint(batch, planned)),
    ...templateLints(rolled),
    ...set.movedTags.map((moved) => warning({ kind: 'tag-moved', ...moved })),
    ...(set.sharedSelector ? [info({ kind: 'shared-selector', batches: set.batches.length })] : []),
    ...(set.service.publishesNotReady && rolled.length > 0 ? [warning({ kind: 'publishes-not-ready' })] : []),
    ...(set.foreignPods > 0 ? [info({ kind: 'foreign-pods', pods: set.foreignPods })] : []),
  ]
}

function isRecreate(batch: Batch): boolean {
  return batch.strategy.type === 'Recreate'
}

function historyLints(rolled: readonly Batch[]): readonly Check[] {
  const keeps = (limit: number) => (batch: Batch) => batch.revisionHistoryLimit === limit
  return [
    ...about(rolled, keeps(0), (batches) => warning({ kind: 'no-history', batches })),
    ...about(rolled, keeps(1), (batches) => info({ kind: 'short-history', batches })),
  ]
}

function deadlineLints(rolled: readonly Batch[]): readonly Check[] {
  const deadline = (batch: Batch): number => batch.progressDeadlineSeconds
  const isLong = (one: Batch): boolean => deadline(one) > longDeadlineSeconds && deadline(one) < noDeadline
  const longest = Math.max(0, ...rolled.filter(isLong).map(deadline))
  return [
    ...about(
      rolled,
      (one) => deadline(one) >= noDeadline,
      (batches) => info({ kind: 'no-deadline', batches }),
    ),
    ...about(rolled, isLong, (batches) => info({ kind: 'long-deadline', batches, seconds: longest })),
    ...about(
      rolled,
      (one) => deadline(one) <= one.minReadySeconds,
      (batches) => warning({ kind: 'deadline-below-min-ready', batches }),
    ),
  ]
}

/** Batches without pods prove nothing, so they are no smaller choice either. */
function firstLint(planned: Planned): readonly Check[] {
  const sizes = planned.rolled
    .map((batch) => ({ number: batch.number, pods: sizeOf(planned, batch) }))
    .filter(({ pods }) => pods > 0)
  const [first] = sizes
  const least = sizes.toSorted((a, b) => a.pods - b.pods)[0]
  if (first === undefined || least === undefined || least.pods === first.pods) return []
  const total = planned.set.batches.reduce((sum, one) => sum + sizeOf(planned, one), 0)
  return [
    warning({
      kind: 'first-not-smallest',
      batch: first.number,
      pods: first.pods,
      total,
      smallest: least.number,
      fewest: least.pods,
    }),
  ]
}

/** A sick old version is no reason to keep the fix out: it is told, and never blocks. */
function healthLint(batch: Batch): readonly Check[] {
  if (batch.desired === 0 || isFull(batch, { tolerance: 0, waitForEnding: false })) return []
  return [warning({ kind: 'unhealthy', batch: batch.number, ready: batch.available, desired: batch.desired })]
}

/** Pods that a rollout may leave out: more than half of the batch, or so many that the Service falls under half. */
function capacityLint(batch: Batch, planned: Planned): readonly Check[] {
  const desired = sizeOf(planned, batch)
  if (desired === 0) return []
  const { unavailable } = surgeAndUnavailable(batch.strategy, desired)
  const missing = Math.min(desired, unavailable)
  const total = planned.set.batches.reduce((sum, one) => sum + sizeOf(planned, one), 0)
  const number = { batch: batch.number }
  return [
    // Recreate is told by its own check.
    ...(!isRecreate(batch) && missing * 2 > desired
      ? [warning({ kind: 'batch-halved', ...number, kept: desired - missing, desired })]
      : []),
    ...(missing * 2 > total
      ? [warning({ kind: 'service-halved', ...number, kept: total - missing, desired: total })]
      : []),
  ]
}

/** Batches whose templates differ from that of the first, with the fields: one release, several applications. */
function templateLints(rolled: readonly Batch[]): readonly Check[] {
  const [first, ...others] = rolled
  if (first === undefined) return []
  const found = others.map((batch) => ({
    number: batch.number,
    fields: templateDifferences(first.template, batch.template),
  }))
  const differing = found.filter(({ fields }) => fields.length > 0)
  if (differing.length === 0) return []
  const fields = [...new Set(differing.flatMap((one) => one.fields))]
  const batches = differing.map((one) => one.number)
  return [
    warning({ kind: 'templates-differ', like: first.number, batches, fields: fields.slice(0, shownFields) }),
  ]
}
