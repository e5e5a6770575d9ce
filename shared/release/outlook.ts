import type { Outcome } from './release.ts'

/** Where a release stands when it does nothing more by itself. `batch`: the one that waits, or is held. */
export type Standstill =
  | { readonly kind: 'approval'; readonly batch: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'held'; readonly batch: number }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
/**
 * What a release does from here by itself, by the numbers of its batches: as long as nothing fails, nobody else writes,
 * and nobody gives another word. It is what a verb promises before it is sent, and the engine is held against it.
 */
export type Outlook = {
  /** Their replicas are set before any batch is started. */
  readonly scales: readonly number[]
  /** `spec.paused` is set, or cleared, on their Deployments. */
  readonly pauses: readonly number[]
  readonly unpauses: readonly number[]
  /** They get back an earlier template. */
  readonly returns: readonly number[]
  /** Written before: only their pods are still to follow. */
  readonly finishes: readonly number[]
  /** They get what the release brings, in this order, and nobody is asked in between. */
  readonly updates: readonly number[]
  readonly then: Standstill
}
