import read from './kubernetes-types.json' with { type: 'json' }
import { groupVersion, type Resource } from '../objects/resources.ts'

type Scalar =
  | 'string'
  | 'bytes'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'quantity'
  | 'int-or-string'
  | 'time'
  | 'micro-time'
  | 'any'

/** How one field of an object is written, merged and owned. */
export type FieldType =
  | Scalar
  | { readonly scalar: Scalar; readonly default: string }
  | {
      readonly object: string
      readonly retainKeys?: true
      /** There even when nothing is in it. */
      readonly present?: true
    }
  | { readonly map: FieldType; readonly atomic?: true }
  | {
      readonly list: FieldType
      /** The fields that tell its items apart where items are owned one by one. */
      readonly keys?: readonly string[]
      readonly set?: true
      /** The field by which a strategic merge patch finds an item; '' for plain values. */
      readonly merge?: string
      readonly retainKeys?: true
      /** Null, not absent, when there are no items. */
      readonly present?: true
    }

export type ObjectType = {
  readonly fields: Readonly<Record<string, FieldType>>
  /** Owned as a whole. */
  readonly atomic?: true
}

/** Read from a real server's OpenAPI documents: `npm run controlplane -- types`. */
export type KubernetesTypes = {
  /** `apps/v1 Deployment` -> name in `types`. */
  readonly kinds: Readonly<Record<string, string>>
  readonly types: Readonly<Record<string, ObjectType>>
}

export const kubernetesTypes = read as KubernetesTypes

export function objectType(name: string): ObjectType {
  return kubernetesTypes.types[name] ?? { fields: {} }
}

/** The type of a kind's objects. */
export function typeOf(resource: Resource): ObjectType {
  return objectType(kubernetesTypes.kinds[`${groupVersion(resource)} ${resource.kind}`] ?? '')
}
