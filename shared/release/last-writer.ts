import type { FieldWriter } from '../k8s/objects.ts'
import type { Writer } from './hold.ts'

/** Stands in journals where no manager is known; sentences have words for it. */
export const unrecordedWriter = 'somebody'

/** Who last wrote one of these fields, as managedFields tell. */
export function lastWriter(
  writers: readonly FieldWriter[],
  ...fields: readonly [FieldWriter['field'], ...FieldWriter['field'][]]
): Writer {
  const of = writers.filter((one) => fields.includes(one.field) && one.manager !== '')
  const last = [...of].sort((a, b) => b.at - a.at)[0]
  return { manager: last?.manager ?? unrecordedWriter, at: last?.at ?? 0 }
}
