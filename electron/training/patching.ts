import type { Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import type { Part } from './lifecycle.ts'
import { asJson } from './objects.ts'
import { applyJsonPatch } from './patch-json.ts'
import { applyMergePatch } from './patch-merge.ts'
import { applyStrategicPatch } from './patch-strategic.ts'
import type { Resource } from './resources.ts'
import { badRequest, good, notFound, refuse, unsupportedMediaType, type Result } from './status-error.ts'
import { storeUpdate, type WriteRequest } from './writing.ts'

export type PatchRequest = Omit<WriteRequest, 'body'> & { readonly patch: Json; readonly contentType: string }

const jsonPatch = 'application/json-patch+json'
const mergePatch = 'application/merge-patch+json'
const strategicPatch = 'application/strategic-merge-patch+json'

/** Applies a patch of the media type to any document. */
export function applyPatch(document: JsonObject, patch: Json, contentType: string): Result<JsonObject> {
  if (contentType === jsonPatch) return applyJsonPatch(document, patch)
  if (contentType !== mergePatch && contentType !== strategicPatch) {
    return refuse(unsupportedMediaType([jsonPatch, mergePatch, strategicPatch]))
  }
  if (!isObject(patch))
    return refuse(
      badRequest(
        'error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}',
      ),
    )
  return good(
    contentType === mergePatch ? applyMergePatch(document, patch) : applyStrategicPatch(document, patch),
  )
}

export function patch(context: ApiContext, resource: Resource, request: PatchRequest): Result<Answer> {
  const { info } = request
  const old = context.store.get(resource, info.namespace, info.name)
  if (old === undefined) return refuse(notFound(resource, info.name))
  const patched = applyPatch(asJson(old), request.patch, request.contentType)
  if (!patched.ok) return patched
  const part: Part = info.subresource === 'status' ? 'status' : 'main'
  return storeUpdate(context, resource, {
    old,
    body: patched.value,
    part,
    request: { ...request, body: patched.value },
  })
}
