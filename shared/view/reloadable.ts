import type { FaultSentence } from '../fault-sentence.ts'
import type { Fault } from '../fault.ts'

/** `missing`: there is no such Service (any more); `loading` is never shown as an empty result. */
export type Reloadable<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'view'; readonly view: T }
  | { readonly kind: 'missing'; readonly why: FaultSentence }
  | { readonly kind: 'fault'; readonly fault: Fault }
