import type { Fault } from '../fault.ts'

/** Why a forwarded port is closed. */
export type ForwardEnd = 'stopped' | 'pod-gone' | 'disconnected'

/** Why one connection to it came to nothing; the next one may do better. */
export type ForwardTrouble =
  /** The kubelet's own words: nothing listens there, most of all. */
  | { readonly kind: 'port'; readonly text: string }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'too-many' }
