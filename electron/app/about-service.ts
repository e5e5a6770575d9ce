import type { Target } from '../../shared/contract.ts'
import { faultOf, type Fault } from '../../shared/fault.ts'
import type { FaultSentence } from '../../shared/fault-sentence.ts'
import type { BatchSet } from '../../shared/model/batch-set.ts'
import { isArriving } from '../../shared/model/freshness.ts'
import { isOver } from '../../shared/release/standing.ts'
import type { Reloadable } from '../../shared/view/reloadable.ts'
import { withOwnBatches } from '../../shared/view/with-own-batches.ts'
import type { ReleaseService } from './releases/release-service.ts'
import type { NamespaceModel } from './watching/namespace-models.ts'

/** Why nothing can be shown, with the rights that are missing for it. */
function unreadFault(model: NamespaceModel, why: FaultSentence = { kind: 'not-read-yet' }): Fault {
  const rights = model.denied()
  return rights.length === 0 ? faultOf('stale', why) : { ...faultOf('forbidden', why), rights }
}

export function unread(model: NamespaceModel | undefined): { readonly fault?: Fault } {
  const freshness = model?.freshness()
  return model === undefined || freshness?.kind !== 'never' || isArriving(freshness)
    ? {}
    : { fault: unreadFault(model, freshness.why) }
}

/** What a feed about one Service sends: its view, or why there is none. */
export function aboutService<T>(
  releaseService: ReleaseService,
  { target, model }: { readonly target: Target; readonly model: NamespaceModel | undefined },
  view: (set: BatchSet, model: NamespaceModel) => T,
): Reloadable<T> {
  if (model === undefined) return { kind: 'loading' }
  const freshness = model.freshness()
  if (isArriving(freshness)) return { kind: 'loading' }
  // Not to be counted: what can't be read would be shown as none. A release that is driven keeps its brakes.
  if (freshness.kind === 'never' && !releaseService.standing(target, model).driving)
    return { kind: 'fault', fault: unreadFault(model, freshness.why) }
  const set = shownSet(releaseService, target, model)
  if (set !== undefined) return { kind: 'view', view: view(set, model) }
  if (freshness.kind === 'never') return { kind: 'fault', fault: unreadFault(model, freshness.why) }
  return {
    kind: 'missing',
    why: { kind: 'no-service', service: target.service, namespace: target.namespace },
  }
}

/** A release that is not over, and its batches, are never lost from sight, whatever becomes of the Service. */
export function shownSet(
  releaseService: ReleaseService,
  target: Target,
  model: NamespaceModel,
): BatchSet | undefined {
  const set = model.set(target.service)
  const { release } = releaseService.standing(target, model)
  if (release === undefined || isOver(release) || model.freshness().kind === 'never') return set
  const uids = release.batches.map((own) => own.uid)
  return withOwnBatches(set, release, model.unselected(target.service, uids))
}
