import { forbidden, negative, wrong } from './field-errors.ts'
import { equalJson, numberAt, objectAt, plainText, type JsonObject } from '../objects/json.ts'
import { wrongConfigKey } from '../objects/name-rules.ts'
import type { Resource } from '../objects/resources.ts'
import type { Cause } from '../objects/status-error.ts'
import { validateMetadata } from './validate-metadata.ts'
import { validatePodSpec } from './validate-pod-spec.ts'
import { validateService } from './validate-service.ts'
import { changedSelector, validateDeployment, validateReplicaSet } from './validate-workload.ts'

const largestConfig = 2 ** 20

function validateConfigMap(object: JsonObject, old: JsonObject | undefined): readonly Cause[] {
  const data = objectAt(object, 'data')
  const binary = objectAt(object, 'binaryData')
  const isFixed = old?.['immutable'] === true
  const size = Object.values(data).reduce<number>((sum, text) => sum + Buffer.byteLength(plainText(text)), 0)
  const why = 'field is immutable when `immutable` is set'
  return [
    ...(isFixed && object['immutable'] !== true ? [forbidden('immutable', why)] : []),
    ...(isFixed && !equalJson(data, objectAt(old, 'data')) ? [forbidden('data', why)] : []),
    ...Object.keys(data).flatMap((key) => [
      ...wrongConfigKey(key).map((reason) => wrong(`data[${key}]`, key, reason)),
      ...(key in binary ? [wrong(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
    ]),
    ...(size > largestConfig
      ? [
          {
            reason: 'FieldValueTooLong',
            field: '[]',
            message: `Too long: may not be more than ${largestConfig} bytes`,
          },
        ]
      : []),
  ]
}

function validateLease(object: JsonObject): readonly Cause[] {
  const duration = numberAt(object, 'spec', 'leaseDurationSeconds')
  return [
    ...(duration !== undefined && duration <= 0
      ? [wrong('spec.leaseDurationSeconds', duration, 'must be greater than 0')]
      : []),
    ...negative('spec.leaseTransitions', numberAt(object, 'spec', 'leaseTransitions')),
  ]
}

function validateSpec(resource: Resource, object: JsonObject, old: JsonObject | undefined): readonly Cause[] {
  switch (resource.plural) {
    case 'deployments':
      return [...validateDeployment(object), ...(old === undefined ? [] : changedSelector(object, old))]
    case 'replicasets':
      return [...validateReplicaSet(object), ...(old === undefined ? [] : changedSelector(object, old))]
    case 'pods':
      return validatePodSpec(objectAt(object, 'spec'), 'spec')
    case 'services':
      return validateService(object)
    case 'configmaps':
      return validateConfigMap(object, old)
    case 'leases':
      return validateLease(object)
    default:
      return []
  }
}

/** Every wrong field of an object about to be stored; `old` is there for updates. */
export function validate(
  resource: Resource,
  object: JsonObject,
  old: JsonObject | undefined,
): readonly Cause[] {
  return [...validateMetadata(resource, object, old), ...validateSpec(resource, object, old)]
}
