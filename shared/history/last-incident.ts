import { asAt } from './as-at.ts'
import type { BatchHistory, HistoryView, TimelineEntry } from './history-view.ts'

/** Changes that lie no further apart are one incident: people and scripts go from batch to batch. */
const apartMs = 10 * 60_000

/** The last changes that belong together, and the time before them. */
export type Incident = {
  /** Before the first of them: what ran then is what is to run again. */
  readonly at: number
  readonly from: number
  readonly to: number
  /** Numbers of the batches that were changed. */
  readonly batches: readonly number[]
  /** They are those of one release of ours. */
  readonly release?: string
  /** Releases of ours that changed a batch between them: going back before them takes that back as well. */
  readonly within: readonly string[]
}

type Change = { readonly batch: BatchHistory; readonly at: number; readonly release: string | undefined }

/**
 * The changes that an incident asks to have taken back: those of the last release of ours, or all changes by others
 * that lie within minutes of each other, on whatever batches. Undefined where nothing of them runs any more. All times
 * are the cluster's, compared with each other alone. What only restarted pods or created a batch is none of them, and
 * neither is a size; what a release of ours took back is taken back.
 */
export function lastIncident({ batches, releases }: HistoryView): Incident | undefined {
  const back = releases.filter((one) => one.outcome === 'rolled-back').map((one) => one.id)
  const changes = batches
    .flatMap(changesOf)
    .filter(({ release }) => release === undefined || !back.includes(release))
    .sort((a, b) => b.at - a.at)
  const [last] = changes
  if (last === undefined) return undefined
  const own = changes.filter((one) => one.release === last.release)
  const found = last.release === undefined ? close(own) : own
  const from = Math.min(...found.map(({ at }) => at))
  // The cluster counts whole seconds.
  const at = from - 1000
  if (!found.some(({ batch }) => differs(batch, at))) return undefined
  const ours = changes.flatMap(({ release, at: time }) =>
    release !== undefined && time >= from ? [release] : [],
  )
  return {
    at,
    from,
    to: last.at,
    batches: [...new Set(found.map(({ batch }) => batch.number))].sort((a, b) => a - b),
    ...(last.release === undefined ? { within: [...new Set(ours)] } : { release: last.release, within: [] }),
  }
}

/** The last ones, as long as the next is not far from the one before it. */
function close(changes: readonly Change[]): readonly Change[] {
  const end = changes.findIndex((one, index) => {
    const later = changes[index - 1]
    return later !== undefined && later.at - one.at > apartMs
  })
  return end < 0 ? changes : changes.slice(0, end)
}

function changesOf(batch: BatchHistory): readonly Change[] {
  return batch.timeline.flatMap((entry, index) => {
    const { at, revision, release } = entry
    if (at === undefined || revision === 1 || isRestart(entry, batch.timeline[index - 1])) return []
    // Some time before that, and whose it was is not known either.
    if (entry.known === 'by' && release === undefined) return []
    return [{ batch, at, release }]
  })
}

/** New pods of the same template: nothing that a rollback would take back. */
function isRestart(entry: TimelineEntry, before: TimelineEntry | undefined): boolean {
  return (
    before?.revision === entry.revision - 1 &&
    entry.content !== undefined &&
    before.content === entry.content &&
    before.digest !== entry.digest
  )
}

/** Whether a batch runs something else now, or nobody can say. */
function differs({ timeline, revisions, digest }: BatchHistory, at: number): boolean {
  const then = asAt(timeline, at)
  const contentOf = (of: string) => revisions.find((one) => one.digest === of)?.content ?? of
  return then.kind === 'unknown' || contentOf(then.digest) !== contentOf(digest)
}
