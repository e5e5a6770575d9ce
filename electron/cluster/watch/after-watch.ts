import { faultOf, type Fault } from '../../../shared/fault.ts'
import type { KindName } from '../../../shared/k8s/objects.ts'
import type { Denied } from '../../../shared/model/freshness.ts'
import { createBackoff } from '../requests/backoff.ts'
import { isTooMuch } from '../requests/list-all.ts'
import type { Reflecting } from './reflector-state.ts'
import type { WatchEnd } from './watch-end.ts'

const shortestWatchMs = 1_000
/** Who may list but not watch sees a new list every so often; and who has too much is asked no sooner. */
const listAgainMs = 60_000
/** Two may be chance; a third means that something in between ends every watch. */
const mostShortWatches = 2

export type AfterWatch = {
  /** What comes after a watch: at once, after a pause, or from a new list. */
  settle(end: WatchEnd, livedMs: number): Promise<void>
  /** What was refused is tried at once, for the right may have been granted. */
  retry(): void
  /** Past failures count no more. */
  forget(): void
}

/** How often it has failed so far, and how long it is waited for that. */
export function createAfterWatch<K extends KindName>(reflecting: Reflecting<K>): AfterWatch {
  const { options, state, markStale, sleep } = reflecting
  const { kind, cache, clock } = options
  const backoff = createBackoff(clock, options.random)
  let shortWatches = 0
  let expirations = 0
  let isRefused = false
  /** While it may not be watched: when it is listed again. */
  let listAgainAt: number | undefined

  async function settle(end: WatchEnd, livedMs: number): Promise<void> {
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
        if (++shortWatches > mostShortWatches)
          markStale(faultOf('server-error', { kind: 'watch-cut-at-once' }))
        await sleep(backoff.next(undefined, options.lane()))
        return
      }
      case 'expired':
        // A list that fails like this as well is asked for the most recent state instead.
        if (state.version === undefined) state.known = undefined
        state.version = undefined
        markStale(faultOf('expired', { kind: 'watch-version-gone' }))
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
    state.version = undefined
    listAgainAt = undefined
  }

  return {
    settle,
    retry() {
      // Once: what stays refused is asked about as rarely as before, however often somebody looks.
      if (isRefused) state.wake?.()
    },
    forget: backoff.reset,
  }
}

/** What we were not allowed to ask, if that is why. */
function denialOf({ fault, asked }: Extract<WatchEnd, { kind: 'broken' }>): { readonly denied?: Denied } {
  return fault.code === 'forbidden' && asked !== undefined ? { denied: asked } : {}
}
