import type { FieldWriter } from '../../k8s/objects.ts'

/** The field manager that every write of ours names. */
export const ownManager = 'tranche'

/**
 * Whether the template was last written by an application of this kind: whoever else has written it since, or within
 * the same second (managedFields say no more), counts as somebody else.
 */
export function isByOurHand(writers: readonly FieldWriter[]): boolean {
  const template = writers.filter(({ field }) => field === 'template' || field === 'image')
  const last = Math.max(...template.map(({ at }) => at))
  return template.length > 0 && template.every(({ at, manager }) => at < last || manager === ownManager)
}
