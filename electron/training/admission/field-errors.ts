import type { Json } from '../objects/json.ts'
import type { Cause } from '../objects/status-error.ts'

/** Causes of a 422, worded as the API server words them. */
export function wrong(field: string, value: Json, why: string): Cause {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` }
}

export function required(field: string, why = ''): Cause {
  return { reason: 'FieldValueRequired', field, message: `Required value${why === '' ? '' : `: ${why}`}` }
}

export function forbidden(field: string, why: string): Cause {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` }
}

export function duplicate(field: string, value: Json): Cause {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${JSON.stringify(value)}` }
}

export function unsupported(field: string, value: Json, supported: readonly string[]): Cause {
  const list = supported.map((one) => JSON.stringify(one)).join(', ')
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`
  return { reason: 'FieldValueNotSupported', field, message }
}

export function notThere(field: string, value: Json): Cause {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${JSON.stringify(value)}` }
}

export function negative(field: string, value: number | undefined): readonly Cause[] {
  return value === undefined || value >= 0 ? [] : [wrong(field, value, 'must be greater than or equal to 0')]
}

export function wrongPort(field: string, value: number): readonly Cause[] {
  return value >= 1 && value <= 65_535 ? [] : [wrong(field, value, 'must be between 1 and 65535, inclusive')]
}
