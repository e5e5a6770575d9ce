import type { TimelineEntry } from './history-view.ts'

/** What a batch ran at a time: a template by its digest, or why nobody can say. */
export type AsAt =
  | { readonly kind: 'known'; readonly digest: string }
  /** `before`: what is known begins later. `gap`: it was changed around then, and not all of it is known. */
  | { readonly kind: 'unknown'; readonly why: 'before' | 'gap' }

/** Never a guess: between two entries it is only known when their numbers say that nothing came in between. */
export function asAt(timeline: readonly TimelineEntry[], time: number): AsAt {
  let index = -1
  timeline.forEach((entry, position) => {
    if (entry.at !== undefined && entry.at <= time) index = position
  })
  const entry = timeline[index]
  if (entry === undefined) return { kind: 'unknown', why: 'before' }
  const next = timeline[index + 1]
  if (next === undefined) return { kind: 'known', digest: entry.digest }
  const follows = next.revision === entry.revision + 1 && next.at !== undefined && next.known === 'exactly'
  // The same template before and after, with nothing in between: it does not matter when the number changed.
  const same = next.revision === entry.revision + 1 && next.digest === entry.digest
  return follows || same ? { kind: 'known', digest: entry.digest } : { kind: 'unknown', why: 'gap' }
}

/** Every batch as it was at a time. */
export function setAsAt<B extends { readonly timeline: readonly TimelineEntry[] }>(
  batches: readonly B[],
  time: number,
): readonly { readonly batch: B; readonly found: AsAt }[] {
  return batches.map((batch) => ({ batch, found: asAt(batch.timeline, time) }))
}
