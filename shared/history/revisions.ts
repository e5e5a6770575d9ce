import type { Container, FieldWriter } from '../k8s/objects.ts'
import { readContainers } from '../k8s/read-meta.ts'
import { contentDigest } from '../k8s/template-digest.ts'
import type { Revision, TimelineEntry } from './history-view.ts'
import type { Release } from '../release/release.ts'
import { authorOf, managerOf, type Author } from './author-of.ts'
import { forwardDigest, templatesOf } from './release-templates.ts'
import { timelineOf, type BatchPast, type PastReplicaSet } from './timeline.ts'

export type NamedReplicaSet = PastReplicaSet & {
  readonly name: string
  readonly containers: readonly Container[]
  readonly cause: string
}

export type BatchSource = Omit<BatchPast, 'replicaSets'> & {
  readonly name: string
  /** Who wrote what the Deployment has now. */
  readonly writers: readonly FieldWriter[]
  readonly replicaSets: readonly NamedReplicaSet[]
}

/** The templates that a batch can go back to, the last one first, whoever set them; and which of them ran when. */
export function revisionsOf(
  source: BatchSource,
  releases: readonly Release[],
): { readonly revisions: readonly Revision[]; readonly timeline: readonly TimelineEntry[] } {
  const sets = source.replicaSets
  const authors = new Map(sets.map((set) => [set, authorOf(set, { batch: source, sets, releases })] as const))
  const timeline = timelineOf(source, releases).map((entry): TimelineEntry => {
    const set = sets.find((one) => one.revision === entry.revision && one.digest === entry.digest)
    const release = entry.release ?? (set === undefined ? undefined : authors.get(set)?.release)
    return release === undefined ? entry : { ...entry, release }
  })
  const found = new Map<string, Revision>()
  for (const set of [...source.replicaSets].sort((a, b) => b.createdAt - a.createdAt)) {
    if (found.has(set.digest)) continue
    found.set(set.digest, {
      digest: set.digest,
      source: { kind: 'replica-set', name: set.name },
      images: imagesOf(set.containers),
      content: set.content,
      current: set.digest === source.digest,
      ...saidOf(set, authors.get(set), source),
      ...lastRun(timeline, set.digest, { at: set.createdAt, known: 'by' }),
    })
  }
  for (const release of releases) {
    for (const own of release.batches) {
      if (own.uid !== source.uid && own.name !== source.name) continue
      for (const { digest, template } of templatesOf(release, own)) {
        if (found.has(digest)) continue
        found.set(digest, {
          digest,
          source: { kind: 'release', release: release.id },
          images: imagesOf(readContainers(template)),
          cause: '',
          content: contentDigest(template),
          current: digest === source.digest,
          ...(digest === forwardDigest(release, own) &&
            release.change.kind !== 'restore' && { by: release.startedBy }),
          ...lastRun(timeline, digest, { at: release.startedAt, known: 'by' }),
        })
      }
    }
  }
  const revisions = [...found.values()].sort((a, b) => b.revision - a.revision || b.since - a.since)
  return { revisions, timeline }
}

/** The words about it, and who: managedFields speak of the present template alone, and never name a person of ours. */
function saidOf(
  set: NamedReplicaSet,
  author: Author | undefined,
  { digest, writers }: BatchSource,
): Pick<Revision, 'cause' | 'by'> {
  const { cause = '', by, release } = author ?? {}
  const manager = set.digest === digest && release === undefined ? managerOf(writers, set) : undefined
  const who = by ?? manager
  return { cause, ...(who !== undefined && { by: who }) }
}

/** When it ran last, as far as its numbers and their times say; `otherwise` is where no number is known. */
function lastRun(
  timeline: readonly TimelineEntry[],
  digest: string,
  otherwise: { readonly at: number; readonly known: 'exactly' | 'by' },
): Pick<Revision, 'revision' | 'since' | 'known'> {
  const runs = timeline.filter((entry) => entry.digest === digest)
  const last = runs.at(-1)
  if (last?.at !== undefined) return { revision: last.revision, since: last.at, known: last.known }
  // It ran again later, nobody knows when: the earlier time is one at which it ran.
  const before = runs.findLast((entry) => entry.at !== undefined)
  return { revision: last?.revision ?? 0, since: before?.at ?? otherwise.at, known: 'by' }
}

function imagesOf(containers: readonly Container[]): Revision['images'] {
  return containers.map(({ name, image }) => ({ container: name, image }))
}
