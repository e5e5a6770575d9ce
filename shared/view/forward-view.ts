import type { ForwardEnd, ForwardTrouble } from '../model/forwarding.ts'

/** A port of a pod that is open on this machine, or was until just now. */
export type ForwardView = {
  readonly id: string
  readonly pod: string
  readonly batch: number
  readonly podPort: number
  readonly localPort: number
  /** For a browser. */
  readonly address: string
  readonly state:
    | { readonly kind: 'open'; readonly connections: number }
    | { readonly kind: 'ended'; readonly why: ForwardEnd }
  readonly trouble?: ForwardTrouble
}
