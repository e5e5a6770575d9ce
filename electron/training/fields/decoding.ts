import { canonicalQuantity } from '../objects/canonical-quantity.ts'
import { isList, isObject, type Json, type JsonObject } from '../objects/json.ts'
import { kubernetesTypes, objectType, type FieldType } from './kubernetes-types.ts'

/** An object as the server holds it, and what it did not know in what came. */
export type Decoded =
  | { readonly ok: true; readonly object: JsonObject; readonly unknown: readonly string[] }
  /** Says why this is no such object at all, and which type was wanted where another was found. */
  | { readonly ok: false; readonly why: string; readonly type: string; readonly got: string }

/** Where in the text: the type that has the field, the way with and without list positions. */
type Place = { readonly owner: string; readonly field: string; readonly way: string }

class Mismatch extends Error {
  readonly type: string
  readonly got: string

  constructor(message: string, type = '', got = '') {
    super(message)
    this.type = type
    this.got = got
  }
}

const goNames: Readonly<Record<string, string>> = { boolean: 'bool', bytes: '[]uint8' }

function goName(type: FieldType): string {
  if (typeof type === 'string') return goNames[type] ?? (type.includes('time') ? 'string' : type)
  if ('scalar' in type) return goName(type.scalar)
  if ('object' in type) return `v1.${type.object}`
  if ('map' in type) return `map[string]${goName(type.map)}`
  return `[]${goName(type.list)}`
}

function jsonName(value: Json): string {
  if (isList(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function mismatch(value: Json, type: FieldType, place: Place): Mismatch {
  // Of a number that does not fit the server says which one.
  const isNumberType = type === 'int32' || type === 'int64'
  const text = typeof value === 'number' && isNumberType ? `number ${value}` : jsonName(value)
  return new Mismatch(
    `json: cannot unmarshal ${text} into Go struct field ${place.owner}.${place.field} of type ${goName(type)}`,
    goName(type),
    jsonName(value),
  )
}

const quantity = /^[+-]?[0-9.]+([eEinumkKMGTP]*[-+]?[0-9]*)$/
const suffixes = /^[+-]?(\d+(\.\d*)?|\.\d+)([numkKMGTPE]|[KMGTPE]i|[eE][-+]?\d+)?$/

function parsedTime(text: string, isMicro: boolean): string {
  const layout = isMicro ? '2006-01-02T15:04:05.000000Z07:00' : '2006-01-02T15:04:05Z07:00'
  const fail = (rest: string, wanted: string) =>
    new Mismatch(`parsing time ${JSON.stringify(text)} as "${layout}": cannot parse "${rest}" as "${wanted}"`)
  const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(text)?.[0]
  if (seconds === undefined) throw fail(text, '2006')
  let rest = text.slice(seconds.length)
  const digits = isMicro ? /^\.\d{6}/.exec(rest)?.[0] : (/^\.\d+/.exec(rest)?.[0] ?? '')
  if (digits === undefined) throw fail(rest, '.000000')
  rest = rest.slice(digits.length)
  if (!/^(Z|[+-]\d\d:\d\d)$/.test(rest)) throw fail(rest, 'Z07:00')
  const whole = new Date(`${seconds}${rest}`).toISOString().slice(0, 19)
  return `${whole}${isMicro ? digits : ''}Z`
}

function scalar(value: Json, type: FieldType, place: Place): Json {
  switch (type) {
    case 'string':
    case 'bytes':
      if (typeof value === 'string') return value
      break
    case 'boolean':
      if (typeof value === 'boolean') return value
      break
    case 'int32':
    case 'int64': {
      const limit = type === 'int32' ? 2 ** 31 : 2 ** 63
      if (typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit)
        return value
      break
    }
    case 'time':
    case 'micro-time':
      if (typeof value === 'string') return parsedTime(value, type === 'micro-time')
      break
    case 'quantity':
      if (typeof value === 'number') return canonicalQuantity(String(value))
      if (typeof value !== 'string') break
      if (quantity.test(value) && suffixes.test(value)) return canonicalQuantity(value)
      throw new Mismatch(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      )
    case 'int-or-string':
      if (typeof value === 'string' || typeof value === 'number') return value
      break
    default:
      return value
  }
  throw mismatch(value, type, place)
}

function join(way: string, key: string): string {
  return way === '' ? key : `${way}.${key}`
}

/** Lists and maps with nothing in them are left out of what is stored, unless their field is always there. */
function isLeftOut(value: Json, type: FieldType): boolean {
  if (typeof type !== 'object' || 'present' in type) return false
  if ('map' in type) return isObject(value) && Object.keys(value).length === 0
  return 'list' in type && isList(value) && value.length === 0
}

function decodeObject(
  value: Json,
  name: string,
  context: { readonly place: Place; readonly unknown: string[] },
): Json {
  const { place, unknown } = context
  if (!isObject(value)) throw mismatch(value, { object: name }, place)
  const { fields } = objectType(name)
  const result: Record<string, Json> = {}
  for (const [key, item] of Object.entries(value)) {
    const type = fields[key]
    if (type === undefined) {
      unknown.push(join(place.way, key))
      continue
    }
    if (item === null) continue
    const next = { owner: name, field: join(place.field, key), way: join(place.way, key) }
    const decoded = decodeField(item, type, { place: next, unknown })
    if (!isLeftOut(decoded, type)) result[key] = decoded
  }
  return result
}

function decodeField(
  value: Json,
  type: FieldType,
  context: { readonly place: Place; readonly unknown: string[] },
): Json {
  const { place, unknown } = context
  if (typeof type === 'string') return scalar(value, type, place)
  if ('scalar' in type) return scalar(value, type.scalar, place)
  if ('object' in type) return decodeObject(value, type.object, context)
  if ('map' in type) {
    if (!isObject(value)) throw mismatch(value, type, place)
    const zero: Json = type.map === 'string' ? '' : null
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const inside = { ...place, way: join(place.way, key) }
        return [key, item === null ? zero : decodeField(item, type.map, { place: inside, unknown })]
      }),
    )
  }
  if (!isList(value)) throw mismatch(value, type, place)
  return value.map((item, index) =>
    decodeField(item, type.list, { place: { ...place, way: `${place.way}[${index}]` }, unknown }),
  )
}

/** Reads JSON as an object of a kind (`apps/v1 Deployment`): types checked, unknown fields dropped and named. */
export function decode(kind: string, value: JsonObject): Decoded {
  const name = kubernetesTypes.kinds[kind]
  if (name === undefined) return { ok: true, object: value, unknown: [] }
  const unknown: string[] = []
  try {
    const object = decodeObject(value, name, { place: { owner: name, field: '', way: '' }, unknown })
    return { ok: true, object: isObject(object) ? object : {}, unknown }
  } catch (error) {
    if (error instanceof Mismatch) return { ok: false, why: error.message, type: error.type, got: error.got }
    throw error
  }
}
