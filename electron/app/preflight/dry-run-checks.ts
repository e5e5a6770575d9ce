import type { Draft } from '../../../shared/contract.ts'
import type { Reply } from '../../../shared/fault.ts'
import { sentenceOf } from '../../../shared/fault.ts'
import { releaseId } from '../../../shared/ids.ts'
import { objectAt } from '../../../shared/k8s/read-json.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import { blocker, byText, fine, touched, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { forwardEffect } from '../../../shared/release/change/change.ts'
import type { Effect, Release } from '../../../shared/release/release.ts'
import { changesOf, guardedBy } from '../../release/operations.ts'
import type { JsonPatchOperation } from '../../release/release-api.ts'
import type { ReleaseApi } from '../../release/release-api.ts'
import { draftRelease } from '../releases/draft-release.ts'
import { editedTemplates } from '../templates/edited-templates.ts'
import { found, together, type Findings } from './findings.ts'
import { patchQuestion, type Reads, type Tried } from './reads.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

export type DryRunInput = {
  readonly draft: Draft
  readonly planned: Planned
  readonly reads: Reads
  readonly releaseApi: ReleaseApi
  /** Of the last whole minute, so that a restart asks the same question while a person types. */
  readonly now: number
  readonly running?: Release
  /** Of the record that the release would begin with. */
  readonly ofRecord: (release: Release) => Promise<Findings>
}

/** Each write of the plan, sent with dryRun=All: admission and validation answer, nothing is changed. */
export async function dryRunChecks(input: DryRunInput): Promise<Findings> {
  const { draft, planned, reads, running, now } = input
  const batches = touched(planned)
  const conflicts = conflictChecks(draft, planned)
  if (conflicts.length > 0) return found(conflicts)
  const context = { id: releaseId('check'), by: '', now, api: input.releaseApi }
  const release = await draftRelease(draft, planned.set, {
    ...context,
    ...(running !== undefined && { running }),
  })
  if (!release.ok) return found([blocker({ kind: 'draft-refused', says: sentenceOf(release.fault) })])

  const record = input.ofRecord(release.value)
  const tries = await Promise.all(
    batches.flatMap((batch) =>
      effectsOf(release.value, planned, batch).map(async (effect) => ({
        batch,
        reply: await reads.tryPatch({ namespace: draft.target.namespace, name: batch.name }, asPatch(effect)),
      })),
    ),
  )
  const silent = tries.find(({ reply }) => !reply.ok && reply.fault.status === undefined)
  if (silent?.reply.ok === false) return { ...found([]), fault: silent.reply.fault }
  const refusals = await Promise.all(
    tries.map(({ batch, reply }) => refusalOf(batch, { reply, reads, namespace: draft.target.namespace })),
  )
  const answered = tries.flatMap(({ batch, reply }) => (reply.ok ? [{ batch, tried: reply.value }] : []))
  const of = (batch: Batch): readonly Tried[] =>
    answered.filter((one) => one.batch === batch).map((one) => one.tried)
  const applied = batches.filter((batch) => of(batch).some(wasApplied)).map((batch) => batch.number)
  const checks: readonly Check[] = [
    ...refusals.flat(),
    ...byText(
      batches,
      (batch) => of(batch).flatMap((tried) => tried.warnings),
      (message, numbers) => warning({ kind: 'server-warning', message, batches: numbers }),
    ),
    ...(applied.length > 0 ? [warning({ kind: 'last-applied', batches: applied })] : []),
    ...(tries.length > 0 && answered.length === tries.length
      ? [fine({ kind: 'dry-run-ok', batches: batches.length })]
      : []),
  ]
  return together([found(checks), await record])
}

/** One line for batches that differ in the same places. */
function conflictChecks({ change }: Draft, planned: Planned): readonly Check[] {
  if (change.kind !== 'template') return []
  const edited = editedTemplates(change, planned.set)
  if (edited.kind !== 'edited') return []
  const batches = touched(planned)
  const placesOf = (batch: Batch) =>
    edited.batches.find((one) => one.batch.uid === batch.uid)?.open.map(({ path }) => path) ?? []
  return byText(
    batches,
    (batch) => {
      const places = placesOf(batch)
      return places.length === 0 ? [] : [JSON.stringify(places)]
    },
    (text, numbers) =>
      blocker({
        kind: 'template-conflict',
        places: JSON.parse(text) as readonly string[],
        batches: numbers,
      }),
  )
}

function effectsOf(release: Release, planned: Planned, batch: Batch): readonly Effect[] {
  const own = release.batches.find((one) => one.uid === batch.uid)
  const size = planned.sizes.find((one) => one.batch.uid === batch.uid)
  const rolls = planned.rolled.includes(batch) && own?.phase.kind === 'waiting'
  return [
    ...(own !== undefined && rolls ? [forwardEffect(release, own, { batch, attempt: 1 })] : []),
    ...(size === undefined
      ? []
      : [
          {
            kind: 'set-replicas',
            id: `${release.id}/${batch.number}/size`,
            batch: batch.uid,
            name: batch.name,
            from: batch.desired,
            to: size.to,
          } as const,
        ]),
  ]
}

/** As it would be sent now. A template is tried at whatever generation there is: nothing is written by it. */
function asPatch(effect: Effect): readonly JsonPatchOperation[] {
  const seen = effect.kind === 'set-images' ? { generation: effect.generation } : {}
  return guardedBy({ uid: effect.batch, ...seen }, changesOf(effect, undefined))
}

async function refusalOf(
  batch: Batch,
  {
    reply,
    reads,
    namespace,
  }: { readonly reply: Reply<Tried>; readonly reads: Reads; readonly namespace: string },
): Promise<readonly Check[]> {
  if (reply.ok) return []
  // A missing right is told by the permission check, in better words. Webhooks answer 403 as well.
  if (reply.fault.code === 'forbidden') {
    const may = await reads.may(patchQuestion(namespace, batch.name))
    if (may.ok && !may.value) return []
  }
  return [blocker({ kind: 'dry-run', batch: batch.number, says: sentenceOf(reply.fault) })]
}

function wasApplied({ object }: Tried): boolean {
  return lastApplied in objectAt(objectAt(object, 'metadata'), 'annotations')
}
