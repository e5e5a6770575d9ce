import { objectAt, type JsonObject } from '../objects/json.ts'
import type { Resource } from '../objects/resources.ts'
import type { Cause } from '../objects/status-error.ts'
import { validateConfigMap } from './validate-config-map.ts'
import { validateLease } from './validate-lease.ts'
import { validateMetadata } from './validate-metadata.ts'
import { validatePodSpec } from './validate-pod-spec.ts'
import { validateService } from './validate-service.ts'
import { changedSelector, validateDeployment, validateReplicaSet } from './validate-workload.ts'

type FieldRule = (object: JsonObject, old: JsonObject | undefined) => readonly Cause[]

/** What is asked of the fields of each kind, beside its metadata. */
const fieldRules: Readonly<Partial<Record<string, FieldRule>>> = {
  deployments: (object, old) => [
    ...validateDeployment(object),
    ...(old === undefined ? [] : changedSelector(object, old)),
  ],
  replicasets: (object, old) => [
    ...validateReplicaSet(object),
    ...(old === undefined ? [] : changedSelector(object, old)),
  ],
  pods: (object) => validatePodSpec(objectAt(object, 'spec'), 'spec'),
  services: validateService,
  configmaps: validateConfigMap,
  leases: validateLease,
}

/** Every wrong field of an object about to be stored; `old` is there for updates. */
export function validate(
  resource: Resource,
  object: JsonObject,
  old: JsonObject | undefined,
): readonly Cause[] {
  return [...validateMetadata(resource, object, old), ...(fieldRules[resource.plural]?.(object, old) ?? [])]
}
