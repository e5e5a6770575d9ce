import type { Answer, Sink } from './answer.ts'
import type { ApiContext, Caller } from './api-context.ts'
import type { KubeObject } from '../objects/objects.ts'
import { askedVersion, matcherOf } from './reading.ts'
import type { RequestInfo } from './request-info.ts'
import { groupVersion, type Resource } from '../objects/resources.ts'
import type { Matcher } from '../objects/selectors.ts'
import { checkListOptions } from './request-options.ts'
import { expired, good, statusBody, type Result } from '../objects/status-error.ts'
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

export function watch(
  context: ApiContext,
  resource: Resource,
  request: { info: RequestInfo; caller: Caller },
): Result<Answer> {
  const { info, caller } = request
  const { store, clock, settings } = context
  const options = checkListOptions(info, settings.streamingLists)
  if (!options.ok) return options
  const matcher = matcherOf(resource, info)
  if (!matcher.ok) return matcher
  const asked = askedVersion(info)
  if (!asked.ok) return asked
  // Their own names: the narrowing of the results above does not reach into the functions below.
  const streams = info.query.get('sendInitialEvents') === 'true'
  const version = asked.value
  const matches = matcher.value
  const initial = streams || version === undefined || version === 0
  const bookmarks = info.query.get('allowWatchBookmarks') === 'true'
  const timeoutSeconds = Number(info.query.get('timeoutSeconds') ?? '0')
  const tables = wantsTable(caller.accept)

  function objectText(object: KubeObject, first: boolean): string {
    if (!tables) return context.text.whole(object)
    const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' }
    const options = { metadata, now: clock.now(), header: first, whole: caller.wholeRows }
    return JSON.stringify(tableOf(resource, [object], options))
  }

  function start(rawSink: Sink): () => void {
    const { sink, close } = context.watches.register(info, rawSink)
    const stops: (() => void)[] = []
    let first = true
    let over = false

    function stop(): void {
      if (over) return
      over = true
      for (const one of stops) one()
      close()
    }
    function send(type: string, object: string): void {
      sink.write(`{"type":"${type}","object":${object}}\n`)
      first = false
    }
    function bookmark(annotations?: Readonly<Record<string, string>>): void {
      const metadata = {
        resourceVersion: String(store.version()),
        ...(annotations === undefined ? {} : { annotations }),
      }
      const marker = { kind: resource.kind, apiVersion: groupVersion(resource), metadata }
      send(
        'BOOKMARK',
        JSON.stringify(tables ? { ...marker, kind: 'Table', apiVersion: 'meta.k8s.io/v1' } : marker),
      )
    }
    function repeatBookmark(): void {
      stops.push(
        clock.setWallTimer(settings.bookmarkIntervalMs, () => {
          bookmark()
          repeatBookmark()
        }),
      )
    }

    if (initial) {
      const objects = store.list(resource, info.namespace === '' ? undefined : info.namespace)
      for (const object of objects.filter(matches)) send('ADDED', objectText(object, first))
      if (streams && bookmarks) bookmark({ 'k8s.io/initial-events-end': 'true' })
    } else {
      const missed = store.log(resource).since(version)
      if (missed === undefined) {
        const gone = expired(`too old resource version: ${version} (${store.version()})`)
        send('ERROR', JSON.stringify(statusBody(gone)))
        stop()
        sink.end()
        return stop
      }
      missed.forEach(deliver)
    }
    function deliver(change: Change): void {
      if (change.resource !== resource) return
      const type = seenBy(matches, change)
      if (type === undefined) return
      const left = type === 'DELETED' && change.type !== 'DELETED' ? change.previous : undefined
      if (left === undefined) send(type, objectText(change.object, first))
      else {
        // What leaves a selection is shown as it last was in it, under the version at which it left.
        const { resourceVersion } = change.object.metadata
        send(
          type,
          objectText(
            {
              ...left,
              metadata: { ...left.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
            },
            first,
          ),
        )
      }
    }
    stops.push(store.subscribe(deliver))
    if (bookmarks) repeatBookmark()
    // A watch of some length gets a last one a second before its end.
    if (bookmarks && timeoutSeconds * 1000 > settings.bookmarkIntervalMs)
      stops.push(clock.setWallTimer(timeoutSeconds * 1000 - 1000, () => bookmark()))
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

  return good({ kind: 'stream', contentType: 'application/json', start })
}
