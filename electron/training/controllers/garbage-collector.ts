import type { ControllerContext } from './controller-context.ts'
import type { KubeObject } from '../objects/objects.ts'
import { allResources, namespaces, type Resource } from '../objects/resources.ts'
import type { Change } from '../objects/watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

type Found = { readonly resource: Resource; readonly object: KubeObject }

/** Deletes what has no owner left, and carries out foreground and orphan deletions; returns its stop. */
export function startGarbageCollector(context: ControllerContext): () => void {
  const { store, clock, lifecycle } = context
  const queue = createWorkQueue(clock, sync)

  function dependentsOf(uid: string): readonly Found[] {
    return allResources.flatMap((resource) =>
      store.ownedBy(resource, uid).map((object) => ({ resource, object })),
    )
  }

  function withoutOwner({ resource, object }: Found, uid: string): void {
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter(
      (reference) => reference.uid !== uid,
    )
    lifecycle.update(resource, { ...object, metadata: { ...object.metadata, ownerReferences } }, 'main')
  }

  function release({ resource, object }: Found, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer)
    lifecycle.update(resource, { ...object, metadata: { ...object.metadata, finalizers } }, 'main')
  }

  /** An owner that is on its way out: orphans are let go, or dependents are deleted before it. */
  function finalize(owner: Found): void {
    const { uid, finalizers = [] } = owner.object.metadata
    const dependents = dependentsOf(uid)
    if (finalizers.includes('orphan')) {
      for (const dependent of dependents) withoutOwner(dependent, uid)
      release(owner, 'orphan')
    } else if (finalizers.includes('foregroundDeletion')) {
      const left = dependents.filter(({ object }) => object.metadata.deletionTimestamp === undefined)
      for (const { resource, object } of left) {
        const leaf = dependentsOf(object.metadata.uid).length === 0
        lifecycle.remove(resource, object, { propagation: leaf ? 'Background' : 'Foreground' })
      }
      if (dependents.length === 0) release(owner, 'foregroundDeletion')
    }
  }

  function collect({ resource, object }: Found): void {
    const references = object.metadata.ownerReferences ?? []
    const present = references.filter((reference) => store.byUid(reference.uid) !== undefined)
    if (references.length === 0 || object.metadata.deletionTimestamp !== undefined) return
    if (present.length === 0) lifecycle.remove(resource, object, { propagation: 'Background' })
    else if (present.length < references.length) {
      const metadata = { ...object.metadata, ownerReferences: present }
      lifecycle.update(resource, { ...object, metadata }, 'main')
    }
  }

  /** Deletes all that is in a namespace on its way out, and lets it go when nothing is left. */
  function emptyNamespace(namespace: KubeObject): void {
    const { name } = namespace.metadata
    const inside = allResources
      .filter((one) => one.namespaced)
      .flatMap((resource) => store.list(resource, name).map((object) => ({ resource, object })))
    for (const { resource, object } of inside) {
      if (object.metadata.deletionTimestamp !== undefined) continue
      lifecycle.remove(resource, object, { propagation: 'Background' })
    }
    const isEmpty = inside.every(({ object }) => store.byUid(object.metadata.uid) === undefined)
    if (isEmpty) store.remove(namespaces, namespace)
  }

  function wakeNamespace(name: string | undefined): void {
    const namespace = store.get(namespaces, '', name ?? '')
    if (namespace?.metadata.deletionTimestamp !== undefined) queue.add(namespace.metadata.uid)
  }

  function sync(uid: string): void {
    const found = store.byUid(uid)
    if (found === undefined) {
      for (const dependent of dependentsOf(uid)) collect(dependent)
      return
    }
    if (found.resource === namespaces) {
      if (found.object.metadata.deletionTimestamp !== undefined) emptyNamespace(found.object)
    } else if (found.object.metadata.deletionTimestamp !== undefined) finalize(found)
    else collect(found)
  }

  function onChange({ object, type }: Change): void {
    const { uid, deletionTimestamp, ownerReferences = [] } = object.metadata
    const isOwned = ownerReferences.length > 0
    if (type === 'DELETED') {
      queue.add(uid)
      // The last dependent may be what a foreground deletion waits for.
      for (const reference of ownerReferences) queue.add(reference.uid)
      wakeNamespace(object.metadata.namespace)
    } else if (deletionTimestamp !== undefined || (isOwned && type === 'ADDED')) queue.add(uid)
  }

  const unsubscribe = store.subscribe(onChange)
  return () => {
    unsubscribe()
    queue.stop()
  }
}
