import { objectAt } from '../objects/json.ts'
import { asJson, type KubeObject } from '../objects/objects.ts'
import { podSecurityViolation } from './pod-security.ts'
import { exceededQuota } from './resource-quota.ts'
import { namespaces, pods, type Resource } from '../objects/resources.ts'
import { forbiddenObject, type StatusError } from '../objects/status-error.ts'
import type { Store } from '../objects/store.ts'

/** Why a new object is not let in, whoever makes it; undefined when it is. The quota is asked last, as by the API server. */
export function refusedAdmission(
  store: Store,
  resource: Resource,
  object: KubeObject,
): StatusError | undefined {
  const { name, namespace = '' } = object.metadata
  const home = store.get(namespaces, '', namespace)
  if (home?.metadata.deletionTimestamp !== undefined) {
    const message = `namespace ${namespace} is being terminated`
    const refused = forbiddenObject(
      resource,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    )
    const causes = [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }]
    return { ...refused, details: { ...refused.details, causes } }
  }
  const violation =
    resource.plural === pods.plural ? podSecurityViolation(home, objectAt(asJson(object), 'spec')) : undefined
  const why = violation ?? exceededQuota(store, resource, object)
  return why === undefined ? undefined : forbiddenObject(resource, name, why)
}
