import type { Uid } from '../ids.ts'
import type { TimelineEntry } from './history-view.ts'
import type { Release } from '../release/release.ts'
import { startOf } from '../release/start/start-of.ts'
import { forwardDigest } from './release-templates.ts'

/** What the cluster says about the past of one batch. */
export type BatchPast = {
  readonly uid: Uid
  /** Of the template that the Deployment has now. */
  readonly digest: string
  readonly content: string
  /** The last write of its template, as managedFields tell; 0 when they don't. */
  readonly writtenAt: number
  readonly replicaSets: readonly PastReplicaSet[]
}

export type PastReplicaSet = {
  readonly digest: string
  readonly content: string
  readonly createdAt: number
  /** 0 until the controller has numbered it. */
  readonly revision: number
  /** Numbers that it had before it was rolled back to, oldest first. */
  readonly before: readonly number[]
}

/**
 * The templates that a batch ran, by the revision numbers of its Deployment: they alone give the order, because
 * ReplicaSets are used again and clocks differ. A ReplicaSet's creation is the time of its first number, the last
 * write of the template that of the present one; releases that are known fill what is still open.
 */
export function timelineOf(past: BatchPast, releases: readonly Release[]): readonly TimelineEntry[] {
  const entries = new Map<number, TimelineEntry>()
  for (const set of past.replicaSets) {
    const numbers = [...set.before, set.revision].filter((number) => number > 0)
    numbers.forEach((revision, index) => {
      const first = index === 0 ? { at: set.createdAt } : {}
      entries.set(revision, {
        revision,
        digest: set.digest,
        content: set.content,
        known: 'exactly',
        ...first,
      })
    })
  }
  addPresent(entries, past)
  const fromCluster = new Map(entries)
  for (const release of [...releases].sort((a, b) => a.startedAt - b.startedAt))
    addRelease(entries, past, release)
  const guessed = [...entries.values()].filter((one) => fromCluster.get(one.revision)?.at === undefined)
  return inTime(
    [...entries.values()].sort((a, b) => a.revision - b.revision),
    new Set(guessed.map((one) => one.revision)),
  )
}

/** The Deployment's own template: the last entry, or one more that has no ReplicaSet yet (paused, not yet seen). */
function addPresent(entries: Map<number, TimelineEntry>, past: BatchPast): void {
  const last = Math.max(0, ...entries.keys())
  const entry = entries.get(last)
  if (entry?.digest === past.digest) {
    if (entry.at === undefined && past.writtenAt > 0) entries.set(last, { ...entry, at: past.writtenAt })
    return
  }
  const revision = last + 1
  const at = past.writtenAt > 0 ? { at: past.writtenAt } : {}
  entries.set(revision, { revision, digest: past.digest, content: past.content, known: 'exactly', ...at })
}

function addRelease(entries: Map<number, TimelineEntry>, past: BatchPast, release: Release): void {
  const own = release.batches.find((one) => one.uid === past.uid)
  const revision = own?.baseline.revision
  if (own === undefined || revision === undefined) return
  const baseline = own.baseline.templateDigest
  const start = startOf(own)
  put(entries, { revision, digest: baseline, at: release.startedAt, known: 'by' })
  // What the releases before it made in between has revisions of its own.
  const from = start.revision ?? revision
  if (start !== own.baseline)
    put(entries, { revision: from, digest: start.templateDigest, at: release.startedAt, known: 'by' })
  const forward = forwardDigest(release, own)
  if (forward === undefined || forward === baseline) return
  const ours = { release: release.id }
  const timeOf = (what: 'batch-started' | 'batch-returned'): number | undefined =>
    release.log.find((event) => event.what === what && event.batch === own.uid)?.at
  if (release.change.kind === 'restore') {
    const returned = timeOf('batch-returned')
    if (returned !== undefined)
      put(entries, { revision: from + 1, digest: forward, at: returned, known: 'by', ...ours })
    return
  }
  const started = timeOf('batch-started')
  if (started === undefined) return
  put(entries, { revision: from + 1, digest: forward, at: started, known: 'exactly', ...ours })
  const returned = timeOf('batch-returned')
  if (returned !== undefined)
    put(entries, { revision: from + 2, digest: baseline, at: returned, known: 'by', ...ours })
}

/** What the cluster itself says is never contradicted; what it has forgotten is filled in. */
function put(entries: Map<number, TimelineEntry>, entry: TimelineEntry): void {
  const known = entries.get(entry.revision)
  if (known === undefined) {
    // Nothing is known to have followed the present template.
    if (entry.revision < Math.max(0, ...entries.keys())) entries.set(entry.revision, entry)
  } else if (known.digest === entry.digest) {
    const { at, known: how, release } = entry
    entries.set(entry.revision, {
      ...known,
      ...(known.at === undefined && { known: how, ...(at !== undefined && { at }) }),
      ...(release !== undefined && { release }),
    })
  }
}

/** A release's time that contradicts those of the cluster is dropped: the clock of the laptop was another one. */
function inTime(entries: readonly TimelineEntry[], guessed: ReadonlySet<number>): readonly TimelineEntry[] {
  const trusted = entries.filter((one) => one.at !== undefined && !guessed.has(one.revision))
  return entries.map((entry) => {
    const { at, ...rest } = entry
    if (at === undefined || !guessed.has(entry.revision)) return entry
    const late = trusted.some((one) => one.revision > entry.revision && (one.at ?? at) < at)
    const early = trusted.some((one) => one.revision < entry.revision && (one.at ?? at) > at)
    return late || early ? rest : entry
  })
}
