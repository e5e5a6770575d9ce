import { parse } from 'yaml'
import type { Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { readPatched } from './body-reading.ts'
import { isObject, textAt, type Json, type JsonObject } from '../objects/json.ts'
import { typeOf, type ObjectType } from '../fields/kubernetes-types.ts'
import type { Part } from '../objects/stamps.ts'
import { applyConfiguration } from '../fields/managed-fields.ts'
import { asJson, asKubeObject } from '../objects/objects.ts'
import { applyJsonPatch } from '../fields/patch-json.ts'
import { applyMergePatch } from '../fields/patch-merge.ts'
import { applyStrategicPatch } from '../fields/patch-strategic.ts'
import { groupVersion, type Resource } from '../objects/resources.ts'
import {
  badRequest,
  good,
  invalid,
  notFound,
  refuse,
  unexpected,
  unsupportedPatch,
  type Result,
} from '../objects/status-error.ts'
import { undeclaredField } from '../fields/typed-fields.ts'
import { checkNames, createObject, managerOf, storeUpdate, type WriteRequest } from './writing.ts'

const jsonPatch = 'application/json-patch+json'
const mergePatch = 'application/merge-patch+json'
const strategicPatch = 'application/strategic-merge-patch+json'
const applyType = 'application/apply-patch+yaml'

export type Patched = { readonly object: JsonObject; readonly strategic: JsonObject | undefined }

function decodePatch(text: string, prefix: string): Result<Json> {
  try {
    return good(JSON.parse(text) as Json)
  } catch {
    return refuse(badRequest(`${prefix}invalid character in JSON`))
  }
}

/** Applies a patch of the media type to a document of the type. */
export function applyPatch(
  document: JsonObject,
  request: Pick<WriteRequest, 'text' | 'contentType'>,
  type: ObjectType,
): Result<Patched> {
  const { contentType, text } = request
  const prefix = contentType === strategicPatch ? '' : 'error decoding patch: '
  if (![jsonPatch, mergePatch, strategicPatch].includes(contentType)) return refuse(unsupportedPatch)
  const parsed = decodePatch(text, prefix)
  if (!parsed.ok) return parsed
  const patch = parsed.value
  if (contentType === jsonPatch) {
    const object = applyJsonPatch(document, patch)
    return object.ok ? good({ object: object.value, strategic: undefined }) : object
  }
  if (patch === null)
    return contentType === mergePatch
      ? refuse(badRequest('Invalid JSON Patch'))
      : good({ object: document, strategic: {} })
  if (!isObject(patch)) {
    const found = Array.isArray(patch) ? 'array' : typeof patch
    return refuse(
      badRequest(`${prefix}json: cannot unmarshal ${found} into Go value of type map[string]interface {}`),
    )
  }
  if (contentType === mergePatch)
    return good({ object: applyMergePatch(document, patch), strategic: undefined })
  const merged = applyStrategicPatch(document, patch, type)
  return merged.ok ? good({ object: merged.value, strategic: patch }) : merged
}

export function patch(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info } = request
  if (request.contentType === applyType) return apply(context, resource, request)
  const old = context.store.get(resource, info.namespace, info.name)
  if (old === undefined) return refuse(notFound(resource, info.name))
  const patched = applyPatch(asJson(old), request, typeOf(resource))
  if (!patched.ok) return patched
  const mode = info.query.get('fieldValidation') ?? ''
  const read = readPatched(patched.value.object, { resource, mode, strategic: patched.value.strategic })
  if (!read.ok) return read
  const part: Part = info.subresource === 'status' ? 'status' : 'main'
  return storeUpdate(context, resource, { old, known: read.value, part, request })
}

/** Server-side apply: YAML or JSON, and what is not there is made. */
function apply(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info } = request
  let config: unknown
  try {
    config = parse(request.text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return refuse(badRequest(`error decoding YAML: error converting YAML to JSON: ${why}`))
  }
  const said = config as Json
  if (!isObject(said)) return refuse(badRequest('error decoding YAML: no object'))
  const [version, kind] = [textAt(said, 'apiVersion') ?? '', textAt(said, 'kind') ?? '']
  if (version !== groupVersion(resource) || kind !== resource.kind) {
    const group = version.includes('/') ? version : version === '' ? '/' : `/${version}`
    return refuse(badRequest(`invalid object type: ${group}, Kind=${kind}`))
  }
  const metadata = isObject(said['metadata']) ? said['metadata'] : {}
  if (metadata['managedFields'] !== undefined) return refuse(badRequest('metadata.managedFields must be nil'))
  const undeclared = undeclaredField(said, typeOf(resource))
  if (undeclared !== undefined) {
    const name = `${textAt(metadata, 'namespace') ?? ''}/${textAt(metadata, 'name') ?? ''}`
    const what = `(${name}; ${version}, Kind=${kind})`
    return refuse(unexpected(`failed to create typed patch object ${what}: ${undeclared}`))
  }
  const named = checkNames(info, { ...said, metadata: { name: info.name, ...metadata } })
  if (!named.ok) return named
  const live = context.store.get(resource, info.namespace, info.name)
  const uid = textAt(metadata, 'uid')
  if (live === undefined && uid !== undefined) {
    const message = `Invalid value: "${uid}": field is immutable`
    return refuse(
      invalid(resource, info.name, [{ reason: 'FieldValueInvalid', field: 'metadata.uid', message }]),
    )
  }
  const part: Part = info.subresource === 'status' ? 'status' : 'main'
  const writer = { manager: managerOf(request), part, now: context.clock.now() }
  const force = info.query.get('force') === 'true'
  const result = applyConfiguration(resource, { live, config: named.value, force, writer })
  if (!result.ok) return result
  const read = readPatched(result.value, { resource, mode: '', strategic: undefined })
  if (!read.ok) return read
  const known = { ...read.value, warnings: [] }
  if (live !== undefined)
    return storeUpdate(context, resource, { old: live, known, part, request, isTracked: true })
  const { resourceVersion: _, ...fresh } = asKubeObject(known.object).metadata
  const object = { ...known.object, metadata: fresh as unknown as JsonObject }
  return createObject(context, resource, { known: { object, warnings: [] }, request, isTracked: true })
}
