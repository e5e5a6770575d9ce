import { answerJson, type Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { readDocument, readObject, readPatched, type KnownObject } from './body-reading.ts'
import { numberAt, objectAt, textAt, type JsonObject } from '../objects/json.ts'
import { objectType } from '../fields/kubernetes-types.ts'
import { asJson, type Deployment, type LabelSelector, type ReplicaSet } from '../objects/objects.ts'
import { applyPatch } from './patching.ts'
import type { RequestInfo } from './request-info.ts'
import type { Resource } from '../objects/resources.ts'
import { good, invalidObject, notFound, refuse, type Result } from '../objects/status-error.ts'
import { checkNames, storeUpdate, type WriteRequest } from './writing.ts'

type Scalable = Deployment | ReplicaSet

function selectorText(selector: LabelSelector): string {
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${[...values].sort().join(',')})`
  })
  return [...labels, ...expressions].join(',')
}

function scaleOf(object: Scalable): JsonObject {
  const { name, namespace = '', uid, resourceVersion = '', creationTimestamp } = object.metadata
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // Nothing is left out where it is zero.
    spec: object.spec.replicas === 0 ? {} : { replicas: object.spec.replicas },
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
  change: { readonly object: Scalable; readonly known: KnownObject; readonly request: WriteRequest },
): Result<Answer> {
  const { object, known, request } = change
  const scale = known.object
  const { name } = object.metadata
  const named = checkNames(request.info, scale)
  if (!named.ok) return named
  const replicas = numberAt(scale, 'spec', 'replicas') ?? 0
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: must be greater than or equal to 0`
    const cause = { reason: 'FieldValueInvalid', field: 'spec.replicas', message }
    return refuse(invalidObject({ group: 'autoscaling', kind: 'Scale', name }, [cause]))
  }
  const asked = textAt(scale, 'metadata', 'resourceVersion') ?? ''
  const old = asJson(object)
  const { resourceVersion: _, ...metadata } = objectAt(old, 'metadata')
  const body = {
    ...old,
    metadata: asked === '' ? metadata : { ...metadata, resourceVersion: asked },
    spec: { ...objectAt(old, 'spec'), replicas },
  }
  const stored = storeUpdate(context, resource, {
    old: object,
    known: { ...known, object: body },
    part: 'scale',
    request,
  })
  if (!stored.ok || stored.value.kind !== 'text') return stored
  return good(answerJson(200, scaleOf(JSON.parse(stored.value.text) as Scalable)))
}

export function updateScale(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const found = findScalable(context, resource, request.info)
  if (!found.ok) return found
  const document = readDocument(request.text, request.contentType)
  if (!document.ok) return document
  const mode = request.info.query.get('fieldValidation') ?? ''
  const known = readObject(document.value, { resource: scaleKind, mode, text: request.text })
  if (!known.ok) return known
  return writeScale(context, resource, { object: found.value, known: known.value, request })
}

export function patchScale(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const found = findScalable(context, resource, request.info)
  if (!found.ok) return found
  const patched = applyPatch(scaleOf(found.value), request, objectType('Scale'))
  if (!patched.ok) return patched
  const mode = request.info.query.get('fieldValidation') ?? ''
  const { object, strategic } = patched.value
  const known = readPatched(object, { resource: scaleKind, mode, strategic })
  if (!known.ok) return known
  return writeScale(context, resource, { object: found.value, known: known.value, request })
}

const scaleKind = { group: 'autoscaling', version: 'v1', kind: 'Scale' }
