import { parse } from 'yaml'
import { decode, type Decoded } from '../fields/decoding.ts'
import { goText } from '../objects/go-text.ts'
import { isObject, plainText, textAt, type Json, type JsonObject } from '../objects/json.ts'
import { noProtobuf } from './practice-limits.ts'
import { findKind, type Resource } from '../objects/resources.ts'
import {
  badRequest,
  good,
  invalidObject,
  refuse,
  unsupportedMediaType,
  type Result,
} from '../objects/status-error.ts'

export type KnownObject = { readonly object: JsonObject; readonly warnings: readonly string[] }

const readableTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

function jsonProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The body of a write as JSON; undefined for an empty one. */
export function readDocument(text: string, contentType: string): Result<Json | undefined> {
  if (text === '') return good(undefined)
  if (contentType === 'application/yaml') {
    try {
      return good(parse(text) as Json)
    } catch (error) {
      return refuse(badRequest(`error converting YAML to JSON: ${jsonProblem(error)}`))
    }
  }
  if (contentType === 'application/vnd.kubernetes.protobuf') return refuse(noProtobuf)
  if (contentType !== '' && contentType !== 'application/json')
    return refuse(unsupportedMediaType(readableTypes))
  try {
    return good(JSON.parse(text) as Json)
  } catch (error) {
    return good({ [unreadable]: jsonProblem(error) })
  }
}

/** Stands for a body that is no JSON until it is known what it should have been. */
const unreadable = '\u0000unreadable'

function unrecognized(kind: string, why: string): Result<never> {
  return refuse(
    badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why}`,
    ),
  )
}

/** Fields that stand twice in one object of the text; the last one is taken. */
function duplicatesIn(text: string): readonly string[] {
  const found: string[] = []
  const ways: { way: string; keys: Set<string>; isList: boolean }[] = []
  const tokens = text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)
  let pending = ''
  for (const [token, name = '', colon] of tokens) {
    const top = ways.at(-1)
    if (token === '{' || token === '[') {
      ways.push({ way: pending === '' ? (top?.way ?? '') : pending, keys: new Set(), isList: token === '[' })
      pending = ''
    } else if (token === '}' || token === ']') ways.pop()
    else if (colon !== undefined && top !== undefined && !top.isList) {
      pending = top.way === '' ? name : `${top.way}.${name}`
      if (top.keys.has(name)) found.push(pending)
      top.keys.add(name)
      continue
    }
    pending = ''
  }
  return found
}

function complaintsOf(unknown: readonly string[], duplicates: readonly string[]): readonly string[] {
  return [
    ...duplicates.map((field) => `duplicate field "${field}"`),
    ...unknown.map((field) => `unknown field "${field}"`),
  ]
}

export type Reading = {
  readonly resource: Pick<Resource, 'group' | 'version' | 'kind'>
  readonly mode: string
  /** As it came, to find what JSON.parse cannot tell. */
  readonly text: string
}

function unknownConversion(found: JsonObject, wanted: Reading['resource']): string {
  const version = textAt(found, 'apiVersion') ?? ''
  const kind = textAt(found, 'kind') ?? ''
  if (findKind(version, kind) === undefined)
    return `no kind "${kind}" is registered for version "${version}" in scheme "pkg/api/legacyscheme/scheme.go:30"`
  const short = version.slice(version.indexOf('/') + 1)
  const group = wanted.group === '' ? 'core' : (wanted.group.split('.')[0] ?? '')
  return `converting (${short}.${kind}) to (${group}.${wanted.kind}): unknown conversion`
}

/** The object of a POST or PUT. Unknown fields are refused (Strict), told (Warn) or dropped silently (Ignore). */
export function readObject(
  document: Json | undefined,
  { resource, mode, text }: Reading,
): Result<KnownObject> {
  const { kind } = resource
  if (document === undefined) return unrecognized(kind, 'unexpected end of JSON input (<empty>)')
  if (!isObject(document)) return unrecognized(kind, 'json: cannot unmarshal into Go value of type struct')
  const problem = document[unreadable]
  if (problem !== undefined) return unrecognized(kind, plainText(problem))
  const version = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
  const saidKind = textAt(document, 'kind') ?? ''
  const saidVersion = textAt(document, 'apiVersion') ?? ''
  if (saidKind !== '' && saidKind !== kind) {
    const short = saidVersion.slice(saidVersion.indexOf('/') + 1)
    const why = unknownConversion(document, resource)
    return refuse(badRequest(`${saidKind} in version "${short}" cannot be handled as a ${kind}: ${why}`))
  }
  if (saidVersion !== '' && saidVersion !== version) {
    return refuse(
      badRequest(
        `the API version in the data (${saidVersion}) does not match the expected API version (${version})`,
      ),
    )
  }
  const decoded = decode(`${version} ${kind}`, document)
  const cannot = `${kind} in version "${resource.version}" cannot be handled as a ${kind}: `
  if (!decoded.ok) return refuse(badRequest(`${cannot}${decoded.why}`))
  const complaints = complaintsOf(decoded.unknown, duplicatesIn(text))
  if (mode === 'Strict' && complaints.length > 0)
    return refuse(badRequest(`${cannot}strict decoding error: ${complaints.join(', ')}`))
  return good({ object: decoded.object, warnings: mode === 'Ignore' ? [] : complaints })
}

export type PatchedReading = {
  readonly resource: Pick<Resource, 'group' | 'version' | 'kind'>
  readonly mode: string
  /** Of a strategic merge patch, whose errors show the patch and not the result. */
  readonly strategic: JsonObject | undefined
}

function strategicProblem(decoded: Decoded & { readonly ok: false }): string {
  const { type, got } = decoded
  if (type.startsWith('[]')) return `cannot restore slice from ${got}`
  if (type.startsWith('v1.')) return `cannot restore struct from: ${got}`
  return type.startsWith('map') ? `cannot restore map from ${got}` : `unrecognized type: ${type}`
}

/** The object that a patch has made. */
export function readPatched(patched: JsonObject, options: PatchedReading): Result<KnownObject> {
  const { resource, mode, strategic } = options
  const version = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
  const shown = strategic === undefined ? JSON.stringify(patched) : goText(strategic)
  const wrong = (why: string) =>
    refuse(
      invalidObject({ group: '', kind: '', name: '' }, [
        {
          reason: 'FieldValueInvalid',
          field: 'patch',
          message: `Invalid value: ${JSON.stringify(shown)}: ${why}`,
        },
      ]),
    )
  const kind = textAt(patched, 'kind') ?? ''
  if (strategic === undefined && kind !== resource.kind) return wrong(unknownConversion(patched, resource))
  const decoded = decode(`${version} ${resource.kind}`, patched)
  if (!decoded.ok) return wrong(strategic === undefined ? decoded.why : strategicProblem(decoded))
  const complaints = complaintsOf(strategic === undefined ? decoded.unknown : [...decoded.unknown].sort(), [])
  if (mode === 'Strict' && complaints.length > 0)
    return wrong(`strict decoding error: ${complaints.join(', ')}`)
  return good({ object: decoded.object, warnings: mode === 'Ignore' ? [] : complaints })
}
