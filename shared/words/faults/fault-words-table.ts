import type { FaultSentence } from '../../fault-sentence.ts'

/** `inner` says a sentence that stands within this one. */
export type Say<S> = string | ((sentence: S, inner: (sentence: FaultSentence) => string) => string)

/** Both languages of each kind side by side: a kind that lacks one does not compile. */
export type FaultTable<S extends { readonly kind: string }> = {
  readonly [K in S['kind']]: {
    readonly en: Say<Extract<S, { readonly kind: K }>>
    readonly zh: Say<Extract<S, { readonly kind: K }>>
  }
}
