import type { Target } from '../../../shared/contract.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Uid } from '../../../shared/ids.ts'
import type { TemplateDiff } from '../../../shared/model/template-preview.ts'
import { templateOf, type GoBackParts } from './go-back.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import { templateDiff } from '../templates/template-preview.ts'

/** What going back would change on each batch: between its template now and the one that it ran then. */
export async function historyDifferences(
  parts: GoBackParts,
  wish: {
    readonly target: Target
    readonly revisions: readonly { readonly batch: Uid; readonly digest: string }[]
  },
  model: NamespaceModel,
): Promise<Reply<readonly TemplateDiff[]>> {
  const { target, revisions } = wish
  const set = model.set(target.service)
  if (set === undefined)
    return failed('not-found', {
      kind: 'no-service',
      service: target.service,
      namespace: target.namespace,
    })
  const found = await Promise.all(
    set.batches.flatMap((batch) => {
      const digest = revisions.find((one) => one.batch === batch.uid)?.digest
      return digest === undefined ? [] : [templateOf(parts, { target, model, batch, digest })]
    }),
  )
  const missing = found.find((one) => !one.ok)
  if (missing?.ok === false) return missing
  return ok(found.flatMap((one) => (one.ok ? [templateDiff(one.value.batch, one.value.template)] : [])))
}
