import type { FaultSentence } from '../fault-sentence.ts'
import type { OffSentence } from '../release/off-sentence.ts'

export type LockView =
  | { readonly kind: 'free' }
  | { readonly kind: 'mine' }
  /**
   * `expired`: nobody has renewed it for its whole duration of `seconds`, as watched from here. `inDoubt`: it may be an
   * earlier run of this very installation that can't be proved gone, after a reboot say.
   */
  | {
      readonly kind: 'other'
      readonly holder: string
      readonly expired: boolean
      readonly seconds: number
      readonly inDoubt?: true
    }
  | { readonly kind: 'unknown'; readonly why?: FaultSentence }
  /** There is none: the release's journal is a file on this machine. */
  | { readonly kind: 'local' }
export type UnreadableJournal = {
  readonly version: string
  /** Written by a newer Tranche, which can read it. */
  readonly newer: boolean
  readonly sentence: OffSentence
}
