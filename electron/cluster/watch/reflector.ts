import type { Fault } from '../../../shared/fault.ts'
import type { KindName } from '../../../shared/k8s/objects.ts'
import type { Denied } from '../../../shared/model/freshness.ts'
import type { Api } from '../requests/api.ts'
import { createBackoff } from '../requests/backoff.ts'
import type { WatchBounds } from '../requests/bounds.ts'
import type { Clock } from '../clock/clock.ts'
import type { ClusterClock } from '../clock/cluster-clock.ts'
import { jsonLines } from './json-lines.ts'
import { isTooMuch, listAll, mostObjects, tooHeavy, tooMany } from '../requests/list-all.ts'
import { readObject } from '../dial/read-object.ts'
import { createWatchCache, type WatchCache } from './watch-cache.ts'
import { mostWeight, weightOf, type Scales } from '../dial/weight-of.ts'
import { readWatchLine } from './watch-line.ts'

export type ReflectorOptions<K extends KindName> = {
  readonly api: Pick<Api, 'list' | 'watch' | 'withheld'>
  readonly kind: K
  readonly namespace?: string
  readonly fieldSelector?: string
  readonly cache: WatchCache<K>
  readonly clock: Clock & Pick<ClusterClock, 'now'>
  readonly random: () => number
  /** Shared by all reflectors of a cluster: whether it has streaming lists is found out once. */
  readonly cluster: { streamingLists: boolean; readonly scales: Scales }
  /** Urgent while a release is driven there: its watches are not kept waiting by what is only looked at. */
  readonly lane: () => WatchBounds['lane']
  readonly log: (line: string) => void
}

export type Reflector = {
  /** Final: nothing is asked and nothing changes afterwards. */
  stop(): void
  /**
   * Ends the watch and keeps the data, called stale from now on: the machine falls asleep, or nobody looks. `silentMs`:
   * the server has not been heard of for so long, and the data are as old as that.
   */
  suspend(why: string, silentMs?: number): void
  /** How long the watch has been open, and how long nothing has come, in ms; empty while it is not open. */
  age(): { readonly openMs?: number; readonly quietMs?: number }
  /** Tries at once what was refused, for the right may have been granted; what rests, or was asked to wait, does so. */
  retry(): void
  /** Watches again, at once or within the given time by chance; also tries again at once after a failure. */
  resume(withinMs?: number): void
}

/**
 * A watch without changes has a bookmark a minute. Without a byte for so long it is taken up anew, which costs little
 * where there are none (events, and servers without a watch cache), and finds out where something has swallowed them.
 */
const silenceMs = 75_000
/** A streaming list is an answer like any other: one that drips is not waited for without an end. */
const listWithinMs = 60_000
const dripping = 'The list of the server did not come to its end in time.'
/** Data are not called live for longer than this while no watch is open. */
const openWithinMs = 10_000
const shortestWatchMs = 1_000
/** A watch taken up again is believed after so long without any event. */
const settleMs = 500
/** What was missed comes in one go: with such a pause after it, all of it is there. */
const caughtUpMs = 50
/** Where events never pause, nobody waits for longer. */
const longestCatchUpMs = 2_000
/** Whatever the server has at hand: the cheapest list for it. */
const anyVersion = '0'
/** Who may list but not watch sees a new list every so often; and who has too much is asked no sooner. */
const listAgainMs = 60_000
/** Open and live for so long, a watch that breaks is taken up at once, however often that happens. */
const steadyMs = 5_000
/** Two may be chance; a third means that something in between ends every watch. */
const mostShortWatches = 2

/** Why a watch is over, each with its own way on. `ended`: a clean end, which never means that nothing was missed. */
type End =
  | { readonly kind: 'ended'; readonly heard: boolean }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unsupported' }
  /** `steady`: after it had been live for a while; one network that changes, and no server that is in trouble. */
  | {
      readonly kind: 'broken'
      readonly fault: Fault
      readonly steady?: boolean
      /** What was asked, where the answer may be that it is not allowed. */
      readonly asked?: Denied
    }

/**
 * Keeps a cache equal to what the server has: a streaming list, or a list and a watch from its version, for ever. Every
 * failure is named and survived; the cache keeps its data and says since when they are stale.
 */
export function startReflector<K extends KindName>(options: ReflectorOptions<K>): Reflector {
  const { api, kind, cache, clock, random } = options
  const { scales } = options.cluster
  const stopWeighing = scales.add(cache.weight)
  const backoff = createBackoff(clock, random)
  const scope = {
    ...(options.namespace !== undefined && { namespace: options.namespace }),
    ...(options.fieldSelector !== undefined && { fieldSelector: options.fieldSelector }),
  }
  let stopped = false
  let suspended: string | undefined
  let abort = new AbortController()
  let wake: (() => void) | undefined
  let shortWatches = 0
  /** From where to watch on; undefined when only a new list helps. */
  let version: string | undefined
  /** The last version that was known, below which a new list must not fall; undefined: the most recent state. */
  let known: string | undefined = anyVersion
  let expirations = 0
  let isRefused = false
  /** While it may not be watched: when it is listed again. */
  let listAgainAt: number | undefined
  /** When the data came from a list that no watch has gone on from yet. */
  let listedAt: number | undefined
  let open: { readonly since: number; heardAt: number } | undefined

  // Functions, so that the compiler does not take an earlier answer for a later one.
  const isStopped = (): boolean => stopped
  const isSuspended = (): boolean => suspended !== undefined

  async function run(): Promise<void> {
    while (!isStopped()) {
      if (isSuspended()) {
        await sleep(undefined)
        continue
      }
      const startedAt = clock.monotonic()
      const end = await once().catch((error: unknown): End => ({
        kind: 'broken',
        fault: { code: 'internal', message: `The watch of ${kind} failed: ${String(error)}` },
      }))
      if (isStopped()) return
      if (!isSuspended()) await settle(end, clock.monotonic() - startedAt)
    }
  }

  async function once(): Promise<End> {
    if (version === undefined) {
      if (options.cluster.streamingLists) {
        const end = await watch(true)
        if (end.kind !== 'unsupported' || isStopped() || isSuspended()) return end
      }
      const list = await listAll(api, kind, { ...scope, known, kept: scales.weight() - cache.weight() })
      if (isStopped() || isSuspended()) return { kind: 'ended', heard: true }
      if (!list.ok)
        return list.fault.code === 'expired'
          ? { kind: 'expired' }
          : { kind: 'broken', fault: list.fault, asked: 'list' }
      apply(() => cache.replace(list.value.items))
      known = version = list.value.resourceVersion
      listedAt = clock.now()
    }
    return await watch(false)
  }

  /** What comes after a watch: at once, after a pause, or from a new list. */
  async function settle(end: End, livedMs: number): Promise<void> {
    if (end.kind !== 'ended') shortWatches = 0
    if (end.kind !== 'expired') expirations = 0
    if (end.kind !== 'broken' || end.fault.code !== 'forbidden') listAgainAt = undefined
    switch (end.kind) {
      case 'unsupported':
        return
      case 'ended': {
        if (end.heard || livedMs >= shortestWatchMs) {
          shortWatches = 0
          return
        }
        const message = 'The server, or something in between, ends every watch at once.'
        if (++shortWatches > mostShortWatches) markStale({ code: 'server-error', message })
        await sleep(backoff.next(undefined, options.lane()))
        return
      }
      case 'expired':
        // A list that fails like this as well is asked for the most recent state instead.
        if (version === undefined) known = undefined
        version = undefined
        markStale({ code: 'expired', message: 'The server no longer has the version that we know.' })
        // The first new list at once; a server that forgets all the time is asked slowly.
        if (expirations++ > 0) await sleep(backoff.next(undefined, options.lane()))
        return
      case 'broken':
        markStale(end.fault, denialOf(end))
        if (isTooMuch(kind, end.fault)) await sleep(listAgainMs)
        else if (end.steady === true) backoff.reset()
        else await sleepAfter(end.fault)
    }
  }

  /**
   * Refused where it was seen before: a server that has only just started says so for some seconds. Who may really list
   * and not watch gets a list every so often.
   */
  async function sleepAfter(fault: Fault): Promise<void> {
    const ms = backoff.next(fault, options.lane())
    isRefused = fault.code === 'forbidden' || fault.code === 'not-found'
    if (fault.code !== 'forbidden' || cache.freshness().kind === 'never') await sleep(ms)
    else await sleepBeforeList(ms)
    isRefused = false
  }

  async function sleepBeforeList(ms: number): Promise<void> {
    listAgainAt ??= clock.monotonic() + listAgainMs
    const left = listAgainAt - clock.monotonic()
    if (left > 0) await sleep(Math.min(ms, left))
    if (clock.monotonic() < listAgainAt) return
    version = undefined
    listAgainAt = undefined
  }

  async function watch(initial: boolean): Promise<End> {
    const controller = new AbortController()
    abort = controller
    const overdue = new AbortController()
    overdue.signal.addEventListener('abort', () => controller.abort())
    const fallQuiet = (): void => overdue.abort()
    let stopSilence = (): void => undefined
    let stopSettling = (): void => undefined
    const late = new AbortController()
    late.signal.addEventListener('abort', () => controller.abort())
    let stopListing = (): void => undefined
    let stopGathering = (): void => undefined
    const stopOpening = clock.setTimer(openWithinMs, () => {
      if (cache.freshness().kind === 'live')
        markStale({ code: 'timeout', message: 'The server does not begin the next watch.' })
    })
    const settleIn = (ms: number): void => {
      stopSettling()
      stopSettling = clock.setTimer(ms, markLive)
    }
    const heardBytes = (): void => {
      if (open !== undefined) open.heardAt = clock.monotonic()
      stopSilence()
      stopSilence = clock.setTimer(silenceMs, fallQuiet)
    }
    try {
      const at = initial ? (known === anyVersion ? undefined : known) : version
      const opened = await api.watch(kind, {
        ...(options.namespace !== undefined && { namespace: options.namespace }),
        query: {
          timeoutSeconds: `${300 + Math.floor(random() * 300)}`,
          ...(at !== undefined && { resourceVersion: at }),
          ...(initial && { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }),
          ...(options.fieldSelector !== undefined && { fieldSelector: options.fieldSelector }),
        },
        signal: controller.signal,
        lane: options.lane(),
      })
      if (!opened.ok) return endOf(opened.fault, initial)
      stopOpening()
      open = { since: clock.monotonic(), heardAt: clock.monotonic() }
      stopSilence = clock.setTimer(silenceMs, fallQuiet)
      if (initial) stopListing = clock.setTimer(listWithinMs, () => late.abort())
      // A list that is only just done is the truth; after a gap what was missed is still to come.
      if (listedAt !== undefined) markLive()
      else if (!initial) settleIn(settleMs)
      const gathered = initial ? createWatchCache<K>(() => undefined) : undefined
      stopGathering = gathered === undefined ? stopGathering : scales.add(gathered.weight)
      return await follow(jsonLines(tapped(opened.value, heardBytes)), gathered, {
        onListed: () => {
          stopListing()
          stopGathering()
        },
        onMissed: () => settleIn(caughtUpMs),
      })
    } catch (error) {
      // It goes on from where it was: what was swallowed, if anything was, comes then.
      if (late.signal.aborted) return { kind: 'broken', fault: { code: 'timeout', message: dripping } }
      if (overdue.signal.aborted) return { kind: 'ended', heard: true }
      const openMs = open === undefined ? 0 : clock.monotonic() - open.since
      const steady = openMs >= steadyMs && cache.freshness().kind === 'live'
      const message = `The watch broke: ${String(error)}`
      return { kind: 'broken', fault: { code: 'unreachable', message }, steady }
    } finally {
      open = undefined
      stopOpening()
      stopListing()
      stopGathering()
      stopSilence()
      stopSettling()
      controller.abort()
    }
  }

  async function follow(
    lines: AsyncIterable<string>,
    /** What a streaming list sends; it takes the place of the old data as a whole. */
    list: WatchCache<K> | undefined,
    { onListed, onMissed }: { readonly onListed: () => void; readonly onMissed: () => void },
  ): Promise<End> {
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
        const read = apply(() => readObject(kind, line.object))
        if (read?.ok === false) return { kind: 'broken', fault: read.fault }
        const object = read?.value
        const remove = line.kind === 'remove'
        if (object !== undefined) {
          const into = gathered ?? cache
          const { uid } = object.meta
          if (remove) apply(() => into.remove(uid))
          else {
            const weight = weightOf(object)
            if (into.size() >= mostObjects && !into.has(uid)) return { kind: 'broken', fault: tooMany(kind) }
            // What is gathered takes the place of the old data, which are not refused for being there twice.
            const kept = scales.weight() - (gathered === undefined ? 0 : cache.weight())
            if (kept + weight > mostWeight) return { kind: 'broken', fault: tooHeavy(kind) }
            apply(() => into.put(object, weight))
          }
        }
      }
      // Within a streaming list a version says nothing yet: its objects come in no order.
      if (gathered !== undefined) continue
      if (line.version !== '') known = version = line.version
      // After a gap this may be the first of many that were missed; a bookmark says that it was the last.
      const openMs = open === undefined ? 0 : clock.monotonic() - open.since
      const isNow = cache.freshness().kind === 'live' || openMs >= longestCatchUpMs
      if (isNow || line.kind === 'bookmark') markLive()
      else onMissed()
    }
    return { kind: 'ended', heard }
  }

  function endOf(fault: Fault, initial: boolean): End {
    if (initial && (fault.status === 422 || fault.status === 400)) {
      options.cluster.streamingLists = false
      return { kind: 'unsupported' }
    }
    // Who may list but not watch gets at least a list.
    if (initial && fault.code === 'forbidden') return { kind: 'unsupported' }
    return fault.code === 'expired' ? { kind: 'expired' } : { kind: 'broken', fault, asked: 'watch' }
  }

  /** A listener that throws must not end the watch, and one that stopped us must not be told more. */
  function apply<T>(change: () => T): T | undefined {
    if (isStopped()) return undefined
    try {
      return change()
    } catch (error) {
      options.log(`watch of ${kind}: ${String(error)}`)
      return undefined
    }
  }

  function markLive(): void {
    listedAt = undefined
    apply(() => cache.setFreshness({ kind: 'live' }))
  }

  function markStale(
    fault: Fault,
    more: { readonly silentMs?: number; readonly denied?: Denied } = {},
  ): void {
    // An event may be an error in the server's own words, and they may repeat what we have sent.
    const { message: why } = api.withheld.fault(fault)
    const { silentMs = 0, denied } = more
    const by = denied === undefined ? {} : { denied }
    const now = cache.freshness()
    if (now.kind === 'never' && listedAt === undefined)
      apply(() => cache.setFreshness({ kind: 'never', why, ...by }))
    else {
      const since = listedAt ?? (now.kind === 'stale' ? now.since : clock.now() - silentMs)
      apply(() => cache.setFreshness({ kind: 'stale', since, why, ...by }))
    }
    listedAt = undefined
  }

  /** Until the time is over or somebody wakes it; without a time, only the latter. */
  async function sleep(ms: number | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      const stopTimer = ms === undefined ? () => undefined : clock.setTimer(ms, resolve)
      wake = () => {
        stopTimer()
        resolve()
      }
    })
    wake = undefined
  }

  void run()
  return {
    stop() {
      stopped = true
      stopWeighing()

      abort.abort()
      wake?.()
    },
    age() {
      if (open === undefined) return {}
      const now = clock.monotonic()
      return { openMs: now - open.since, quietMs: now - open.heardAt }
    },
    suspend(why, silentMs) {
      if (isStopped() || isSuspended()) return
      suspended = why
      // Nothing has come yet, and nothing will: whoever waits for the first list is told why.
      if (silentMs !== undefined || cache.freshness().kind !== 'never')
        markStale({ code: 'stale', message: why }, silentMs === undefined ? {} : { silentMs })
      abort.abort()
      wake?.()
    },
    retry() {
      // Once: what stays refused is asked about as rarely as before, however often somebody looks.
      if (isRefused) wake?.()
    },
    resume(withinMs = 0) {
      const go = (): void => {
        suspended = undefined
        backoff.reset()
        wake?.()
      }
      // By chance within that time, so that ten clusters do not all list in the same moment.
      if (withinMs > 0) clock.setTimer(random() * withinMs, go)
      else go()
    },
  }
}

/** What we were not allowed to ask, if that is why. */
function denialOf({ fault, asked }: Extract<End, { kind: 'broken' }>): { readonly denied?: Denied } {
  return fault.code === 'forbidden' && asked !== undefined ? { denied: asked } : {}
}

/** Tells of every piece that arrives, whole lines or not. */
async function* tapped(stream: AsyncIterable<Uint8Array>, heard: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    heard()
    yield chunk
  }
}
