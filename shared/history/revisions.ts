import type { Container } from '../k8s/objects.ts'
import { readContainers } from '../k8s/read-meta.ts'
import type { Revision, TimelineEntry } from '../model/history.ts'
import type { Release } from '../release/release.ts'
import { templatesOf } from './release-templates.ts'
import { timelineOf, type BatchPast, type PastReplicaSet } from './timeline.ts'

export type NamedReplicaSet = PastReplicaSet & {
  readonly name: string
  readonly containers: readonly Container[]
  readonly cause: string
}

export type BatchSource = BatchPast & {
  readonly name: string
  readonly replicaSets: readonly NamedReplicaSet[]
}

/** The templates that a batch can go back to, the last one first, whoever set them; and which of them ran when. */
export function revisionsOf(
  source: BatchSource,
  releases: readonly Release[],
): { readonly revisions: readonly Revision[]; readonly timeline: readonly TimelineEntry[] } {
  const timeline = timelineOf(source, releases)
  const found = new Map<string, Revision>()
  for (const set of [...source.replicaSets].sort((a, b) => b.createdAt - a.createdAt)) {
    if (found.has(set.digest)) continue
    found.set(set.digest, {
      digest: set.digest,
      source: { kind: 'replica-set', name: set.name },
      images: imagesOf(set.containers),
      cause: set.cause,
      current: set.digest === source.digest,
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
          current: digest === source.digest,
          ...lastRun(timeline, digest, { at: release.startedAt, known: 'by' }),
        })
      }
    }
  }
  const revisions = [...found.values()].sort((a, b) => b.revision - a.revision || b.since - a.since)
  return { revisions, timeline }
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
