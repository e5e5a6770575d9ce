import { forbidden, required, wrong } from './field-errors.ts'
import { isObject, listAt, objectAt, plainText, textAt, type Json, type JsonObject } from '../objects/json.ts'
import { wrongKey, wrongLabelName, wrongLabelValue, wrongSubdomain } from '../objects/name-rules.ts'
import type { Resource } from '../objects/resources.ts'
import type { Cause } from '../objects/status-error.ts'

const labelNamed = ['services', 'namespaces']
const largestAnnotations = 262_144

export function wrongLabels(labels: JsonObject, field: string): readonly Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...wrongKey(key).map((why) => wrong(field, key, why)),
    ...wrongLabelValue(plainText(value)).map((why) => wrong(field, value, why)),
  ])
}

function wrongAnnotations(annotations: JsonObject, field: string): readonly Cause[] {
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(plainText(value)),
    0,
  )
  const tooLong = `Too long: may not be more than ${largestAnnotations} bytes`
  return [
    ...Object.keys(annotations).flatMap((key) =>
      wrongKey(key.toLowerCase()).map((why) => wrong(field, key, why)),
    ),
    ...(size > largestAnnotations ? [{ reason: 'FieldValueTooLong', field, message: tooLong }] : []),
  ]
}

const standardFinalizers = ['orphan', 'foregroundDeletion', 'kubernetes']

function wrongFinalizers(object: JsonObject, old: JsonObject | undefined): readonly Cause[] {
  const field = 'metadata.finalizers'
  const finalizers = listAt(object, 'metadata', 'finalizers').map(String)
  const before = listAt(old, 'metadata', 'finalizers').map(String)
  const added = finalizers.filter((one) => !before.includes(one))
  const isEnding = textAt(old, 'metadata', 'deletionTimestamp') !== undefined
  const list = added.map((one) => JSON.stringify(one)).join(', ')
  return [
    ...finalizers.flatMap((one, index) =>
      one.includes('/') || standardFinalizers.includes(one)
        ? []
        : [
            wrong(
              `${field}[${index}]`,
              one,
              'name is neither a standard finalizer name nor is it fully qualified',
            ),
          ],
    ),
    ...(isEnding && added.length > 0
      ? [
          forbidden(
            field,
            `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
          ),
        ]
      : []),
  ]
}

function wrongOwners(references: readonly Json[]): readonly Cause[] {
  return references
    .filter(isObject)
    .flatMap((reference) =>
      (['apiVersion', 'kind', 'name', 'uid'] as const)
        .filter((key) => (textAt(reference, key) ?? '') === '')
        .map((key) => wrong(`metadata.ownerReferences.${key}`, '', 'must not be empty')),
    )
}

/** What is wrong with name, labels, annotations, finalizers and owners. */
export function validateMetadata(
  resource: Resource,
  object: JsonObject,
  old: JsonObject | undefined,
): readonly Cause[] {
  const metadata = objectAt(object, 'metadata')
  const name = textAt(metadata, 'name') ?? ''
  const rule = labelNamed.includes(resource.plural) ? wrongLabelName : wrongSubdomain
  const isNamed = name !== '' || old !== undefined || textAt(metadata, 'generateName') !== undefined
  return [
    ...(isNamed ? [] : [required('metadata.name', 'name or generateName is required')]),
    ...(name === '' ? [] : rule(name).map((why) => wrong('metadata.name', name, why))),
    ...wrongLabels(objectAt(metadata, 'labels'), 'metadata.labels'),
    ...wrongAnnotations(objectAt(metadata, 'annotations'), 'metadata.annotations'),
    ...wrongFinalizers(object, old),
    ...wrongOwners(listAt(metadata, 'ownerReferences')),
  ]
}
