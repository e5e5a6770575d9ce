import type { Fault } from '../../../shared/fault.ts'
import type { Denied } from '../../../shared/model/freshness.ts'

/** Why a watch is over, each with its own way on. `ended`: a clean end, which never means that nothing was missed. */
export type WatchEnd =
  | { readonly kind: 'ended'; readonly heard: boolean }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unsupported' }
  /** `steady`: after it had been live for a while; one network that changes, and no server that is in trouble. */
  | {
      readonly kind: 'broken'
      readonly fault: Fault
      readonly steady?: boolean
      /** What was asked, where the answer may be that it is not allowed. */
      readonly asked?: Denied
    }
