export const podColumns = ['state', 'version', 'batch', 'age'] as const
export type PodColumn = (typeof podColumns)[number]

/** How the list of pods goes. `down`: the last one first. */
export type PodOrder = { readonly column: PodColumn; readonly down: boolean }
export const firstOrder: PodOrder = { column: 'state', down: false }
