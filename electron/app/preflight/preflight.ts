import type { Draft } from '../../../shared/contract.ts'
import { ok, type Reply } from '../../../shared/fault.ts'
import type { Uid } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/k8s/json.ts'
import type { Batch, BatchSet } from '../../../shared/model/batch-set.ts'
import type { Check, CheckLevel, CheckReport, Unknown } from '../../../shared/preflight/check.ts'
import { lintBatches } from '../../../shared/preflight/lint.ts'
import { lintImages, lintRestart } from '../../../shared/preflight/lint-images.ts'
import { blocker, info, plannedOf, warning, type Planned } from '../../../shared/preflight/planned.ts'
import type { Api } from '../../cluster/requests/api.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import type { Standing } from '../releases/release-standing.ts'
import { editedTemplates } from '../templates/edited-templates.ts'
import { toReleaseApi } from '../releases/to-release-api.ts'
import { admissionChecks } from './admission-checks.ts'
import { autoscalerChecks } from './autoscaler-checks.ts'
import { budgetChecks } from './budget-checks.ts'
import { dryRunChecks } from './dry-run-checks.ts'
import { found, together, type Findings } from './findings.ts'
import { journalChecks, type JournalParts } from './journal-checks.ts'
import { nodeChecks } from './node-checks.ts'
import { ownerChecks } from './owner-checks.ts'
import { permissionChecks } from './permission-checks.ts'
import { quotaChecks } from './quota-checks.ts'
import { createReads, type Reads } from './reads.ts'
import {
  orphanChecks,
  otherServiceChecks,
  sizeChecks,
  elsewhereChecks,
  standingChecks,
  toleranceChecks,
} from './set-checks.ts'

export type PreflightInput = {
  readonly draft: Draft
  readonly set: BatchSet
  readonly model: Pick<
    NamespaceModel,
    'sets' | 'deployment' | 'replicaSets' | 'freshness' | 'denied' | 'releases' | 'leaseFreshness'
  >
  readonly standing: Standing
  readonly api: Api
  readonly rehearsals: Pick<JournalParts, 'rehearse' | 'rehearseKeeping'>
  /** The cluster's time. */
  readonly now: number
}

/** Everything that can be known before the first write, about the whole plan. What a connection answered is remembered. */
export function createPreflight(clock: Clock): (input: PreflightInput) => Promise<Reply<CheckReport>> {
  const readsOf = new WeakMap<Api, Reads>()
  return (input) => {
    const reads = readsOf.get(input.api) ?? createReads(input.api, clock)
    readsOf.set(input.api, reads)
    return preflight(input, reads, input.now)
  }
}

async function preflight(input: PreflightInput, reads: Reads, now: number): Promise<Reply<CheckReport>> {
  const { draft, set } = input
  if (set.batches.length === 0) return ok({ checks: [blocker({ kind: 'no-batches' })] })
  const planned = plannedOf(draft, set, newTemplates(draft, set))
  const local = localChecks(input, planned)
  // Server-side checks of a draft that can't be sent would only repeat its fault in other words.
  const isBroken = local.some((check) => brokenKinds.includes(check.what.kind))
  const remote = isBroken ? together([]) : await remoteChecks(input, planned, { reads, now })
  if (remote.fault !== undefined) return { ok: false, fault: remote.fault }
  const checks = [...local, ...remote.checks, ...notKnown(remote.unknown)]
  return ok({ checks: checks.toSorted((a, b) => rank[a.level] - rank[b.level]) })
}

/** As they will be written, for what the cluster makes of them: nothing is sent here. */
function newTemplates({ change }: Draft, set: BatchSet): ReadonlyMap<Uid, JsonObject> {
  const edited = change.kind === 'template' ? editedTemplates(change, set) : undefined
  return new Map(
    edited?.kind === 'edited' ? edited.batches.map(({ batch, template }) => [batch.uid, template]) : [],
  )
}

const rank: Readonly<Record<CheckLevel, number>> = { blocker: 0, warning: 1, info: 2, ok: 3 }
const brokenKinds: readonly Check['what']['kind'][] = ['image-invalid', 'no-container', 'size-invalid']

/** From what is watched already. */
function localChecks({ draft, set, model, standing }: PreflightInput, planned: Planned): readonly Check[] {
  const deploymentOf = (batch: Batch) => model.deployment(batch.uid)
  return [
    ...(model.freshness().kind === 'live' ? [] : [blocker({ kind: 'stale', rights: model.denied() })]),
    ...standingChecks(draft, standing),
    ...elsewhereChecks(set, model),
    ...sizeChecks(draft, set),
    ...toleranceChecks(draft, planned),
    ...(draft.change.kind === 'image' ? lintImages(draft.change.images, planned) : []),
    ...(draft.change.kind === 'restart' ? lintRestart(planned) : []),
    ...lintBatches(planned),
    ...ownerChecks(planned, deploymentOf),
    ...otherServiceChecks(planned, model.sets()),
    ...orphanChecks(planned, model.replicaSets(), (batch) => deploymentOf(batch)?.selector),
  ]
}

async function remoteChecks(
  { draft, standing, api, rehearsals }: PreflightInput,
  planned: Planned,
  { reads, now }: { readonly reads: Reads; readonly now: number },
): Promise<Findings> {
  const isFree = standingChecks(draft, standing).every((one) => one.level !== 'blocker')
  const { namespace } = draft.target
  const running = standing.driving ? standing.release : undefined
  return together(
    await Promise.all([
      permissionChecks(draft, planned, reads),
      dryRunChecks({
        draft,
        planned,
        reads,
        releaseApi: toReleaseApi(api),
        now: now - (now % 60_000),
        ofRecord: (release) =>
          // Somebody else in the way is told already, in better words.
          isFree ? journalChecks(release, { draft, reads, ...rehearsals }) : Promise.resolve(found([])),
        ...(running !== undefined && { running }),
      }),
      autoscalerChecks(namespace, planned, reads),
      budgetChecks(namespace, planned, reads),
      quotaChecks(namespace, planned, reads),
      admissionChecks(namespace, planned, reads),
      nodeChecks(namespace, planned, reads),
    ]),
  )
}

/** Not to see other people's namespaces and nodes is the normal case of a team; in one's own it is worth a warning. */
const clusterWide: readonly Unknown[] = ['nodes', 'pods-elsewhere', 'namespace']

function notKnown(unknown: readonly Unknown[]): readonly Check[] {
  const wide = unknown.filter((one) => clusterWide.includes(one))
  const own = unknown.filter((one) => !clusterWide.includes(one))
  return [
    ...(own.length > 0 ? [warning({ kind: 'not-known', about: own })] : []),
    ...(wide.length > 0 ? [info({ kind: 'not-known', about: wide })] : []),
  ]
}
