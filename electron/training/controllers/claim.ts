import type { ControllerContext } from './controller-context.ts'
import { controllerOf, type KubeObject, type LabelSelector, type OwnerReference } from '../objects/objects.ts'
import type { Resource } from '../objects/resources.ts'
import { matchesLabels } from '../objects/selectors.ts'

type Owner = KubeObject & { readonly spec: { readonly selector: LabelSelector } }

export function ownerReference(owner: KubeObject): OwnerReference {
  const { name, uid } = owner.metadata
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  }
}

/**
 * The objects that are the owner's: those that name its uid as controller. Orphans that match its selector
 * are adopted, owned ones that no longer match are let go. Names and labels alone give no ownership.
 */
export function claim<T extends KubeObject>(
  context: ControllerContext,
  owner: Owner,
  what: { readonly resource: Resource<T>; readonly adopts: (object: T) => boolean },
): readonly T[] {
  const { store, lifecycle } = context
  const { uid, namespace } = owner.metadata
  const alive = owner.metadata.deletionTimestamp === undefined
  const matches = (object: T) => matchesLabels(owner.spec.selector, object.metadata.labels)
  const owned = store.ownedBy(what.resource, uid).filter((object) => controllerOf(object)?.uid === uid)
  if (!alive) return owned

  for (const object of owned.filter((one) => !matches(one) && one.metadata.deletionTimestamp === undefined)) {
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter(
      (reference) => reference.uid !== uid,
    )
    lifecycle.update(what.resource, { ...object, metadata: { ...object.metadata, ownerReferences } }, 'main')
  }
  const adopted = store
    .ownedBy(what.resource, '')
    .filter((object) => object.metadata.namespace === namespace && matches(object))
    .filter((object) => object.metadata.deletionTimestamp === undefined && what.adopts(object))
    .map((object) => {
      const ownerReferences = [...(object.metadata.ownerReferences ?? []), ownerReference(owner)]
      return lifecycle.update(
        what.resource,
        { ...object, metadata: { ...object.metadata, ownerReferences } },
        'main',
      )
    })
  return [...owned.filter(matches), ...adopted]
}
