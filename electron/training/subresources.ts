import { answerJson, type Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { at, numberAt, objectAt, textAt, type Json, type JsonObject } from './json.ts'
import { asJson, type Deployment, type LabelSelector, type ReplicaSet } from './objects.ts'
import { applyPatch, type PatchRequest } from './patching.ts'
import type { RequestInfo } from './request-info.ts'
import type { Resource } from './resources.ts'
import { badRequest, good, notFound, refuse, type Result } from './status-error.ts'
import { storeUpdate, type WriteRequest } from './writing.ts'

type Scalable = Deployment | ReplicaSet

function selectorText(selector: LabelSelector): string {
  return Object.entries(selector.matchLabels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}

function scaleOf(object: Scalable): JsonObject {
  const { name, namespace = '', uid, resourceVersion = '', creationTimestamp } = object.metadata
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: object.spec.replicas },
    status: { replicas: object.status?.replicas ?? 0, selector: selectorText(object.spec.selector) },
  }
}

function findScalable(context: ApiContext, resource: Resource, info: RequestInfo): Result<Scalable> {
  const object = context.store.get(resource, info.namespace, info.name)
  return object === undefined ? refuse(notFound(resource, info.name)) : good(object as Scalable)
}

export function getScale(context: ApiContext, resource: Resource, info: RequestInfo): Result<Answer> {
  const found = findScalable(context, resource, info)
  return found.ok ? good(answerJson(200, scaleOf(found.value))) : found
}

function writeScale(
  context: ApiContext,
  resource: Resource,
  change: { readonly object: Scalable; readonly scale: JsonObject; readonly request: WriteRequest },
): Result<Answer> {
  const { object, scale, request } = change
  const replicas = numberAt(scale, 'spec', 'replicas') ?? 0
  const asked = textAt(scale, 'metadata', 'resourceVersion') ?? ''
  const old = asJson(object)
  const { resourceVersion: _, ...metadata } = objectAt(old, 'metadata')
  const body = {
    ...old,
    metadata: asked === '' ? metadata : { ...metadata, resourceVersion: asked },
    spec: { ...objectAt(old, 'spec'), replicas },
  }
  const stored = storeUpdate(context, resource, { old: object, body, part: 'main', request })
  if (!stored.ok) return stored
  const written = stored.value.kind === 'text' ? (JSON.parse(stored.value.text) as Json) : {}
  const answer = { ...scaleOf(object), spec: { replicas: at(written, 'spec', 'replicas') ?? replicas } }
  const version = textAt(written, 'metadata', 'resourceVersion') ?? ''
  return good(
    answerJson(200, { ...answer, metadata: { ...objectAt(answer, 'metadata'), resourceVersion: version } }),
  )
}

export function updateScale(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const found = findScalable(context, resource, request.info)
  if (!found.ok) return found
  return writeScale(context, resource, { object: found.value, scale: request.body, request })
}

export function patchScale(context: ApiContext, resource: Resource, request: PatchRequest): Result<Answer> {
  const found = findScalable(context, resource, request.info)
  if (!found.ok) return found
  const scale = applyPatch(scaleOf(found.value), request.patch, request.contentType)
  if (!scale.ok) return scale
  if (numberAt(scale.value, 'spec', 'replicas') === undefined)
    return refuse(badRequest('spec.replicas must be a number'))
  return writeScale(context, resource, {
    object: found.value,
    scale: scale.value,
    request: { ...request, body: {} },
  })
}
