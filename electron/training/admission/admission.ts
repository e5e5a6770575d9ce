import type { KubeObject } from '../objects/objects.ts'
import { namespaces, type Resource } from '../objects/resources.ts'
import { forbiddenObject, type StatusError } from '../objects/status-error.ts'
import type { Store } from '../objects/store.ts'
import type { AdmissionRule } from './admission-rule.ts'

export type Admission = {
  /** Why a new object is not let in, whoever makes it; undefined when it is. The first rule that refuses is told. */
  refused(resource: Resource, object: KubeObject): StatusError | undefined
}

export function createAdmission(store: Store, rules: readonly AdmissionRule[]): Admission {
  return {
    refused(resource, object) {
      const { name, namespace = '' } = object.metadata
      const asked = { store, resource, object, home: store.get(namespaces, '', namespace) }
      for (const rule of rules) {
        const refusal = rule(asked)
        if (refusal === undefined) continue
        const error = forbiddenObject(resource, name, refusal.why)
        const { causes } = refusal
        return causes === undefined ? error : { ...error, details: { ...error.details, causes } }
      }
      return undefined
    },
  }
}
