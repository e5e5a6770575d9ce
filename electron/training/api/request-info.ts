import type { IncomingMessage } from 'node:http'
import { findResource, type Resource } from '../objects/resources.ts'

type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection'

/** What a request is about, as the API server's authorizer sees it. */
export type RequestInfo = {
  readonly method: string
  /** Who asks, where the path begins with it: kubectl sends no token over plain http. */
  readonly person?: string
  readonly path: string
  readonly query: URLSearchParams
  readonly verb: Verb
  /** Undefined for discovery and other paths that are about no resource. */
  readonly resource: Resource | undefined
  /** Names as in the path, also of kinds that are not served. */
  readonly group: string
  readonly plural: string
  readonly subresource: string
  /** '' for cluster scope or all namespaces. */
  readonly namespace: string
  readonly name: string
}

const namespaceParts = ['status', 'finalize']

type Place = { readonly group: string; readonly version: string; readonly rest: readonly string[] }

function placeOf(path: string): Place | undefined {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent)
  if (parts[0] === 'api' && parts.length > 2)
    return { group: '', version: parts[1] ?? '', rest: parts.slice(2) }
  if (parts[0] === 'apis' && parts.length > 3) {
    return { group: parts[1] ?? '', version: parts[2] ?? '', rest: parts.slice(3) }
  }
  return undefined
}

function verbOf(method: string, name: string, query: URLSearchParams): Verb {
  switch (method) {
    case 'POST':
      return 'create'
    case 'PUT':
      return 'update'
    case 'PATCH':
      return 'patch'
    case 'DELETE':
      return name === '' ? 'deletecollection' : 'delete'
    default: {
      // A name in the path makes it a get, whatever else is asked; every other word but these is a yes.
      if (name !== '') return 'get'
      const watch = query.get('watch')
      return watch === null || watch === '0' || watch === 'false' ? 'list' : 'watch'
    }
  }
}

export function parseRequest(request: Pick<IncomingMessage, 'method' | 'url'>): RequestInfo {
  const url = new URL(request.url ?? '/', 'http://training.invalid')
  const [, person, path = '/'] = /^\/users\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [
    undefined,
    undefined,
    url.pathname,
  ]
  const method = request.method ?? 'GET'
  const place = placeOf(path)
  const base = { method, path, query: url.searchParams, ...(person !== undefined && { person }) }
  if (place === undefined) {
    const nothing = { resource: undefined, group: '', plural: '', subresource: '', namespace: '', name: '' }
    return { ...base, ...nothing, verb: verbOf(method, '-', url.searchParams) }
  }
  let rest = place.rest
  let namespace = ''
  // /namespaces/NAME and /namespaces/NAME/status are about the namespace itself, longer paths about what is in it.
  if (rest[0] === 'namespaces' && rest.length > 2 && !namespaceParts.includes(rest[2] ?? '')) {
    namespace = rest[1] ?? ''
    rest = rest.slice(2)
  }
  const [plural = '', name = '', ...parts] = rest
  return {
    ...base,
    verb: verbOf(method, name, url.searchParams),
    resource: findResource(place.group, place.version, plural),
    group: place.group,
    plural,
    subresource: parts.join('/'),
    namespace,
    name,
  }
}
