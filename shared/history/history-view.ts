import type { ContainerImage } from '../model/batch-images.ts'
import type { Uid } from '../ids.ts'
import type { Change, Outcome } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'

/** What ran in the batches of a Service, and the releases that are known of it, newest first. Times: epoch ms. */
export type HistoryView = {
  readonly batches: readonly BatchHistory[]
  readonly releases: readonly PastRelease[]
  /** What could not be read or kept, one sentence each. */
  readonly missing: readonly Sentence[]
}

export type BatchHistory = {
  readonly batch: Uid
  readonly name: string
  readonly number: number
  /** Of the template that it runs now: going back names it, so that nothing is overwritten unseen. */
  readonly digest: string
  /** The last one that ran first. */
  readonly revisions: readonly Revision[]
  /** In order of time: which template ran when, as far as it can be known. */
  readonly timeline: readonly TimelineEntry[]
}

/** One template that a batch ran, by its digest. */
export type Revision = {
  readonly digest: string
  /** `replica-set`: the cluster has it; `release`: only the record of a release has it, the cluster has forgotten. */
  readonly source:
    | { readonly kind: 'replica-set'; readonly name: string }
    | { readonly kind: 'release'; readonly release: string }
  /** The last number that the Deployment gave it; 0 when it is not known. */
  readonly revision: number
  readonly images: readonly { readonly container: string; readonly image: string }[]
  /** `kubernetes.io/change-cause` that was written for this revision; one that was only copied along is not shown. */
  readonly cause: string
  /** The person of the release of ours that made it, else the manager that managedFields name; absent: not known. */
  readonly by?: string
  /** The same for templates that differ at most in when their pods were restarted. */
  readonly content: string
  /** From when it ran the last time. */
  readonly since: number
  /** `by`: it ran at that time already, and nobody knows since when. */
  readonly known: 'exactly' | 'by'
  /** It runs now. */
  readonly current: boolean
}

/** The `revision`-th template that a batch ran. Numbers that are missing ran something that nobody knows any more. */
export type TimelineEntry = {
  readonly revision: number
  readonly digest: string
  /** When it began; absent: somewhere between its neighbours. */
  readonly at?: number
  /** `by`: it ran at that time already. */
  readonly known: 'exactly' | 'by'
  /** As that of a revision; absent: nobody has the template. */
  readonly content?: string
  /** The release of ours that made it. */
  readonly release?: string
}

/** A template by its digest. */
export type BatchTemplate = { readonly batch: Uid; readonly name: string; readonly digest: string }

export type PastRelease = {
  readonly id: string
  readonly startedAt: number
  readonly startedBy: string
  readonly endedAt?: number
  readonly outcome?: Outcome
  /** How it has ended, batch by batch: as it was said then. */
  readonly ending?: Sentence
  readonly change: Change['kind']
  /** For a release of images: what its containers were to run, each reference once. */
  readonly images: readonly ContainerImage[]
  /** Numbers of the batches that it was to change. */
  readonly batches: readonly number[]
  /** What every batch ran before it, and at its end, as its own record says; batches of which that is not known are not
   * there. It needs no clock, so it is right where those of laptop and cluster differ. */
  readonly before: readonly BatchTemplate[]
  readonly after: readonly BatchTemplate[]
  readonly log: readonly { readonly at: number; readonly sentence: Sentence }[]
}
