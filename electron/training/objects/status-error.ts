import type { JsonObject } from './json.ts'
import { groupResource, type Resource } from './resources.ts'

export type Cause = { readonly reason: string; readonly message: string; readonly field?: string }

/** A refusal as the API server words it; becomes the Status body of the answer. */
export type StatusError = {
  readonly code: number
  /** '' when the server cannot say more than the message. */
  readonly reason: string
  readonly message: string
  readonly details?: JsonObject
  readonly metadata?: JsonObject
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: StatusError }

export function good<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refuse(error: StatusError): { readonly ok: false; readonly error: StatusError } {
  return { ok: false, error }
}

export function statusBody(error: StatusError): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: error.metadata ?? {},
    status: 'Failure',
    message: error.message,
    ...(error.reason === '' ? {} : { reason: error.reason }),
    ...(error.details === undefined ? {} : { details: error.details }),
    code: error.code,
  }
}

function about(resource: Resource, name: string): JsonObject {
  return { name, ...(resource.group === '' ? {} : { group: resource.group }), kind: resource.plural }
}

export function badRequest(message: string): StatusError {
  return { code: 400, reason: 'BadRequest', message }
}

export const unauthorized: StatusError = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' }

export function notFound(resource: Resource, name: string): StatusError {
  const message = `${groupResource(resource)} "${name}" not found`
  return { code: 404, reason: 'NotFound', message, details: about(resource, name) }
}

export const noSuchPath: StatusError = {
  code: 404,
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
  details: {},
}

export const methodNotAllowed: StatusError = {
  code: 405,
  reason: 'MethodNotAllowed',
  message: 'the server does not allow this method on the requested resource',
  details: {},
}

export function alreadyExists(resource: Resource, name: string): StatusError {
  const message = `${groupResource(resource)} "${name}" already exists`
  return { code: 409, reason: 'AlreadyExists', message, details: about(resource, name) }
}

export function conflict(
  resource: Resource,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  const message = `Operation cannot be fulfilled on ${groupResource(resource)} "${name}": ${why}`
  return { code: 409, reason: 'Conflict', message, details: about(resource, name) }
}

/** An object that admission does not let in. */
export function forbiddenObject(resource: Resource, name: string, why: string): StatusError {
  const message = `${groupResource(resource)} "${name}" is forbidden: ${why}`
  return { code: 403, reason: 'Forbidden', message, details: about(resource, name) }
}

/** The same of a deletion, whose words name the kind. */
export function conflictingKind(resource: Resource, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${resource.kind}${resource.group === '' ? '' : `.${resource.group}`} "${name}": ${why}`
  return {
    code: 409,
    reason: 'Conflict',
    message,
    details: { ...about(resource, name), kind: resource.kind },
  }
}

export function expired(message: string, continueToken?: string): StatusError {
  const metadata = continueToken === undefined ? {} : { continue: continueToken }
  return { code: 410, reason: 'Expired', message, metadata }
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`
  return { code: 415, reason: 'UnsupportedMediaType', message }
}

export const notAcceptable: StatusError = {
  code: 406,
  reason: 'NotAcceptable',
  message:
    '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
  details: {},
}

/** A media type in which no patch can be sent. */
export const unsupportedPatch: StatusError = {
  code: 415,
  reason: 'UnsupportedMediaType',
  message: '415: Unsupported Media Type',
  details: {},
}

/** 422 with one cause per wrong field, worded as field errors are. */
export function invalid(resource: Resource, name: string, causes: readonly Cause[]): StatusError {
  return invalidObject({ group: resource.group, kind: resource.kind, name }, causes)
}

export function invalidObject(
  what: { readonly group: string; readonly kind: string; readonly name: string },
  causes: readonly Cause[],
): StatusError {
  const { group, kind, name } = what
  const lines = causes.map((cause) => `${cause.field ?? '<nil>'}: ${cause.message}`)
  const text = lines.length === 1 ? (lines[0] ?? '') : `[${lines.join(', ')}]`
  return {
    code: 422,
    reason: 'Invalid',
    message: `${kind}${group === '' ? '' : `.${group}`} "${name}" is invalid: ${text}`,
    details: {
      ...(name === '' ? {} : { name }),
      ...(group === '' ? {} : { group }),
      ...(kind === '' ? {} : { kind }),
      causes: causes.map((cause) => ({ ...cause })),
    },
  }
}

/** 422 about the options of a request. */
export function invalidOptions(kind: string, causes: readonly Cause[]): StatusError {
  return invalidObject({ group: 'meta.k8s.io', kind, name: '' }, causes)
}

/** What a failed `test` of a JSON Patch gives: the real server says no more than this. */
export const patchRejected: StatusError = {
  code: 422,
  reason: 'Invalid',
  message: 'the server rejected our request due to an error in our request',
  details: {},
}

/** An error that the server did not expect: it has a message and nothing else. */
export function unexpected(message: string): StatusError {
  return { code: 500, reason: '', message }
}

export function internalError(message: string): StatusError {
  return { code: 500, reason: 'InternalError', message: `Internal error occurred: ${message}` }
}

export function resourceVersionTooLarge(asked: number, current: number): StatusError {
  return {
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  }
}

/** A field that somebody else owns: `"gitops"` or `"kubectl" using apps/v1`, and its path. */
export type OwnedField = { readonly owner: string; readonly path: string }

/** What server-side apply without force says about the fields of others. */
export function conflictingOwners(fields: readonly OwnedField[]): StatusError {
  const sorted = [...fields].sort((a, b) => (`${a.owner}\n${a.path}` < `${b.owner}\n${b.path}` ? -1 : 1))
  const causes = sorted.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${owner}`,
    field: path,
  }))
  const [only] = sorted
  const owners = [...new Set(sorted.map(({ owner }) => owner))]
  const text =
    sorted.length === 1 && only !== undefined
      ? `conflict with ${only.owner}: ${only.path}`
      : owners
          .map((owner) => {
            const paths = sorted.filter((field) => field.owner === owner).map(({ path }) => `- ${path}`)
            return `conflicts with ${owner}:\n${paths.join('\n')}`
          })
          .join('\n')
  const plural = sorted.length === 1 ? '' : 's'
  return {
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${sorted.length} conflict${plural}: ${text}`,
    details: { causes },
  }
}
