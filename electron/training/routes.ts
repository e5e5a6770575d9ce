import { answerError, answerJson, type Answer } from './answer.ts'
import type { ApiContext, Caller } from './api-context.ts'
import { discover } from './discovery.ts'
import { isObject, objectAt, type Json, type JsonObject } from './json.ts'
import { patch } from './patching.ts'
import { evictPod } from './eviction.ts'
import { bindPod, readLog } from './pod-subresources.ts'
import { get, list } from './reading.ts'
import type { RequestInfo } from './request-info.ts'
import type { Resource } from './resources.ts'
import { review } from './reviews.ts'
import {
  badRequest,
  methodNotAllowed,
  noSuchPath,
  refuse,
  unsupportedMediaType,
  type Result,
} from './status-error.ts'
import { getScale, patchScale, updateScale } from './subresources.ts'
import { forbidden, isAllowed } from './users.ts'
import { watch } from './watching.ts'
import { create, remove, removeAll, update } from './writing.ts'

export type ApiRequest = {
  readonly info: RequestInfo
  readonly caller: Caller
  /** The body as it came; '' for none. */
  readonly body: string
  readonly contentType: string
}

type Handler = (context: ApiContext, resource: Resource, request: ParsedRequest) => Result<Answer>
type ParsedRequest = {
  readonly info: RequestInfo
  readonly caller: Caller
  readonly body: JsonObject
  readonly patch: Json
  readonly contentType: string
}

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
  'create binding': (context, _resource, { info, body }) => bindPod(context, info, body),
}

const health = ['/readyz', '/livez', '/healthz']

function parseJson(text: string): Result<Json> {
  try {
    return { ok: true, value: text === '' ? {} : (JSON.parse(text) as Json) }
  } catch {
    return refuse(
      badRequest('the object provided is unrecognized (must be of type object): invalid character in JSON'),
    )
  }
}

function parseBody(request: ApiRequest): Result<ParsedRequest> {
  const { info, caller, contentType } = request
  const plain = contentType === '' || contentType === 'application/json'
  if (info.verb !== 'patch' && request.body !== '' && !plain)
    return refuse(unsupportedMediaType(['application/json']))
  if (contentType.endsWith('+yaml'))
    return { ok: true, value: { info, caller, body: {}, patch: {}, contentType } }
  const parsed = parseJson(request.body)
  if (!parsed.ok) return parsed
  const body = isObject(parsed.value) ? parsed.value : objectAt(undefined)
  return { ok: true, value: { info, caller, body, patch: parsed.value, contentType } }
}

/** Answers one request of a known user: discovery, reviews, or a verb on a resource. */
export function answerRequest(context: ApiContext, request: ApiRequest): Answer {
  const { info, caller } = request
  if (health.includes(info.path)) return { kind: 'text', code: 200, text: 'ok', contentType: 'text/plain' }
  if (info.plural === '') {
    const found = info.method === 'GET' ? discover(info.path) : undefined
    return found === undefined ? answerError(noSuchPath) : answerJson(200, found)
  }
  const access = { ...info, verb: info.verb }
  if (!isAllowed(caller.user, access)) return answerError(forbidden(caller.user, access))
  const parsed = parseBody(request)
  if (!parsed.ok) return answerError(parsed.error)
  if (info.resource === undefined) {
    const reviewed = info.method === 'POST' ? review(info.plural, parsed.value.body, caller.user) : undefined
    return reviewed ?? answerError(noSuchPath)
  }
  if (info.subresource !== '' && !info.resource.subresources.includes(info.subresource))
    return answerError(noSuchPath)
  const handler = handlers[info.subresource === '' ? info.verb : `${info.verb} ${info.subresource}`]
  if (handler === undefined) return answerError(methodNotAllowed)
  const answer = handler(context, info.resource, parsed.value)
  return answer.ok ? answer.value : answerError(answer.error)
}
