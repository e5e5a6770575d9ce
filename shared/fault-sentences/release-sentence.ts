/** What stands in the way of a release: who drives it, what has moved on, what would not change. */
export type ReleaseSentence = StandingSentence | JournalSentence | DraftSentence | AnswerSentence

type About = { readonly id: string; readonly by: string }

type StandingSentence =
  | { readonly kind: 'no-release' }
  | { readonly kind: 'release-over' }
  | { readonly kind: 'release-running' }
  | ({ readonly kind: 'release-unfinished' } & About)
  | ({ readonly kind: 'release-still-paused' } & About)
  | ({ readonly kind: 'release-in-doubt' } & About)
  | ({ readonly kind: 'release-overlaps'; readonly service: string; readonly namespace: string } & About)
  | { readonly kind: 'driven-by'; readonly person: string }
  | { readonly kind: 'driven-here-by'; readonly person: string }
  | { readonly kind: 'driven-elsewhere' }
  | { readonly kind: 'nobody-drives-now' }
  | { readonly kind: 'another-begun' }
  | { readonly kind: 'started-elsewhere' }
  | { readonly kind: 'replaced-gone' }
  | { readonly kind: 'replaced-now' }
  | { readonly kind: 'braked-first' }
  | { readonly kind: 'write-may-land' }
  | { readonly kind: 'write-unseen' }
  | { readonly kind: 'moved-on' }
  | { readonly kind: 'data-stale' }
  | { readonly kind: 'not-tried'; readonly words: string }

type JournalSentence =
  | { readonly kind: 'journal-moved' }
  | { readonly kind: 'journal-written-since' }
  | { readonly kind: 'journal-unwritten' }
  | { readonly kind: 'journal-of-newer' }
  | { readonly kind: 'journal-broken' }
  /** In KiB. */
  | { readonly kind: 'journal-too-large'; readonly takes: number; readonly may: number }
  | { readonly kind: 'lock-deleted' }
  /** Absent `holder`: the Lease names none. */
  | { readonly kind: 'lock-lost'; readonly holder?: string }
  | { readonly kind: 'taken-over-by'; readonly person: string }

type DraftSentence =
  | { readonly kind: 'nothing-changes' }
  | { readonly kind: 'no-batch-chosen' }
  | { readonly kind: 'no-target'; readonly batch: string }
  | { readonly kind: 'no-image'; readonly batch: string }
  | { readonly kind: 'not-an-image'; readonly image: string }
  | { readonly kind: 'no-such-container'; readonly batch: string; readonly container: string }
  | { readonly kind: 'batch-gone' }
  | { readonly kind: 'edited-batch-gone' }
  | { readonly kind: 'batch-changed-since'; readonly batch: string }
  | { readonly kind: 'runs-already' }
  | { readonly kind: 'no-replica-set' }
  | { readonly kind: 'template-moved'; readonly batches: readonly string[] }
  | { readonly kind: 'template-undecided'; readonly batch: string; readonly places: readonly string[] }
  | {
      readonly kind: 'sizes-moved'
      readonly sizes: readonly { readonly name: string; readonly from: number; readonly to: number }[]
    }

type AnswerSentence =
  | { readonly kind: 'not-at-gate' }
  | { readonly kind: 'none-changed' }
  /** Absent `batch`: it is none of this release. */
  | { readonly kind: 'plan-fixed'; readonly batch?: number }
  | { readonly kind: 'stays-left-out'; readonly batch: number }
  | { readonly kind: 'changed-again' }
  | { readonly kind: 'leave-out-without-container'; readonly batch: string; readonly container: string }
