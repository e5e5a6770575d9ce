import type { Target } from '../../../shared/contract.ts'
import { failed, faultOf, ok, sentenceOf, type Reply } from '../../../shared/fault.ts'
import { findTemplate } from '../../../shared/history/release-templates.ts'
import type { ReleaseId, Uid } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/k8s/json.ts'
import { templateDigest } from '../../../shared/k8s/template-digest.ts'
import { withoutHashLabel } from '../../../shared/k8s/without-hash-label.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import { defaultGates } from '../../../shared/release/gates/gate-table.ts'
import type { RollBackMode } from '../../../shared/release/release.ts'
import { newRelease } from '../../../shared/release/start/start.ts'
import type { HistoryApi } from '../../release/history-api.ts'
import { permitted } from '../command-ways.ts'
import { knownReleases, type PastParts } from './history-list.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import { templateTargets } from '../templates/template-targets.ts'

export type GoBack = {
  readonly target: Target
  readonly mode: RollBackMode
  /** The template that each batch is to have again, by its digest. */
  readonly revisions: readonly { readonly batch: Uid; readonly digest: string }[]
  /** What the person saw running in each of them. */
  readonly from: readonly { readonly batch: Uid; readonly digest: string }[]
  /** The time that it is taken from, if it is the whole set as it was then. */
  readonly at?: number
  readonly supersedes?: string
  readonly withoutLock?: boolean
}

export type GoBackParts = PastParts & { readonly historyApi: (target: Target) => HistoryApi | undefined }

/** Brings batches back to templates of the past, whoever has made the changes since. */
export function goBack(parts: GoBackParts, wish: GoBack): Promise<Reply<{ readonly release: ReleaseId }>> {
  const { target, mode, supersedes, withoutLock } = wish
  const how = {
    permit: permitted,
    ...(supersedes !== undefined && { supersedes }),
    ...(withoutLock !== undefined && { withoutLock }),
  }
  return parts.releaseService.begin(target, how, async ({ set, model, api, running, ...who }) => {
    const chosen = chosenBatches(wish, set.batches)
    if (!chosen.ok) return chosen
    const templates = await Promise.all(
      chosen.value.map(({ batch, digest }) => templateOf(parts, { target, model, batch, digest })),
    )
    const missing = templates.find((one) => !one.ok)
    if (missing?.ok === false) return missing
    const wishes = templates.flatMap((one) => (one.ok ? [one.value] : []))
    const targets = await templateTargets(api, target.namespace, wishes)
    if (!targets.ok) return targets
    return newRelease(set, {
      ...who,
      change: { kind: 'restore', ...(wish.at !== undefined && { at: wish.at }) },
      targets: targets.value,
      mode,
      sizes: [],
      steps: set.batches.map((batch) => ({
        batch: batch.uid,
        gates: defaultGates,
        leftOut: !targets.value.has(batch.uid),
      })),
      ...(running !== undefined && { supersede: { release: running, from: 'canary' } as const }),
    })
  })
}

type Chosen = { readonly batch: Batch; readonly digest: string }

/** Those that run something else than what is wanted; none may have been changed since the person looked. */
function chosenBatches({ revisions, from }: GoBack, batches: readonly Batch[]): Reply<readonly Chosen[]> {
  const chosen: Chosen[] = []
  for (const { batch: uid, digest } of revisions) {
    const batch = batches.find((one) => one.uid === uid)
    if (batch === undefined) return failed('conflict', { kind: 'batch-gone' })
    const seen = from.find((one) => one.batch === uid)
    if (seen === undefined || seen.digest !== batch.templateDigest)
      return failed('conflict', { kind: 'batch-changed-since', batch: batch.name })
    if (batch.templateDigest !== digest) chosen.push({ batch, digest })
  }
  return chosen.length > 0 ? ok(chosen) : failed('invalid-input', { kind: 'runs-already' })
}

/** From the ReplicaSet while the cluster has it, else from the record of a release. */
export async function templateOf(
  parts: GoBackParts,
  wanted: Chosen & { readonly target: Target; readonly model: NamespaceModel },
): Promise<Reply<{ readonly batch: Batch; readonly template: JsonObject }>> {
  const { target, model, batch, digest } = wanted
  const fetched = await fromCluster(parts, wanted)
  if (fetched.ok) return ok({ batch, template: fetched.value })
  const { releases } = await knownReleases(parts, target, model)
  const template = findTemplate(releases, batch, digest)
  if (template !== undefined) return ok({ batch, template })
  const says = sentenceOf(fetched.fault)
  return failed(fetched.fault.code, { kind: 'choice-forgotten', batch: batch.name, says })
}

async function fromCluster(
  { historyApi }: GoBackParts,
  { target, model, batch, digest }: Chosen & { readonly target: Target; readonly model: NamespaceModel },
): Promise<Reply<JsonObject>> {
  const api = historyApi(target)
  if (api === undefined) return failed('unreachable', { kind: 'not-connected' })
  let fault = faultOf('not-found', { kind: 'no-replica-set' })
  for (const set of model.replicaSetsOf(batch.uid).filter((one) => one.templateDigest === digest)) {
    const found = await api.replicaSetTemplate(target.namespace, set.meta.name)
    if (!found.ok) fault = found.fault
    else if (found.value.owner === batch.uid && templateDigest(found.value.template) === digest)
      return ok(withoutHashLabel(found.value.template))
  }
  return { ok: false, fault }
}
