import { answerText, type Answer } from './answer.ts'
import type { ApiContext, Caller } from './api-context.ts'
import type { KubeObject } from '../objects/objects.ts'
import type { RequestInfo } from './request-info.ts'
import { groupVersion, type Resource } from '../objects/resources.ts'
import { parseFieldSelector, parseLabelSelector, type Matcher } from '../objects/selectors.ts'
import {
  badRequest,
  expired,
  good,
  notFound,
  refuse,
  resourceVersionTooLarge,
  type Result,
} from '../objects/status-error.ts'
import { checkListOptions } from './request-options.ts'
import type { JsonObject } from '../objects/json.ts'
import { tableOf, wantsTable } from './table.ts'

/** Namespace and both selectors of a list or watch. */
export function matcherOf(resource: Resource, info: RequestInfo): Result<Matcher> {
  const labels = parseLabelSelector(info.query.get('labelSelector') ?? '')
  if (!labels.ok) return labels
  // A watch on a named path is a watch of that one object.
  const named = info.name === '' ? [] : [`metadata.name=${info.name}`]
  const fields = parseFieldSelector(resource, [info.query.get('fieldSelector') ?? '', ...named].join(','))
  if (!fields.ok) return fields
  return good(
    (object) =>
      (info.namespace === '' || object.metadata.namespace === info.namespace) &&
      labels.value(object) &&
      fields.value(object),
  )
}

/** Resource versions as numbers; unset and '' give undefined. */
export function askedVersion(info: RequestInfo): Result<number | undefined> {
  const text = info.query.get('resourceVersion') ?? ''
  if (text === '') return good(undefined)
  const version = Number(text)
  if (!Number.isInteger(version) || version < 0) {
    return refuse(
      badRequest(
        `invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
      ),
    )
  }
  return good(version)
}

type Page = { readonly version: number; readonly after: string }

function encodePage(page: Page): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: page.version, start: page.after })).toString(
    'base64url',
  )
}

function decodePage(token: string): Page | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (typeof value !== 'object' || value === null || !('rv' in value) || !('start' in value))
      return undefined
    return typeof value.rv === 'number' && typeof value.start === 'string'
      ? { version: value.rv, after: value.start }
      : undefined
  } catch {
    return undefined
  }
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`
}

type Selection = {
  readonly version: number
  readonly objects: readonly KubeObject[]
  /** How many are left is counted only where every object is wanted. */
  readonly next?: { readonly token: string; readonly remaining: number | undefined }
}

const continueExpired =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

/** What a list gives: at which version, which objects, and how it goes on. */
function select(context: ApiContext, resource: Resource, info: RequestInfo): Result<Selection> {
  const { store, settings } = context
  const options = checkListOptions(info, settings.streamingLists)
  if (!options.ok) return options
  const matcher = matcherOf(resource, info)
  if (!matcher.ok) return matcher
  const asked = askedVersion(info)
  if (!asked.ok) return asked
  const current = store.version()
  if (asked.value !== undefined && asked.value > current)
    return refuse(resourceVersionTooLarge(asked.value, current))
  const token = info.query.get('continue') ?? ''
  const page = token === '' ? undefined : decodePage(token)
  if (token !== '' && page === undefined)
    return refuse(
      badRequest(
        "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
      ),
    )
  if (page !== undefined && asked.value !== undefined && asked.value !== 0) {
    return refuse(badRequest('specifying resource version is not allowed when using continue'))
  }
  const exact = info.query.get('resourceVersionMatch') === 'Exact' ? asked.value : undefined
  // Version -1 stands for the inconsistent continuation that a 410 offers: whatever is there now.
  const pinned = page === undefined ? exact : page.version === -1 ? undefined : page.version
  const now = store.list(resource, info.namespace === '' ? undefined : info.namespace)
  const then = pinned === undefined || pinned === current ? now : store.log(resource).rewind(now, pinned)
  if (then === undefined) {
    return refuse(
      page === undefined
        ? expired('The resourceVersion for the provided list is too old.')
        : expired(continueExpired, encodePage({ version: -1, after: page.after })),
    )
  }
  const matching = then.filter(matcher.value)
  const rest = page === undefined ? matching : matching.filter((object) => keyOf(object) > page.after)
  // resourceVersion=0 is answered from the cache, which ignores the limit.
  const limit = asked.value === 0 ? 0 : Number(info.query.get('limit') ?? '0')
  const version = pinned ?? current
  const objects = limit > 0 ? rest.slice(0, limit) : rest
  const last = objects.at(-1)
  if (last === undefined || objects.length === rest.length) return good({ version, objects })
  const isSelective = ['labelSelector', 'fieldSelector'].some((name) => (info.query.get(name) ?? '') !== '')
  const remaining = isSelective ? undefined : rest.length - objects.length
  const next = { token: encodePage({ version, after: keyOf(last) }), remaining }
  return good({ version, objects, next })
}

export function list(
  context: ApiContext,
  resource: Resource,
  request: { info: RequestInfo; caller: Caller },
): Result<Answer> {
  const { info, caller } = request
  const selection = select(context, resource, info)
  if (!selection.ok) return selection
  return good(
    wantsTable(caller.accept)
      ? tableAnswer(context, resource, { selection: selection.value, caller })
      : listAnswer(context, resource, selection.value),
  )
}

function metadataOf({ version, next }: Selection): JsonObject {
  return {
    resourceVersion: String(version),
    ...(next === undefined
      ? {}
      : {
          continue: next.token,
          ...(next.remaining === undefined ? {} : { remainingItemCount: next.remaining }),
        }),
  }
}

function tableAnswer(
  context: ApiContext,
  resource: Resource,
  { selection, caller }: { readonly selection: Selection; readonly caller: Caller },
): Answer {
  const metadata = metadataOf(selection)
  const options = { metadata, now: context.clock.now(), header: true, whole: caller.wholeRows }
  return answerText(200, JSON.stringify(tableOf(resource, selection.objects, options)))
}

/** A list of what was selected, at a version. */
export function listAnswer(context: ApiContext, resource: Resource, selection: Selection): Answer {
  const metadata = metadataOf(selection)
  const head = JSON.stringify({ kind: `${resource.kind}List`, apiVersion: groupVersion(resource), metadata })
  const items = selection.objects.map((object) => context.text.item(object)).join(',')
  return answerText(200, `${head.slice(0, -1)},"items":[${items}]}`)
}

export function get(
  context: ApiContext,
  resource: Resource,
  request: { info: RequestInfo; caller: Caller },
): Result<Answer> {
  const { info, caller } = request
  const object = context.store.get(resource, info.namespace, info.name)
  if (object === undefined) return refuse(notFound(resource, info.name))
  return good(objectAnswer(context, { resource, object, caller, code: 200 }))
}

/** One object, as a table row for those who ask for tables. */
export function objectAnswer(
  context: ApiContext,
  what: {
    readonly resource: Resource
    readonly object: KubeObject
    readonly caller: Caller
    readonly code: number
  },
): Answer {
  const { resource, object, caller, code } = what
  if (wantsTable(caller.accept)) {
    const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' }
    return answerText(
      code,
      JSON.stringify(
        tableOf(resource, [object], {
          metadata,
          now: context.clock.now(),
          header: true,
          whole: caller.wholeRows,
        }),
      ),
    )
  }
  return answerText(code, context.text.whole(object))
}
