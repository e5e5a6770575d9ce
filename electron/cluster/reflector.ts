import { isRetryable, type Fault, type Reply } from '../../shared/fault.ts'
import { kindTable } from '../../shared/k8s/kinds.ts'
import type { KindName, Kinds } from '../../shared/k8s/objects.ts'
import { numberAt, objectAt, textAt } from '../../shared/k8s/read-json.ts'
import type { Api } from './api.ts'
import type { Clock } from './clock.ts'
import { jsonLines } from './json-lines.ts'
import { parseBody } from './status-fault.ts'
import type { WatchCache } from './watch-cache.ts'

export type ReflectorOptions<K extends KindName> = {
  readonly api: Pick<Api, 'list' | 'watch'>
  readonly kind: K
  readonly namespace?: string
  readonly fieldSelector?: string
  readonly cache: WatchCache<K>
  readonly clock: Clock
  readonly random: () => number
}

/** No byte for so long means a dead peer: two bookmarks should have come in that time. */
const silenceMs = 150_000
const shortestWatchMs = 1_000
const firstWaitMs = 800
const longestWaitMs = 30_000
const forbiddenWaitMs = 600_000
const pageSize = 500

/** Why a watch is over, each with its own way on. `ended`: a clean end, which never means that nothing was missed. */
type End =
  | { readonly kind: 'ended' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'broken'; readonly fault: Fault }

/**
 * Keeps a cache equal to what the server has: list, then watch from that version, for ever. Every failure is named
 * and survived; the cache keeps its data and says since when they are stale. Returns its stop function.
 */
export function startReflector<K extends KindName>(options: ReflectorOptions<K>): () => void {
  const { api, kind, cache, clock } = options
  const read = kindTable[kind].read
  let stopped = false
  let abort = new AbortController()
  let wake: (() => void) | undefined
  let failures = 0

  async function run(): Promise<void> {
    let version: string | undefined
    while (!isStopped()) {
      version ??= await listAll()
      if (version === undefined || isStopped()) continue
      const startedAt = clock.monotonic()
      const end = await watchFrom(version, (next) => (version = next))
      if (isStopped()) return
      switch (end.kind) {
        case 'ended':
          if (clock.monotonic() - startedAt < shortestWatchMs) await pause(undefined)
          break
        case 'expired':
          version = undefined
          break
        case 'broken':
          markStale(end.fault)
          await pause(end.fault)
      }
    }
  }

  // A function, so that the compiler does not take an earlier answer for a later one.
  function isStopped(): boolean {
    return stopped
  }

  async function listAll(): Promise<string | undefined> {
    const found: Kinds[K][] = []
    let token = ''
    do {
      const page = await api.list(kind, {
        limit: pageSize,
        ...(options.namespace !== undefined && { namespace: options.namespace }),
        ...(options.fieldSelector !== undefined && { fieldSelector: options.fieldSelector }),
        ...(token !== '' && { continue: token }),
      })
      if (isStopped()) return undefined
      if (!page.ok) {
        markStale(page.fault)
        // A page that expired means that the list took too long: it is begun anew at once.
        if (page.fault.code !== 'expired' || token === '') await pause(page.fault)
        return undefined
      }
      found.push(...page.value.items)
      token = page.value.continue
      if (token === '') {
        cache.replace(found)
        markLive()
        return page.value.resourceVersion
      }
    } while (token !== '')
    return undefined
  }

  async function watchFrom(version: string, advance: (version: string) => void): Promise<End> {
    abort = new AbortController()
    const { signal } = abort
    let stopSilence = guard(abort)
    const opened: Reply<AsyncIterable<Uint8Array>> = await api.watch(kind, {
      ...(options.namespace !== undefined && { namespace: options.namespace }),
      query: {
        resourceVersion: version,
        timeoutSeconds: `${300 + Math.floor(options.random() * 300)}`,
        ...(options.fieldSelector !== undefined && { fieldSelector: options.fieldSelector }),
      },
      signal,
    })
    try {
      if (!opened.ok) return endOf(opened.fault)
      markLive()
      for await (const line of jsonLines(opened.value)) {
        stopSilence()
        stopSilence = guard(abort)
        if (isStopped()) return { kind: 'ended' }
        const end = take(line, advance)
        if (end !== undefined) {
          abort.abort()
          return end
        }
      }
      return { kind: 'ended' }
    } catch (error) {
      return { kind: 'broken', fault: { code: 'unreachable', message: `The watch broke: ${String(error)}` } }
    } finally {
      stopSilence()
    }
  }

  /** Applies one event; an end if the watch is over with it. */
  function take(line: string, advance: (version: string) => void): End | undefined {
    const event = parseBody(line)
    const object = objectAt(event, 'object')
    const type = textAt(event, 'type')
    // A line that is no JSON may have hidden anything: only a new list is sure again.
    if (event === undefined) return { kind: 'expired' }
    if (type === 'ERROR') {
      const code = numberAt(object, 'code')
      if (code === 410) return { kind: 'expired' }
      return {
        kind: 'broken',
        fault: { code: 'server-error', message: textAt(object, 'message', 'watch error'), status: code },
      }
    }
    failures = 0
    const version = textAt(objectAt(object, 'metadata'), 'resourceVersion')
    if (type !== 'BOOKMARK') {
      const readable = read(object)
      if (readable !== undefined) {
        if (type === 'DELETED') cache.remove(readable.meta.uid)
        else cache.put(readable)
      }
    }
    if (version !== '') advance(version)
    return undefined
  }

  function endOf(fault: Fault): End {
    return fault.code === 'expired' ? { kind: 'expired' } : { kind: 'broken', fault }
  }

  function guard(controller: AbortController): () => void {
    return clock.setTimer(silenceMs, () => controller.abort())
  }

  function markLive(): void {
    cache.setFreshness({ kind: 'live' })
  }

  function markStale(fault: Fault): void {
    const now = cache.freshness()
    if (now.kind === 'never') cache.setFreshness({ kind: 'never', why: fault.message })
    else if (now.kind === 'live')
      cache.setFreshness({ kind: 'stale', since: clock.now(), why: fault.message })
  }

  /** client-go's backoff: 0.8 s doubling to 30 s, up to twice as long by chance. Retry-After comes first. */
  async function pause(fault: Fault | undefined): Promise<void> {
    const step = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 10))
    failures++
    const asked = (fault?.retryAfter ?? 0) * 1000
    const hopeless =
      fault !== undefined && !isRetryable(fault) && fault.code !== 'expired' && fault.code !== 'bad-answer'
    const wait =
      hopeless && fault.code === 'forbidden'
        ? forbiddenWaitMs
        : Math.max(asked, step * (1 + options.random()))
    await new Promise<void>((resolve) => {
      const stopTimer = clock.setTimer(wait, resolve)
      wake = () => {
        stopTimer()
        resolve()
      }
      if (isStopped()) wake()
    })
    wake = undefined
  }

  void run()
  return () => {
    stopped = true
    abort.abort()
    wake?.()
  }
}
