import type { Uid } from '../ids.ts'

/** Who wrote what, as managedFields tell. `at`: epoch ms of the server. */
export type Writer = { readonly manager: string; readonly at: number }

/** Why a release is held. `pods` names a failing batch by its first failing pod. */
export type Hold =
  | {
      readonly kind: 'pods'
      readonly batch: Uid
      readonly reason: string
      readonly message: string
      readonly pod?: string
      readonly pods: number
    }
  | { readonly kind: 'restarts'; readonly batch: Uid; readonly restarts: number }
  | { readonly kind: 'deadline'; readonly batch: Uid }
  /** A gate that speaks for itself has failed: its name in the gate table. */
  | { readonly kind: 'gate'; readonly batch: Uid; readonly gate: string }
  | { readonly kind: 'regressed'; readonly batch: Uid }
  /** `digest` of the template that was found: what a person decides about is exactly this one. */
  | ({ readonly kind: 'foreign'; readonly batch: Uid; readonly digest?: string } & Writer)
  /** `again`: a Deployment of the same name has been created since. */
  | { readonly kind: 'gone'; readonly batch: Uid; readonly again?: Uid }
  | ({ readonly kind: 'batch-paused'; readonly batch: Uid } & Writer)
  | { readonly kind: 'refused'; readonly batch: Uid; readonly message: string }
  /** A write was tried until its limit: whether it was done after all, nobody can say before the next look. */
  | { readonly kind: 'given-up'; readonly batch: Uid; readonly message: string; readonly tries: number }
  /** Its Deployment is there, and the Service does not select it any more. */
  | { readonly kind: 'unselected'; readonly batch: Uid }
  /** The Service itself is not there any more, so nobody can tell which pods serve. */
  | { readonly kind: 'service-gone'; readonly batch: Uid }
