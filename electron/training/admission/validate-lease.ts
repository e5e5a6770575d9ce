import { numberAt, type JsonObject } from '../objects/json.ts'
import type { Cause } from '../objects/status-error.ts'
import { negative, wrong } from './field-errors.ts'

export function validateLease(object: JsonObject): readonly Cause[] {
  const duration = numberAt(object, 'spec', 'leaseDurationSeconds')
  return [
    ...(duration !== undefined && duration <= 0
      ? [wrong('spec.leaseDurationSeconds', duration, 'must be greater than 0')]
      : []),
    ...negative('spec.leaseTransitions', numberAt(object, 'spec', 'leaseTransitions')),
  ]
}
