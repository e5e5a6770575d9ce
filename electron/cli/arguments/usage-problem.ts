import type { InEveryLanguage } from './language.ts'

/** Why a command line can't be understood. */
export type UsageProblem =
  | { readonly kind: 'unknown-command'; readonly word: string; readonly near?: string }
  | { readonly kind: 'unknown-option'; readonly option: string; readonly near?: string }
  | { readonly kind: 'not-here'; readonly option: string; readonly command: string }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'value-for-flag'; readonly option: string }
  | { readonly kind: 'bad-value'; readonly option: string; readonly value: string; readonly allowed: string }
  | { readonly kind: 'too-many'; readonly word: string; readonly command: string; readonly takes: number }
  | { readonly kind: 'together'; readonly options: readonly string[] }
  /** What only one command can find wrong, in its own words. */
  | { readonly kind: 'of-command'; readonly text: InEveryLanguage }
  | { readonly kind: 'no-such-batch'; readonly word: string; readonly batches: readonly string[] }
  | { readonly kind: 'which-container'; readonly word?: string; readonly names: readonly string[] }
  /** Several references without a container: each would be for the application. */
  | { readonly kind: 'which-image'; readonly images: readonly string[] }
  | { readonly kind: 'one-batch'; readonly names: readonly string[] }
  | { readonly kind: 'which-batch'; readonly word: string; readonly names: readonly string[] }
  | { readonly kind: 'which-context'; readonly names: readonly string[] }
  | { readonly kind: 'no-such-context'; readonly word: string; readonly near?: string }
  | { readonly kind: 'no-contexts'; readonly lookedAt: readonly string[] }
  | { readonly kind: 'which-service'; readonly names: readonly string[]; readonly namespace: string }
  | { readonly kind: 'no-file'; readonly path: string; readonly message: string }
  | { readonly kind: 'needs-consent' }
  | { readonly kind: 'needs-yes' }
