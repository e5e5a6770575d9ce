import { answerError, answerJson, type Answer } from './answer.ts'
import type { ApiContext, Caller } from './api-context.ts'
import { readDocument } from './body-reading.ts'
import { remove, removeAll } from './deleting.ts'
import { discover, isKnownGroup } from './discovery.ts'
import { isObject } from '../objects/json.ts'
import { patch } from './patching.ts'
import { evictPod } from './eviction.ts'
import { bindPod, readLog } from './pod-subresources.ts'
import { forwardedPod } from './port-forwarding.ts'
import { practiceLimit } from './practice-limits.ts'
import { get, list } from './reading.ts'
import type { RequestInfo } from './request-info.ts'
import type { Resource } from '../objects/resources.ts'
import { checkWriteOptions } from './request-options.ts'
import { review } from './reviews.ts'
import {
  badRequest,
  good,
  methodNotAllowed,
  noSuchPath,
  notAcceptable,
  refuse,
  type Result,
} from '../objects/status-error.ts'
import { getScale, patchScale, updateScale } from './subresources.ts'
import { forbidden, isAllowed } from './users.ts'
import { watch } from './watching.ts'
import { create, update, type WriteRequest } from './writing.ts'

export type ApiRequest = {
  readonly info: RequestInfo
  readonly caller: Caller
  /** The body as it came; '' for none. */
  readonly body: string
  readonly contentType: string
}

type Handler = (context: ApiContext, resource: Resource, request: WriteRequest) => Result<Answer>

/** `verb` or `verb subresource` -> what answers it. What is not here is not allowed. */
const handlers: Readonly<Record<string, Handler>> = {
  get,
  'get status': get,
  list,
  watch,
  create,
  update,
  'update status': update,
  patch,
  'patch status': patch,
  delete: remove,
  deletecollection: removeAll,
  'get scale': (context, resource, { info }) => getScale(context, resource, info),
  'update scale': updateScale,
  'patch scale': patchScale,
  'get log': (context, _resource, { info }) => readLog(context, info),
  'create eviction': (context, _resource, request) => evictPod(context, request),
  // Whoever asks without an upgrade; with one they come another way.
  'get portforward': upgradeRequired,
  'create portforward': upgradeRequired,
  'create binding': (context, _resource, { info, body }) => bindPod(context, info, body),
}

function upgradeRequired(
  context: ApiContext,
  _resource: Resource,
  { info, caller }: WriteRequest,
): Result<Answer> {
  const found = forwardedPod(context, info, caller.user)
  return found.ok ? refuse(badRequest('Upgrade request required')) : found
}

/** What a path gets that no part of the server knows. */
const pageNotFound: Answer = {
  kind: 'text',
  code: 404,
  text: '404 page not found\n',
  contentType: 'text/plain; charset=utf-8',
}

/** An OpenAPI document of version 2 with nothing in it: kubectl reads it before it says that a kind is not there. */
const emptyOpenApi: Answer = {
  kind: 'text',
  code: 200,
  text: '',
  contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
}

const health = ['/readyz', '/livez', '/healthz']

/** Bodies whose handlers read their text themselves. */
const readByHandler = ['create', 'update', 'patch']

/** The body as an object; a body of a deletion, review, binding or eviction is read here. */
function parseBody(request: ApiRequest): Result<WriteRequest> {
  const { info, caller, contentType, body: text } = request
  const whole = { info, caller, text, contentType, body: {} }
  const isOwn = info.resource !== undefined && !['eviction', 'binding'].includes(info.subresource)
  if (text === '' || (isOwn && readByHandler.includes(info.verb))) return good(whole)
  const parsed = readDocument(text, contentType)
  if (!parsed.ok) return parsed
  return isObject(parsed.value)
    ? good({ ...whole, body: parsed.value })
    : refuse(badRequest('the object provided is unrecognized (must be of type object)'))
}

const writable = ['*/*', 'application/json', 'application/*', 'application/yaml', 'text/plain']

/** Whether an answer in JSON is welcome. */
function acceptsJson(accept: string): boolean {
  if (accept === '') return true
  return accept.split(',').some((one) => writable.includes(one.split(';')[0]?.trim() ?? ''))
}

/** Answers one request of a known user: discovery, reviews, or a verb on a resource. */
export function answerRequest(context: ApiContext, request: ApiRequest): Answer {
  const { info, caller } = request
  if (health.includes(info.path))
    return { kind: 'text', code: 200, text: 'ok', contentType: 'text/plain; charset=utf-8' }
  if (info.path === '/openapi/v2') return emptyOpenApi
  if (info.plural === '') {
    const found = info.method === 'GET' ? discover(info.path) : undefined
    if (found !== undefined) return answerJson(200, found)
    return isKnownGroup(info.path) ? answerError(noSuchPath) : pageNotFound
  }
  if (!acceptsJson(caller.accept)) return answerError(notAcceptable)
  const access = { ...info, verb: info.verb }
  if (!isAllowed(caller.user, access)) return answerError(forbidden(caller.user, access))
  const limit = practiceLimit(info)
  if (limit !== undefined) return answerError(limit)
  const parsed = parseBody(request)
  if (!parsed.ok) return answerError(parsed.error)
  if (info.resource === undefined) {
    const reviewed = info.method === 'POST' ? review(parsed.value, context.clock.now()) : undefined
    return reviewed ?? answerError(noSuchPath)
  }
  if (info.subresource !== '' && !info.resource.subresources.includes(info.subresource))
    return answerError(noSuchPath)
  if (info.name !== '' && info.subresource === '' && info.verb === 'create')
    return answerError(methodNotAllowed)
  const isCollection = info.name === '' && (info.verb === 'update' || info.verb === 'patch')
  if (isCollection) return answerError(methodNotAllowed)
  const options = checkWriteOptions(info, parsed.value.body, request.contentType)
  if (!options.ok) return answerError(options.error)
  const handler = handlers[info.subresource === '' ? info.verb : `${info.verb} ${info.subresource}`]
  if (handler === undefined) return answerError(methodNotAllowed)
  const answer = handler(context, info.resource, parsed.value)
  return answer.ok ? answer.value : answerError(answer.error)
}
