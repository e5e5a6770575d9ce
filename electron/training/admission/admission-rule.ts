import type { KubeObject } from '../objects/objects.ts'
import type { Resource } from '../objects/resources.ts'
import type { Cause } from '../objects/status-error.ts'
import type { Store } from '../objects/store.ts'

/** An object that is about to be made, by whomever: a client, or a controller for its own sake. */
type AdmissionRequest = {
  readonly store: Store
  readonly resource: Resource
  readonly object: KubeObject
  /** The namespace that it is to stand in; undefined where there is none. */
  readonly home: KubeObject | undefined
}

/** Answered as a 403: `pods "web-1" is forbidden: WHY`. */
type Refusal = { readonly why: string; readonly causes?: readonly Cause[] }

/** Why it is not let in; undefined when it is. */
export type AdmissionRule = (asked: AdmissionRequest) => Refusal | undefined
