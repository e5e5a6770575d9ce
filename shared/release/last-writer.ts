import type { FieldWriter } from '../k8s/objects.ts'
import type { Writer } from './release.ts'

/** Who last wrote what a release depends on, or one field of it, as managedFields tell. */
export function lastWriter(writers: readonly FieldWriter[], field?: FieldWriter['field']): Writer {
  const of = field === undefined ? writers : writers.filter((one) => one.field === field)
  const last = [...of].sort((a, b) => b.at - a.at)[0]
  return { manager: last?.manager ?? 'somebody', at: last?.at ?? 0 }
}
