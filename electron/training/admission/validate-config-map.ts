import { equalJson, objectAt, plainText, type JsonObject } from '../objects/json.ts'
import { wrongConfigKey } from '../objects/name-rules.ts'
import type { Cause } from '../objects/status-error.ts'
import { forbidden, wrong } from './field-errors.ts'

const largestConfig = 2 ** 20

export function validateConfigMap(object: JsonObject, old: JsonObject | undefined): readonly Cause[] {
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
