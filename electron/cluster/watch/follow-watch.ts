import { faultOf, type Fault } from '../../../shared/fault.ts'
import type { KindName } from '../../../shared/k8s/objects.ts'
import { followLines } from './follow-lines.ts'
import { jsonLines } from './json-lines.ts'
import { anyVersion, type Reflecting, type ReflectorOptions } from './reflector-state.ts'
import { createWatchCache } from './watch-cache.ts'
import type { WatchEnd } from './watch-end.ts'

/**
 * A watch without changes has a bookmark a minute. Without a byte for so long it is taken up anew, which costs little
 * where there are none (events, and servers without a watch cache), and finds out where something has swallowed them.
 */
const silenceMs = 75_000
/** A streaming list is an answer like any other: one that drips is not waited for without an end. */
const listWithinMs = 60_000
const dripping = faultOf('timeout', { kind: 'watch-dripping' })
/** Data are not called live for longer than this while no watch is open. */
const openWithinMs = 10_000
/** A watch taken up again is believed after so long without any event. */
const settleMs = 500
/** What was missed comes in one go: with such a pause after it, all of it is there. */
const caughtUpMs = 50
/** Open and live for so long, a watch that breaks is taken up at once, however often that happens. */
const steadyMs = 5_000

/** One watch from its opening to its end; `initial`: as a streaming list. */
export async function followWatch<K extends KindName>(
  reflecting: Reflecting<K>,
  initial: boolean,
): Promise<WatchEnd> {
  const { options, state, markLive, markStale } = reflecting
  const { api, kind, cache, clock } = options
  const controller = new AbortController()
  state.abort = controller
  const overdue = new AbortController()
  overdue.signal.addEventListener('abort', () => controller.abort())
  const late = new AbortController()
  late.signal.addEventListener('abort', () => controller.abort())
  const timers = createTimers(clock)
  timers.set('opening', openWithinMs, () => {
    if (cache.freshness().kind === 'live') markStale(faultOf('timeout', { kind: 'watch-late' }))
  })
  const listenOn = (): void => timers.set('silence', silenceMs, () => overdue.abort())
  const settleIn = (ms: number): void => timers.set('settling', ms, markLive)
  let stopWeighing = (): void => undefined
  try {
    const opened = await api.watch(kind, asked(reflecting, initial, controller.signal))
    if (!opened.ok) return endOf(opened.fault, initial, options.cluster)
    timers.stop('opening')
    const open = { since: clock.monotonic(), heardAt: clock.monotonic() }
    state.open = open
    listenOn()
    if (initial) timers.set('listing', listWithinMs, () => late.abort())
    // A list that is only just done is the truth; after a gap what was missed is still to come.
    if (state.listedAt !== undefined) markLive()
    else if (!initial) settleIn(settleMs)
    const list = initial ? createWatchCache<K>(() => undefined) : undefined
    if (list !== undefined) stopWeighing = options.cluster.scales.add(list.weight)
    const heardBytes = (): void => {
      open.heardAt = clock.monotonic()
      listenOn()
    }
    return await followLines(reflecting, {
      lines: jsonLines(tapped(opened.value, heardBytes)),
      list,
      onListed: () => {
        timers.stop('listing')
        stopWeighing()
      },
      onMissed: () => settleIn(caughtUpMs),
    })
  } catch (error) {
    // It goes on from where it was: what was swallowed, if anything was, comes then.
    if (late.signal.aborted) return { kind: 'broken', fault: dripping }
    if (overdue.signal.aborted) return { kind: 'ended', heard: true }
    const steady = reflecting.openMs() >= steadyMs && cache.freshness().kind === 'live'
    const fault = faultOf('unreachable', { kind: 'watch-broke', words: String(error) })
    return { kind: 'broken', fault, steady }
  } finally {
    state.open = undefined
    timers.stopAll()
    stopWeighing()
    controller.abort()
  }
}

function asked<K extends KindName>(
  { options, state }: Reflecting<K>,
  initial: boolean,
  signal: AbortSignal,
): Parameters<ReflectorOptions<K>['api']['watch']>[1] {
  const { namespace, fieldSelector } = options
  const at = initial ? (state.known === anyVersion ? undefined : state.known) : state.version
  return {
    ...(namespace !== undefined && { namespace }),
    query: {
      timeoutSeconds: `${300 + Math.floor(options.random() * 300)}`,
      ...(at !== undefined && { resourceVersion: at }),
      ...(initial && { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }),
      ...(fieldSelector !== undefined && { fieldSelector }),
    },
    signal,
    lane: options.lane(),
  }
}

function endOf(fault: Fault, initial: boolean, cluster: { streamingLists: boolean }): WatchEnd {
  if (initial && (fault.status === 422 || fault.status === 400)) {
    cluster.streamingLists = false
    return { kind: 'unsupported' }
  }
  // Who may list but not watch gets at least a list.
  if (initial && fault.code === 'forbidden') return { kind: 'unsupported' }
  return fault.code === 'expired' ? { kind: 'expired' } : { kind: 'broken', fault, asked: 'watch' }
}

type Waiting = 'opening' | 'silence' | 'listing' | 'settling'

/** One timer for each thing that is waited for: set anew, the one before it counts no more. */
function createTimers(clock: ReflectorOptions<KindName>['clock']) {
  const stops = new Map<Waiting, () => void>()
  const stop = (what: Waiting): void => stops.get(what)?.()
  return {
    set(what: Waiting, ms: number, run: () => void): void {
      stop(what)
      stops.set(what, clock.setTimer(ms, run))
    },
    stop,
    stopAll(): void {
      for (const each of stops.values()) each()
    },
  }
}

/** Tells of every piece that arrives, whole lines or not. */
async function* tapped(stream: AsyncIterable<Uint8Array>, heard: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    heard()
    yield chunk
  }
}
