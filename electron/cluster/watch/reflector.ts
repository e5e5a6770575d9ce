import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import { faultOf } from '../../../shared/fault.ts'
import type { KindName } from '../../../shared/k8s/objects.ts'
import { listAll } from '../requests/list-all.ts'
import { createAfterWatch } from './after-watch.ts'
import { followWatch } from './follow-watch.ts'
import { createReflecting, type Reflecting, type ReflectorOptions } from './reflector-state.ts'
import type { WatchEnd } from './watch-end.ts'

export type { ReflectorOptions }

export type Reflector = {
  /** Final: nothing is asked and nothing changes afterwards. */
  stop(): void
  /**
   * Ends the watch and keeps the data, called stale from now on: the machine falls asleep, or nobody looks. `silentMs`:
   * the server has not been heard of for so long, and the data are as old as that.
   */
  suspend(why: FaultSentence, silentMs?: number): void
  /** How long the watch has been open, and how long nothing has come, in ms; empty while it is not open. */
  age(): { readonly openMs?: number; readonly quietMs?: number }
  /** Tries at once what was refused, for the right may have been granted; what rests, or was asked to wait, does so. */
  retry(): void
  /** Watches again, at once or within the given time by chance; also tries again at once after a failure. */
  resume(withinMs?: number): void
}

/**
 * Keeps a cache equal to what the server has: a streaming list, or a list and a watch from its version, for ever. Every
 * failure is named and survived; the cache keeps its data and says since when they are stale.
 */
export function startReflector<K extends KindName>(options: ReflectorOptions<K>): Reflector {
  const { kind, cache, clock } = options
  const stopWeighing = options.cluster.scales.add(cache.weight)
  const reflecting = createReflecting(options)
  const { state, isStopped, isSuspended, markStale } = reflecting
  const after = createAfterWatch(reflecting)

  async function run(): Promise<void> {
    while (!isStopped()) {
      if (isSuspended()) {
        await reflecting.sleep(undefined)
        continue
      }
      const startedAt = clock.monotonic()
      const end = await once(reflecting).catch((error: unknown): WatchEnd => ({
        kind: 'broken',
        fault: faultOf('internal', { kind: 'watch-failed', of: kind, words: String(error) }),
      }))
      if (isStopped()) return
      if (!isSuspended()) await after.settle(end, clock.monotonic() - startedAt)
    }
  }

  void run()
  return {
    stop() {
      state.stopped = true
      stopWeighing()
      state.abort.abort()
      state.wake?.()
    },
    age() {
      const { open } = state
      if (open === undefined) return {}
      const now = clock.monotonic()
      return { openMs: now - open.since, quietMs: now - open.heardAt }
    },
    suspend(why, silentMs) {
      if (isStopped() || isSuspended()) return
      state.suspended = true
      // Nothing has come yet, and nothing will: whoever waits for the first list is told why.
      if (silentMs !== undefined || cache.freshness().kind !== 'never')
        markStale(faultOf('stale', why), silentMs === undefined ? {} : { silentMs })
      state.abort.abort()
      state.wake?.()
    },
    retry: after.retry,
    resume(withinMs = 0) {
      const go = (): void => {
        state.suspended = false
        after.forget()
        state.wake?.()
      }
      // By chance within that time, so that ten clusters do not all list in the same moment.
      if (withinMs > 0) clock.setTimer(options.random() * withinMs, go)
      else go()
    },
  }
}

/** A list where one is needed, and a watch from there to its end. */
async function once<K extends KindName>(reflecting: Reflecting<K>): Promise<WatchEnd> {
  const { options, state, isStopped, isSuspended } = reflecting
  const { api, kind, cache, namespace, fieldSelector } = options
  if (state.version !== undefined) return await followWatch(reflecting, false)
  if (options.cluster.streamingLists) {
    const end = await followWatch(reflecting, true)
    if (end.kind !== 'unsupported' || isStopped() || isSuspended()) return end
  }
  const list = await listAll(api, kind, {
    ...(namespace !== undefined && { namespace }),
    ...(fieldSelector !== undefined && { fieldSelector }),
    known: state.known,
    kept: options.cluster.scales.weight() - cache.weight(),
  })
  if (isStopped() || isSuspended()) return { kind: 'ended', heard: true }
  if (!list.ok)
    return list.fault.code === 'expired'
      ? { kind: 'expired' }
      : { kind: 'broken', fault: list.fault, asked: 'list' }
  reflecting.apply(() => cache.replace(list.value.items))
  state.known = state.version = list.value.resourceVersion
  state.listedAt = options.clock.now()
  return await followWatch(reflecting, false)
}
