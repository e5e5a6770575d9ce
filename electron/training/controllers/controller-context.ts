import type { Admission } from '../admission/admission.ts'
import type { TrainingClock } from '../clock/clock.ts'
import type { EventRecorder } from './events.ts'
import type { Lifecycle } from '../objects/lifecycle.ts'
import type { Random } from '../clock/random.ts'
import type { Store } from '../objects/store.ts'

/** What every controller works with. */
export type ControllerContext = {
  readonly store: Store
  /** What it makes has to be let in, as what a client makes. */
  readonly admission: Admission
  readonly clock: TrainingClock
  readonly random: Random
  readonly lifecycle: Lifecycle
  readonly events: EventRecorder
}

/** `namespace/name`, as work queues hold it. */
export function keyOf(object: {
  readonly metadata: { readonly namespace?: string; readonly name: string }
}): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`
}

export function splitKey(key: string): readonly [namespace: string, name: string] {
  const slash = key.indexOf('/')
  return [key.slice(0, slash), key.slice(slash + 1)]
}
