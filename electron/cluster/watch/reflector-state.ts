import { sentenceOf, type Fault } from '../../../shared/fault.ts'
import type { KindName } from '../../../shared/k8s/objects.ts'
import type { Denied } from '../../../shared/model/freshness.ts'
import type { Api } from '../requests/api.ts'
import type { WatchBounds } from '../requests/bounds.ts'
import type { Clock } from '../clock/clock.ts'
import type { ClusterClock } from '../clock/cluster-clock.ts'
import type { WatchCache } from './watch-cache.ts'
import type { Scales } from '../dial/weight-of.ts'

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

/** Whatever the server has at hand: the cheapest list for it. */
export const anyVersion = '0'

/** All that a reflector knows beside its cache. */
type ReflectorState = {
  stopped: boolean
  suspended: boolean
  /** Ends what is asked just now. */
  abort: AbortController
  wake: (() => void) | undefined
  /** From where to watch on; undefined when only a new list helps. */
  version: string | undefined
  /** The last version that was known, below which a new list must not fall; undefined: the most recent state. */
  known: string | undefined
  /** When the data came from a list that no watch has gone on from yet. */
  listedAt: number | undefined
  open: { readonly since: number; heardAt: number } | undefined
}

/** One reflector at work: what it was given, what it knows, and what each of its parts does to both. */
export type Reflecting<K extends KindName> = {
  readonly options: ReflectorOptions<K>
  readonly state: ReflectorState
  /** Functions, so that the compiler does not take an earlier answer for a later one. */
  isStopped(): boolean
  isSuspended(): boolean
  /** How long the watch has been open, in ms; 0 while it is not. */
  openMs(): number
  /** A listener that throws must not end the watch, and one that stopped us must not be told more. */
  apply<T>(change: () => T): T | undefined
  markLive(): void
  markStale(fault: Fault, more?: { readonly silentMs?: number; readonly denied?: Denied }): void
  /** Until the time is over or somebody wakes it; without a time, only the latter. */
  sleep(ms: number | undefined): Promise<void>
}

export function createReflecting<K extends KindName>(options: ReflectorOptions<K>): Reflecting<K> {
  const { api, kind, cache, clock } = options
  const state: ReflectorState = {
    stopped: false,
    suspended: false,
    abort: new AbortController(),
    wake: undefined,
    version: undefined,
    known: anyVersion,
    listedAt: undefined,
    open: undefined,
  }
  const isStopped = (): boolean => state.stopped

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
    state.listedAt = undefined
    apply(() => cache.setFreshness({ kind: 'live' }))
  }

  function markStale(
    fault: Fault,
    more: { readonly silentMs?: number; readonly denied?: Denied } = {},
  ): void {
    // An event may be an error in the server's own words, and they may repeat what we have sent.
    const why = sentenceOf(api.withheld.fault(fault))
    const { silentMs = 0, denied } = more
    const by = denied === undefined ? {} : { denied }
    const now = cache.freshness()
    if (now.kind === 'never' && state.listedAt === undefined)
      apply(() => cache.setFreshness({ kind: 'never', why, ...by }))
    else {
      const since = state.listedAt ?? (now.kind === 'stale' ? now.since : clock.now() - silentMs)
      apply(() => cache.setFreshness({ kind: 'stale', since, why, ...by }))
    }
    state.listedAt = undefined
  }

  async function sleep(ms: number | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      const stopTimer = ms === undefined ? () => undefined : clock.setTimer(ms, resolve)
      state.wake = () => {
        stopTimer()
        resolve()
      }
    })
    state.wake = undefined
  }

  return {
    options,
    state,
    isStopped,
    isSuspended: () => state.suspended,
    openMs: () => (state.open === undefined ? 0 : clock.monotonic() - state.open.since),
    apply,
    markLive,
    markStale,
    sleep,
  }
}
