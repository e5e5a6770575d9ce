import type { Answer } from './answer.ts'
import { answerJson, answerText } from './answer.ts'
import type { ApiContext, Caller } from './api-context.ts'
import { refusedAdmission } from './admission.ts'
import { applyDefaults } from './defaults.ts'
import { objectAt, textAt, type JsonObject } from './json.ts'
import type { Part, Removal } from './lifecycle.ts'
import { asJson, asKubeObject, type KubeObject } from './objects.ts'
import { matcherOf, objectAnswer } from './reading.ts'
import type { RequestInfo } from './request-info.ts'
import { groupVersion, namespaces, type Resource } from './resources.ts'
import {
  alreadyExists,
  badRequest,
  conflict,
  good,
  invalid,
  notFound,
  refuse,
  type Result,
} from './status-error.ts'
import { checkFields } from './strict-fields.ts'
import { allocateService } from './service-allocation.ts'
import { trackFields } from './managed-fields.ts'
import { validate } from './validation.ts'

export type WriteRequest = { readonly info: RequestInfo; readonly caller: Caller; readonly body: JsonObject }

export function isDryRun(info: RequestInfo, body?: JsonObject): boolean {
  return info.query.getAll('dryRun').includes('All') || JSON.stringify(body?.['dryRun'] ?? []) === '["All"]'
}

/** The name given, else the program's name from its User-Agent, as the API server does. */
export function managerOf(request: Pick<WriteRequest, 'info' | 'caller'>): string {
  const given = request.info.query.get('fieldManager') ?? ''
  return given === '' ? (request.caller.userAgent.split('/')[0] ?? '') || 'unknown' : given
}

function checkIdentity(resource: Resource, request: WriteRequest): Result<JsonObject> {
  const { body, info } = request
  const kind = textAt(body, 'kind') ?? resource.kind
  const version = textAt(body, 'apiVersion') ?? groupVersion(resource)
  if (kind !== resource.kind || version !== groupVersion(resource)) {
    return refuse(
      badRequest(
        `${kind} in version "${version}" cannot be handled as a ${resource.kind}: no kind "${kind}" is registered for version "${version}"`,
      ),
    )
  }
  const namespace = textAt(body, 'metadata', 'namespace') ?? info.namespace
  if (namespace !== info.namespace) {
    return refuse(
      badRequest(`the namespace of the provided object does not match the namespace sent on the request`),
    )
  }
  const name = textAt(body, 'metadata', 'name')
  if (info.name !== '' && name !== undefined && name !== info.name) {
    return refuse(
      badRequest(`the name of the object (${name}) does not match the name on the URL (${info.name})`),
    )
  }
  const metadata = {
    ...objectAt(body, 'metadata'),
    ...(info.namespace === '' ? {} : { namespace: info.namespace }),
  }
  return good({ ...body, kind: resource.kind, apiVersion: groupVersion(resource), metadata })
}

export function create(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info, caller } = request
  const identified = checkIdentity(resource, request)
  if (!identified.ok) return identified
  const known = checkFields(resource, identified.value, info.query.get('fieldValidation') ?? 'Strict')
  if (!known.ok) return known
  const draft = asKubeObject(applyDefaults(resource, known.value.body))
  const { name, generateName, namespace = '' } = draft.metadata as Partial<KubeObject['metadata']>
  if (name === undefined && generateName === undefined) {
    return refuse(
      invalid(resource, '', [
        {
          reason: 'FieldValueRequired',
          field: 'metadata.name',
          message: 'Required value: name or generateName is required',
        },
      ]),
    )
  }
  if (resource.namespaced && context.store.get(namespaces, '', namespace) === undefined) {
    return refuse({
      code: 404,
      reason: 'NotFound',
      message: `namespaces "${namespace}" not found`,
      details: { name: namespace, kind: 'namespaces' },
    })
  }
  if (name !== undefined && context.store.get(resource, namespace, name) !== undefined) {
    return refuse(alreadyExists(resource, name))
  }
  const stamped = context.lifecycle.stampNew(resource, allocateService(context, resource, draft))
  const wrong = validate(resource, asJson(stamped), undefined)
  if (wrong.length > 0) return refuse(invalid(resource, stamped.metadata.name, wrong))
  const refused = refusedAdmission(context.store, resource, stamped)
  if (refused !== undefined) return refuse(refused)
  const tracked = trackFields({
    old: undefined,
    next: stamped,
    manager: managerOf(request),
    part: 'main',
    now: context.clock.now(),
  })
  const stored = isDryRun(info) ? tracked : context.store.put(resource, tracked)
  return good(
    withWarnings(
      objectAnswer(context, { resource, object: stored, caller, code: 201 }),
      known.value.warnings,
    ),
  )
}

function withWarnings(answer: Answer, warnings: readonly string[]): Answer {
  if (answer.kind !== 'text' || warnings.length === 0) return answer
  const lines = warnings.map((warning) => `299 - ${JSON.stringify(warning)}`).join(', ')
  return { ...answer, headers: { ...answer.headers, warning: lines } }
}

/** Stores a changed object after every check of an update; the end of PUT and PATCH alike. */
export function storeUpdate(
  context: ApiContext,
  resource: Resource,
  update: {
    readonly old: KubeObject
    readonly body: JsonObject
    readonly part: Part
    readonly request: WriteRequest
  },
): Result<Answer> {
  const { old, part, request } = update
  const { info, caller } = request
  const identified = checkIdentity(resource, { ...request, body: update.body })
  if (!identified.ok) return identified
  const known = checkFields(resource, identified.value, info.query.get('fieldValidation') ?? 'Strict')
  if (!known.ok) return known
  const body = known.value.body
  const name = old.metadata.name
  const version = textAt(body, 'metadata', 'resourceVersion') ?? ''
  if (version === '' && resource.plural === 'leases') {
    const message = 'Invalid value: 0x0: must be specified for an update'
    return refuse(
      invalid(resource, name, [{ reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message }]),
    )
  }
  const uid = textAt(body, 'metadata', 'uid') ?? old.metadata.uid
  if (uid !== old.metadata.uid) {
    if (info.verb === 'patch') {
      const message = `Invalid value: "${uid}": field is immutable`
      return refuse(
        invalid(resource, name, [{ reason: 'FieldValueInvalid', field: 'metadata.uid', message }]),
      )
    }
    const why = `StorageError: invalid object, Code: 4, Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`
    return refuse(conflict(resource, name, why))
  }
  if (version !== '' && version !== old.metadata.resourceVersion) return refuse(conflict(resource, name))
  const next = asKubeObject(applyDefaults(resource, body))
  const stamped = context.lifecycle.stampUpdate(resource, old, { object: next, part })
  const wrong = validate(resource, asJson(stamped), asJson(old))
  if (wrong.length > 0) return refuse(invalid(resource, name, wrong))
  const tracked = trackFields({
    old,
    next: stamped,
    manager: managerOf(request),
    part,
    now: context.clock.now(),
  })
  const stored = isDryRun(info) ? tracked : context.lifecycle.commit(resource, tracked)
  return good(
    withWarnings(
      objectAnswer(context, { resource, object: stored, caller, code: 200 }),
      known.value.warnings,
    ),
  )
}

export function update(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info, body } = request
  const old = context.store.get(resource, info.namespace, info.name)
  if (old === undefined) return refuse(notFound(resource, info.name))
  const part: Part = info.subresource === 'status' ? 'status' : 'main'
  return storeUpdate(context, resource, { old, body, part, request })
}

function removalOf(request: WriteRequest): Removal {
  const { body, info } = request
  const grace = body['gracePeriodSeconds'] ?? info.query.get('gracePeriodSeconds')
  const propagation = textAt(body, 'propagationPolicy') ?? info.query.get('propagationPolicy')
  const orphan = body['orphanDependents'] === true
  return {
    propagation:
      propagation === 'Foreground'
        ? 'Foreground'
        : propagation === 'Orphan' || orphan
          ? 'Orphan'
          : 'Background',
    ...(grace === null || grace === '' ? {} : { graceSeconds: Number(grace) }),
  }
}

export function remove(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info, body } = request
  const object = context.store.get(resource, info.namespace, info.name)
  if (object === undefined) return refuse(notFound(resource, info.name))
  for (const field of ['uid', 'resourceVersion'] as const) {
    const wanted = textAt(body, 'preconditions', field)
    if (wanted !== undefined && wanted !== object.metadata[field]) {
      const label = field === 'uid' ? 'UID' : 'ResourceVersion'
      const why = `Precondition failed: ${label} in precondition: ${wanted}, ${label} in object meta: ${object.metadata[field] ?? ''}`
      return refuse(conflict(resource, info.name, why))
    }
  }
  const left = isDryRun(info, body) ? object : context.lifecycle.remove(resource, object, removalOf(request))
  if (left.metadata.deletionTimestamp !== undefined || resource.plural === 'pods') {
    return good(answerText(200, context.text.whole(left)))
  }
  const details = {
    name: info.name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
    uid: object.metadata.uid,
  }
  return good(answerJson(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }))
}

export function removeAll(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const matcher = matcherOf(resource, request.info)
  if (!matcher.ok) return matcher
  const objects = context.store.list(
    resource,
    request.info.namespace === '' ? undefined : request.info.namespace,
  )
  for (const object of objects.filter(matcher.value)) {
    if (!isDryRun(request.info, request.body)) context.lifecycle.remove(resource, object, removalOf(request))
  }
  return good(answerJson(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' }))
}
