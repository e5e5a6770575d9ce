import type { Check, CheckReport, CheckWhat, Draft } from '../../shared/contract.ts'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import { releaseId } from '../../shared/ids.ts'
import { parseImage, tagOf } from '../../shared/k8s/image.ts'
import type { Batch, BatchSet } from '../../shared/model/batch-set.ts'
import { forwardEffect } from '../../shared/release/change.ts'
import { isFull } from '../../shared/release/gates/ready.ts'
import type { Release } from '../../shared/release/release.ts'
import { runsImages } from '../../shared/release/template-images.ts'
import type { Api } from '../cluster/api.ts'
import { operationsFor } from '../release/operations.ts'
import type { ReleaseApi } from '../release/release-api.ts'
import { draftRelease } from './draft-release.ts'
import type { Standing } from './release-desk.ts'
import { ownerOf } from './owner-of.ts'

export type CheckInput = {
  readonly draft: Draft
  readonly set: BatchSet
  readonly live: boolean
  readonly standing: Standing
  readonly labels: (batch: Batch) =>
    | {
        readonly labels: Readonly<Record<string, string>>
        readonly annotations: Readonly<Record<string, string>>
      }
    | undefined
  readonly api: Pick<Api, 'accessReview'>
  readonly releaseApi: ReleaseApi
}

/** Preflight of the whole plan, before anything is written. Server-side, as far as the server can say. */
export async function checkDraft(input: CheckInput): Promise<Reply<CheckReport>> {
  const { draft, set } = input
  if (set.batches.length === 0) return ok({ checks: [{ level: 'blocker', what: { kind: 'no-batches' } }] })
  const images = imageChecks(draft, set)
  const checks: Check[] = [
    ...(input.live ? [] : [blocker({ kind: 'stale' })]),
    ...lockChecks(input.standing),
    ...images,
    ...sizeChecks(draft, set),
    ...set.batches.flatMap((batch) => batchChecks(batch, input)),
    ...setChecks(set),
  ]
  if (!images.some((check) => check.level === 'blocker')) {
    const [permissions, dryRuns] = await Promise.all([permissionChecks(input), dryRunChecks(input)])
    if (!permissions.ok) return permissions
    checks.push(...permissions.value, ...dryRuns)
  }
  const rank = { blocker: 0, warning: 1, ok: 2 }
  return ok({ checks: checks.sort((a, b) => rank[a.level] - rank[b.level]) })
}

function blocker(what: CheckWhat): Check {
  return { level: 'blocker', what }
}
function warning(what: CheckWhat): Check {
  return { level: 'warning', what }
}

function lockChecks({ lock }: Standing): readonly Check[] {
  return lock.kind === 'other' && !lock.expired
    ? [blocker({ kind: 'other-release', holder: lock.holder })]
    : []
}

function imageChecks(draft: Draft, set: BatchSet): readonly Check[] {
  if (draft.change.kind !== 'image') return []
  const wanted = draft.change.images
  const images = Object.values(wanted)
  const broken = images.flatMap((image): readonly Check[] => {
    const parsed = parseImage(image)
    return parsed.ok ? [] : [blocker({ kind: 'image-invalid', image, why: parsed.fault.message })]
  })
  if (broken.length > 0) return broken
  const mutable = images.filter((image) => !image.includes('@') && ['', 'latest'].includes(tagOf(image)))
  return [
    ...mutable.map((image) => warning({ kind: 'image-mutable', tag: tagOf(image) || 'latest' })),
    ...set.batches
      .filter((batch) => runsImages(batch, wanted))
      .map((batch) => warning({ kind: 'image-same', batch: batch.number })),
    ...(mutable.length === 0
      ? [{ level: 'ok', what: { kind: 'image-ok', tag: images.map(tagOf).join(', ') } } as const]
      : []),
  ]
}

function sizeChecks(draft: Draft, set: BatchSet): readonly Check[] {
  return draft.sizes.flatMap((size) => {
    const batch = set.batches.find((one) => one.uid === size.batch)
    if (batch === undefined) return []
    if (batch.desired !== size.from) {
      return [
        blocker({ kind: 'size-invalid', batch: batch.number, why: `it has ${batch.desired} pods by now` }),
      ]
    }
    return size.to === 0 ? [warning({ kind: 'empty-batch', batch: batch.number })] : []
  })
}

function batchChecks(batch: Batch, input: CheckInput): readonly Check[] {
  const { number } = batch
  const meta = input.labels(batch)
  const owner = meta === undefined ? undefined : ownerOf(meta)
  return [
    ...(batch.paused ? [blocker({ kind: 'paused', batch: number })] : []),
    ...(batch.strategy.type === 'Recreate' ? [warning({ kind: 'recreate', batch: number })] : []),
    ...(batch.revisionHistoryLimit === 0 ? [warning({ kind: 'no-history', batch: number })] : []),
    ...(batch.desired === 0 ? [warning({ kind: 'empty-batch', batch: number })] : []),
    ...(isFull(batch, { tolerance: 0, waitForEnding: false }) || batch.desired === 0
      ? []
      : [warning({ kind: 'unhealthy', batch: number, ready: batch.available, desired: batch.desired })]),
    ...(batch.containers.some((container) => !container.init && container.hasReadinessProbe)
      ? []
      : [warning({ kind: 'no-readiness-probe', batch: number })]),
    ...(owner === undefined ? [] : [warning({ kind: 'managed-by', batch: number, manager: owner })]),
  ]
}

function setChecks(set: BatchSet): readonly Check[] {
  const probed = set.batches.every((batch) =>
    batch.containers.some((container) => container.hasReadinessProbe),
  )
  return [
    ...(set.sharedSelector ? [warning({ kind: 'shared-selector', batches: set.batches.length })] : []),
    ...(set.batches.some((batch) => batch.minReadySeconds === 0) ? [warning({ kind: 'no-min-ready' })] : []),
    ...(probed ? [{ level: 'ok', what: { kind: 'probes-ok' } } as const] : []),
  ]
}

async function permissionChecks({ api, set, draft }: CheckInput): Promise<Reply<readonly Check[]>> {
  const { namespace } = draft.target
  const asked = [
    ...set.batches.map((batch) => ({
      verb: 'patch',
      group: 'apps',
      resource: 'deployments',
      name: batch.name,
    })),
    { verb: 'create', group: 'coordination.k8s.io', resource: 'leases' },
    { verb: 'update', group: 'coordination.k8s.io', resource: 'leases' },
  ]
  const answers = await Promise.all(asked.map((one) => api.accessReview({ ...one, namespace })))
  const checks: Check[] = []
  for (const [index, answer] of answers.entries()) {
    const one = asked[index]
    if (one === undefined) continue
    if (!answer.ok) return failed(answer.fault.code, answer.fault.message)
    if (answer.value.allowed) continue
    checks.push(
      blocker({
        kind: 'permission',
        allowed: false,
        verb: one.verb,
        resource: one.resource,
        ...('name' in one && { name: one.name }),
      }),
    )
  }
  return ok(
    checks.length > 0
      ? checks
      : [{ level: 'ok', what: { kind: 'permissions-ok', batches: set.batches.length } }],
  )
}

/** Each batch's own patch, sent with dryRun=All: admission and validation answer, nothing is changed. */
async function dryRunChecks({ draft, set, releaseApi }: CheckInput): Promise<readonly Check[]> {
  if (draft.change.kind === 'none') return []
  const who = { id: releaseId('check'), by: '', now: 0, api: releaseApi }
  const release = await draftRelease({ ...draft, sizes: [] }, set, who)
  if (!release.ok) return [blocker({ kind: 'dry-run', batch: 1, ok: false, message: release.fault.message })]
  const planned = set.batches.filter((batch) =>
    release.value.batches.some((own) => own.uid === batch.uid && own.phase.kind !== 'skipped'),
  )
  const checks = await Promise.all(planned.map((batch) => dryRun(releaseApi, release.value, batch)))
  const bad = checks.filter((check) => check !== undefined)
  return bad.length > 0 ? bad : [{ level: 'ok', what: { kind: 'dry-run-ok', batches: planned.length } }]
}

async function dryRun(api: ReleaseApi, release: Release, batch: Batch): Promise<Check | undefined> {
  const own = release.batches.find((one) => one.uid === batch.uid)
  if (own === undefined) return undefined
  const effect = forwardEffect(release, own, { batch, attempt: 1 })
  const target = { namespace: release.service.namespace, name: batch.name }
  const reply = await api.patchDeployment(target, operationsFor(effect, undefined), { dryRun: true })
  // 403 is told by the permission check, in better words.
  if (reply.ok || reply.fault.code === 'forbidden') return undefined
  return blocker({ kind: 'dry-run', batch: batch.number, ok: false, message: reply.fault.message })
}
