import type { Hold } from './hold.ts'

/** Why a verb is off, and why nothing can be begun: said beside a button, and by whoever refuses. */
export type OffSentence =
  | { readonly kind: 'off-ended' }
  | { readonly kind: 'off-stale' }
  /** The page has lost the application behind it. */
  | { readonly kind: 'off-link-lost' }
  | {
      readonly kind: 'off-not-waiting'
      readonly batch: number
      readonly ready: number
      readonly desired: number
    }
  | { readonly kind: 'off-paused' }
  | { readonly kind: 'off-held' }
  | { readonly kind: 'off-running' }
  /** What it is held for has not changed. */
  | { readonly kind: 'off-still-so'; readonly batch: number; readonly hold: Hold['kind'] }
  | { readonly kind: 'off-rolling-back' }
  | { readonly kind: 'off-last-batch' }
  | { readonly kind: 'off-nothing-changed' }
  | { readonly kind: 'off-nothing-left' }
  | { readonly kind: 'off-sizes-changed' }
  | { readonly kind: 'off-other-holder'; readonly holder: string }
  /** The unfinished release of another Service holds some of the same Deployments. */
  | { readonly kind: 'off-elsewhere'; readonly service: string; readonly by: string }
  | { readonly kind: 'off-resizing' }
  /** The lock is renewed, or not long enough ago for its holder to be gone. */
  | { readonly kind: 'off-holder-alive'; readonly holder: string; readonly seconds: number }
  | { readonly kind: 'off-nobody-drives' }
  | { readonly kind: 'off-frozen' }
  | { readonly kind: 'off-nothing-in-progress' }
  | { readonly kind: 'off-no-such-batch' }
  | { readonly kind: 'off-not-held'; readonly batch: number }
  | { readonly kind: 'off-skipped'; readonly batch: number }
  | { readonly kind: 'off-done'; readonly batch: number }
  | { readonly kind: 'off-in-progress'; readonly batch: number }
  | { readonly kind: 'off-not-foreign'; readonly batch: number }
  | { readonly kind: 'off-restore' }
  | { readonly kind: 'journal-unreadable' }
  | { readonly kind: 'journal-newer' }
