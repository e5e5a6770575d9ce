import type { Answer, Sink } from './answer.ts'
import type { ApiContext, Caller } from './api-context.ts'
import type { KubeObject } from '../objects/objects.ts'
import { askedVersion, matcherOf } from './reading.ts'
import type { RequestInfo } from './request-info.ts'
import { groupVersion, type Resource } from '../objects/resources.ts'
import type { Matcher } from '../objects/selectors.ts'
import { checkListOptions } from './request-options.ts'
import { expired, good, statusBody, type Result, type StatusError } from '../objects/status-error.ts'
import { tableOf, wantsTable } from './table.ts'
import type { Change } from '../objects/watch-log.ts'

/** A change as one watcher sees it: entering or leaving its selection counts as added or deleted. */
function seenBy(matches: Matcher, change: Change): Change['type'] | undefined {
  const before = change.previous !== undefined && matches(change.previous)
  const after = change.type !== 'DELETED' && matches(change.object)
  if (before && after) return 'MODIFIED'
  if (after) return 'ADDED'
  return before ? 'DELETED' : undefined
}

/** What was asked for, read once. */
type Asked = {
  readonly resource: Resource
  readonly info: RequestInfo
  readonly caller: Caller
  readonly matches: Matcher
  readonly version: number | undefined
  readonly streams: boolean
  readonly bookmarks: boolean
  readonly timeoutSeconds: number
  readonly tables: boolean
}

export function watch(
  context: ApiContext,
  resource: Resource,
  request: { info: RequestInfo; caller: Caller },
): Result<Answer> {
  const { info, caller } = request
  const options = checkListOptions(info, context.settings.streamingLists)
  if (!options.ok) return options
  const matcher = matcherOf(resource, info)
  if (!matcher.ok) return matcher
  const version = askedVersion(info)
  if (!version.ok) return version
  const asked: Asked = {
    resource,
    info,
    caller,
    matches: matcher.value,
    version: version.value,
    streams: info.query.get('sendInitialEvents') === 'true',
    bookmarks: info.query.get('allowWatchBookmarks') === 'true',
    timeoutSeconds: Number(info.query.get('timeoutSeconds') ?? '0'),
    tables: wantsTable(caller.accept),
  }
  return good({
    kind: 'stream',
    contentType: 'application/json',
    start: (sink) => startWatch(context, asked, sink),
  })
}

/** Writes lines until it is over; returns its stop. */
function startWatch(context: ApiContext, asked: Asked, rawSink: Sink): () => void {
  const { store, clock, settings } = context
  const { resource, info, matches, version, streams, bookmarks, timeoutSeconds } = asked
  const { sink, close } = context.watches.register(info, rawSink)
  const lines = createLines(context, asked, sink)
  const stops: (() => void)[] = []
  let over = false

  function stop(): void {
    if (over) return
    over = true
    for (const one of stops) one()
    close()
  }
  function repeatBookmark(): void {
    stops.push(
      clock.setWallTimer(settings.bookmarkIntervalMs, () => {
        lines.bookmark()
        repeatBookmark()
      }),
    )
  }
  function deliver(change: Change): void {
    if (change.resource !== resource) return
    const type = seenBy(matches, change)
    if (type === undefined) return
    const left = type === 'DELETED' && change.type !== 'DELETED' ? change.previous : undefined
    // What leaves a selection is shown as it last was in it, under the version at which it left.
    lines.send(type, left === undefined ? change.object : at(left, change.object))
  }

  if (streams || version === undefined || version === 0) {
    const objects = store.list(resource, info.namespace === '' ? undefined : info.namespace)
    for (const object of objects.filter(matches)) lines.send('ADDED', object)
    if (streams && bookmarks) lines.bookmark({ 'k8s.io/initial-events-end': 'true' })
  } else {
    const missed = store.log(resource).since(version)
    if (missed === undefined) {
      lines.error(expired(`too old resource version: ${version} (${store.version()})`))
      stop()
      sink.end()
      return stop
    }
    missed.forEach(deliver)
  }
  stops.push(store.subscribe(deliver))
  if (bookmarks) repeatBookmark()
  // A watch of some length gets a last one a second before its end.
  if (bookmarks && timeoutSeconds * 1000 > settings.bookmarkIntervalMs)
    stops.push(clock.setWallTimer(timeoutSeconds * 1000 - 1000, () => lines.bookmark()))
  if (timeoutSeconds > 0) {
    stops.push(
      clock.setWallTimer(timeoutSeconds * 1000, () => {
        stop()
        sink.end()
      }),
    )
  }
  return stop
}

/** An object under the version of another. */
function at(object: KubeObject, { metadata: { resourceVersion } }: KubeObject): KubeObject {
  if (resourceVersion === undefined) return object
  return { ...object, metadata: { ...object.metadata, resourceVersion } }
}

/** Lines of a watch, in the form that was asked for: a table has its header in the first of them. */
function createLines(context: ApiContext, { resource, caller, tables }: Asked, sink: Sink) {
  let first = true
  function write(type: string, object: string): void {
    sink.write(`{"type":"${type}","object":${object}}\n`)
    first = false
  }
  return {
    send(type: Change['type'], object: KubeObject): void {
      if (!tables) {
        write(type, context.text.whole(object))
        return
      }
      const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' }
      const options = { metadata, now: context.clock.now(), header: first, whole: caller.wholeRows }
      write(type, JSON.stringify(tableOf(resource, [object], options)))
    },
    bookmark(annotations?: Readonly<Record<string, string>>): void {
      const metadata = {
        resourceVersion: String(context.store.version()),
        ...(annotations === undefined ? {} : { annotations }),
      }
      const form = tables
        ? { kind: 'Table', apiVersion: 'meta.k8s.io/v1' }
        : { kind: resource.kind, apiVersion: groupVersion(resource) }
      write('BOOKMARK', JSON.stringify({ ...form, metadata }))
    },
    error(status: StatusError): void {
      write('ERROR', JSON.stringify(statusBody(status)))
    },
  }
}
