import type { Answer } from './answer.ts'
import type { ApiContext, Caller } from './api-context.ts'
import { readDocument, readObject, type KnownObject } from './body-reading.ts'
import { applyDefaults } from '../fields/defaults.ts'
import { objectAt, textAt, type JsonObject } from '../objects/json.ts'
import type { Part } from '../objects/stamps.ts'
import { trackUpdate, type Writer } from '../fields/managed-fields.ts'
import { asJson, asKubeObject, type KubeObject } from '../objects/objects.ts'
import { practiceWarnings } from './practice-limits.ts'
import { objectAnswer } from './reading.ts'
import type { RequestInfo } from './request-info.ts'
import { namespaces, type Resource } from '../objects/resources.ts'
import { allocateService } from '../admission/service-allocation.ts'
import {
  alreadyExists,
  badRequest,
  conflict,
  good,
  invalid,
  notFound,
  refuse,
  unexpected,
  type Result,
  type StatusError,
} from '../objects/status-error.ts'
import { validate } from '../admission/validation.ts'

export type WriteRequest = {
  readonly info: RequestInfo
  readonly caller: Caller
  /** The body as an object, where it is one. */
  readonly body: JsonObject
  readonly text: string
  readonly contentType: string
}

export function isDryRun(info: RequestInfo, body?: JsonObject): boolean {
  return info.query.getAll('dryRun').includes('All') || JSON.stringify(body?.['dryRun'] ?? []) === '["All"]'
}

/** The name given, else the program's name from its User-Agent, as the API server does. */
export function managerOf(request: Pick<WriteRequest, 'info' | 'caller'>): string {
  const given = request.info.query.get('fieldManager') ?? ''
  return given === '' ? (request.caller.userAgent.split('/')[0] ?? '') || 'unknown' : given
}

/** The object with the name and namespace of the path, unless it says others. */
export function checkNames(info: RequestInfo, body: JsonObject): Result<JsonObject> {
  const namespace = textAt(body, 'metadata', 'namespace') ?? info.namespace
  if (namespace !== info.namespace && namespace !== '') {
    return refuse(
      badRequest(`the namespace of the provided object does not match the namespace sent on the request`),
    )
  }
  const name = textAt(body, 'metadata', 'name') ?? ''
  if (info.name !== '' && name === '') {
    return refuse(
      badRequest(
        `the name of the object (${info.name} based on URL) was undeterminable: name must be provided`,
      ),
    )
  }
  if (info.name !== '' && name !== info.name) {
    return refuse(
      badRequest(`the name of the object (${name}) does not match the name on the URL (${info.name})`),
    )
  }
  const metadata = {
    ...objectAt(body, 'metadata'),
    ...(info.namespace === '' ? {} : { namespace: info.namespace }),
  }
  return good({ ...body, metadata })
}

function readBody(resource: Resource, request: WriteRequest): Result<KnownObject> {
  const document = readDocument(request.text, request.contentType)
  if (!document.ok) return document
  const mode = request.info.query.get('fieldValidation') ?? ''
  return readObject(document.value, { resource, mode, text: request.text })
}

type Creation = {
  readonly known: KnownObject
  readonly request: Pick<WriteRequest, 'info' | 'caller'>
  /** The owners of its fields are in it already. */
  readonly isTracked: boolean
}

/** What the client may not say of a new object. */
const serverSide = ['uid', 'generation', 'selfLink', 'creationTimestamp', 'deletionTimestamp'] as const

function withoutServerSide(object: JsonObject, isTracked: boolean): JsonObject {
  const left = Object.entries(objectAt(object, 'metadata')).filter(
    ([key]) =>
      !(serverSide as readonly string[]).includes(key) &&
      key !== 'deletionGracePeriodSeconds' &&
      (isTracked || key !== 'managedFields'),
  )
  return { ...object, metadata: Object.fromEntries(left) }
}

export function create(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const known = readBody(resource, request)
  if (!known.ok) return known
  // Without a kind in the body nobody can tell which fields it has, and no owner is noted.
  const isTracked = textAt(known.value.object, 'kind') === undefined
  return createObject(context, resource, { known: known.value, request, isTracked })
}

export function createObject(context: ApiContext, resource: Resource, creation: Creation): Result<Answer> {
  const { known, request, isTracked } = creation
  const { info, caller } = request
  const hasName = info.name === '' ? info : { ...info, name: '' }
  const named = checkNames(hasName, withoutServerSide(known.object, isTracked))
  if (!named.ok) return named
  const hasStatus = resource.subresources.includes('status')
  const { status: _, ...rest } = named.value
  const draft = asKubeObject(applyDefaults(resource, hasStatus ? rest : named.value))
  const {
    name = '',
    generateName = '',
    namespace = '',
    resourceVersion = '',
  } = draft.metadata as Partial<KubeObject['metadata']>
  const home = resource.namespaced ? context.store.get(namespaces, '', namespace) : undefined
  if (resource.namespaced && home === undefined) return refuse(notFound(namespaces, namespace))
  if (name === '' && generateName === '') {
    const message = 'Required value: name or generateName is required'
    return refuse(invalid(resource, '', [{ reason: 'FieldValueRequired', field: 'metadata.name', message }]))
  }
  if (resourceVersion !== '')
    return refuse(unexpected('resourceVersion should not be set on objects to be created'))
  const writer: Writer = { manager: managerOf(request), part: 'main', now: context.clock.now() }
  const tracked = isTracked ? draft : trackUpdate(resource, { old: undefined, next: draft, writer })
  const wrongDraft = validate(resource, asJson(tracked), undefined)
  if (wrongDraft.length > 0) return refuse(invalid(resource, name, wrongDraft))
  if (name !== '' && context.store.get(resource, namespace, name) !== undefined)
    return refuse(alreadyExists(resource, name))
  const allocated = allocateService(context, resource, tracked)
  if (!allocated.ok) return allocated
  const stamped = context.lifecycle.stampNew(resource, allocated.value)
  const refused = context.admission.refused(resource, stamped)
  if (refused !== undefined) return refuse(refused)
  const stored = isDryRun(info) ? stamped : context.store.put(resource, stamped)
  return good(
    withWarnings(objectAnswer(context, { resource, object: stored, caller, code: 201 }), [
      ...known.warnings,
      ...practiceWarnings(resource, asJson(stored)),
    ]),
  )
}

function withWarnings(answer: Answer, warnings: readonly string[]): Answer {
  if (answer.kind !== 'text' || warnings.length === 0) return answer
  const lines = warnings.map((warning) => `299 - ${JSON.stringify(warning)}`).join(', ')
  return { ...answer, headers: { ...answer.headers, warning: lines } }
}

export type StoredUpdate = {
  readonly old: KubeObject
  readonly known: KnownObject
  readonly part: Part | 'scale'
  readonly request: Pick<WriteRequest, 'info' | 'caller'>
  /** The owners of its fields are in it already. */
  readonly isTracked?: boolean
}

/** Refuses an update of something else than what is stored, or of an older version of it. */
function checkStored(resource: Resource, update: StoredUpdate, body: JsonObject): Result<undefined> {
  const { old } = update
  const { info } = update.request
  const name = old.metadata.name
  const version = textAt(body, 'metadata', 'resourceVersion') ?? ''
  if (version === '' && resource.plural === 'leases') {
    const message = 'Invalid value: 0: must be specified for an update'
    const cause = { reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message }
    return refuse(invalid({ ...resource, kind: resource.plural }, name, [cause]))
  }
  if (version !== '' && !/^\d+$/.test(version))
    return refuse(unexpected(`strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`))
  const uid = textAt(body, 'metadata', 'uid') ?? old.metadata.uid
  if (uid !== old.metadata.uid) {
    if (info.verb === 'patch') {
      const message = `Invalid value: "${uid}": field is immutable`
      return refuse(
        invalid(resource, name, [{ reason: 'FieldValueInvalid', field: 'metadata.uid', message }]),
      )
    }
    return refuse(otherUid(resource, info, { wanted: uid, stored: old.metadata.uid }))
  }
  if (version !== '' && version !== old.metadata.resourceVersion) return refuse(conflict(resource, name))
  return good(undefined)
}

function otherUid(
  resource: Resource,
  info: WriteRequest['info'],
  uid: { readonly wanted: string; readonly stored: string },
): StatusError {
  const key = `/registry/${resource.plural}/${info.namespace}/${info.name}`
  const why = `Precondition failed: UID in precondition: ${uid.wanted}, UID in object meta: ${uid.stored}`
  const message = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`
  return conflict(resource, info.name, message)
}

/** Stores a changed object after every check of an update; the end of PUT and PATCH alike. */
export function storeUpdate(context: ApiContext, resource: Resource, update: StoredUpdate): Result<Answer> {
  const { old, known, part, request, isTracked = false } = update
  const { info, caller } = request
  const named = checkNames(info, known.object)
  if (!named.ok) return named
  const body = named.value
  const checked = checkStored(resource, update, body)
  if (!checked.ok) return checked
  const next = asKubeObject(applyDefaults(resource, { ...body, kind: old.kind, apiVersion: old.apiVersion }))
  const stampedPart: Part = part === 'status' ? 'status' : 'main'
  const stamped = context.lifecycle.stampUpdate(resource, old, { object: next, part: stampedPart })
  const wrong = validate(resource, asJson(stamped), asJson(old))
  if (wrong.length > 0) return refuse(invalid(resource, old.metadata.name, wrong))
  const writer: Writer = { manager: managerOf(request), part, now: context.clock.now() }
  const tracked = isTracked ? stamped : trackUpdate(resource, { old, next: stamped, writer })
  const stored = isDryRun(info) ? tracked : context.lifecycle.commit(resource, tracked)
  return good(
    withWarnings(objectAnswer(context, { resource, object: stored, caller, code: 200 }), [
      ...known.warnings,
      ...practiceWarnings(resource, asJson(stored)),
    ]),
  )
}

/** Kinds that a PUT makes when they are not there. */
const madeByUpdate = ['leases', 'events']

export function update(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info } = request
  const known = readBody(resource, request)
  if (!known.ok) return known
  const named = checkNames(info, known.value.object)
  if (!named.ok) return named
  const old = context.store.get(resource, info.namespace, info.name)
  if (old === undefined && madeByUpdate.includes(resource.plural)) {
    const { uid, resourceVersion: _, ...metadata } = objectAt(known.value.object, 'metadata')
    if (typeof uid === 'string') return refuse(otherUid(resource, info, { wanted: uid, stored: '' }))
    // Whatever version was asked for.
    const object = { ...known.value.object, metadata }
    return createObject(context, resource, { known: { ...known.value, object }, request, isTracked: false })
  }
  if (old === undefined) return refuse(notFound(resource, info.name))
  const part: Part = info.subresource === 'status' ? 'status' : 'main'
  return storeUpdate(context, resource, { old, known: known.value, part, request })
}
