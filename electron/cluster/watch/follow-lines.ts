import type { KindName } from '../../../shared/k8s/objects.ts'
import { readObject } from '../dial/read-object.ts'
import { mostWeight, weightOf } from '../dial/weight-of.ts'
import { mostObjects, tooHeavy, tooMany } from '../requests/list-all.ts'
import type { Reflecting } from './reflector-state.ts'
import type { WatchCache } from './watch-cache.ts'
import type { WatchEnd } from './watch-end.ts'
import { readWatchLine, type WatchLine } from './watch-line.ts'

/** Where events never pause, nobody waits for longer. */
const longestCatchUpMs = 2_000

type Following<K extends KindName> = {
  readonly lines: AsyncIterable<string>
  /** What a streaming list sends; it takes the place of the old data as a whole. */
  readonly list: WatchCache<K> | undefined
  readonly onListed: () => void
  readonly onMissed: () => void
}

/** Puts every line of a watch into the cache, until the watch is over. */
export async function followLines<K extends KindName>(
  reflecting: Reflecting<K>,
  { lines, list, onListed, onMissed }: Following<K>,
): Promise<WatchEnd> {
  const { options, state, isStopped, isSuspended, apply, markLive } = reflecting
  const { cache } = options
  let gathered = list
  let heard = false
  for await (const text of lines) {
    if (isStopped() || isSuspended()) return { kind: 'ended', heard: true }
    const line = readWatchLine(text)
    if (line.kind === 'expired') return line
    if (line.kind === 'error') return { kind: 'broken', fault: line.fault }
    heard = true
    if (line.kind === 'bookmark') {
      if (gathered !== undefined && line.initialEnd) {
        const objects = gathered.all()
        gathered = undefined
        onListed()
        apply(() => cache.replace(objects))
      }
    } else {
      const end = take(reflecting, line, gathered)
      if (end !== undefined) return end
    }
    // Within a streaming list a version says nothing yet: its objects come in no order.
    if (gathered !== undefined) continue
    if (line.version !== '') state.known = state.version = line.version
    // After a gap this may be the first of many that were missed; a bookmark says that it was the last.
    const isNow = cache.freshness().kind === 'live' || reflecting.openMs() >= longestCatchUpMs
    if (isNow || line.kind === 'bookmark') markLive()
    else onMissed()
  }
  return { kind: 'ended', heard }
}

/** One object, into what is gathered or else into the cache; gives the end where it is one too many. */
function take<K extends KindName>(
  { options, apply }: Reflecting<K>,
  line: Extract<WatchLine, { kind: 'put' | 'remove' }>,
  gathered: WatchCache<K> | undefined,
): WatchEnd | undefined {
  const { kind, cache, cluster } = options
  const read = apply(() => readObject(kind, line.object))
  if (read?.ok === false) return { kind: 'broken', fault: read.fault }
  const object = read?.value
  if (object === undefined) return undefined
  const into = gathered ?? cache
  const { uid } = object.meta
  if (line.kind === 'remove') {
    apply(() => into.remove(uid))
    return undefined
  }
  const weight = weightOf(object)
  if (into.size() >= mostObjects && !into.has(uid)) return { kind: 'broken', fault: tooMany(kind) }
  // What is gathered takes the place of the old data, which are not refused for being there twice.
  const kept = cluster.scales.weight() - (gathered === undefined ? 0 : cache.weight())
  if (kept + weight > mostWeight) return { kind: 'broken', fault: tooHeavy(kind) }
  apply(() => into.put(object, weight))
  return undefined
}
