import { isArriving } from '../../../shared/model/freshness.ts'
import type { Target } from '../../../shared/contract.ts'
import { failed, type Reply } from '../../../shared/fault.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { NamespaceModel, NamespaceModels } from './namespace-models.ts'
import { untilModel } from './until-model.ts'

/** How long a command waits for the first list of a namespace that nobody looked at before. */
const loadMs = 15_000

/** Does something with a namespace that has been read: "not loaded yet" must never pass for "not there". */
export async function withModel<T>(
  parts: { readonly models: NamespaceModels; readonly clock: Clock },
  place: Pick<Target, 'connection' | 'namespace'>,
  use: (model: NamespaceModel) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const opened = parts.models.open(place.connection, place.namespace)
  if (opened === undefined) return failed('unreachable', { kind: 'not-connected' })
  try {
    if (await isLoaded(opened.model, parts.clock)) return await use(opened.model)
    return failed('stale', { kind: 'namespace-unread', namespace: place.namespace })
  } finally {
    opened.dispose()
  }
}

/** Resolves when every kind has been listed, or is known not to be readable; false if that takes too long. */
function isLoaded(model: NamespaceModel, clock: Clock): Promise<boolean> {
  const isKnown = (): boolean => [model.freshness(), model.leaseFreshness()].every((one) => !isArriving(one))
  return untilModel(model, { clock, withinMs: loadMs }, isKnown)
}
