import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import { faultText } from '../../../shared/words/faults/say-fault.ts'
import type { Target } from '../../../shared/contract.ts'
import { failed, sentenceOf, type Reply } from '../../../shared/fault.ts'
import type { Release } from '../../../shared/release/release.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import { fetchHistory, keepReleases } from '../../release/history.ts'
import type { HistoryApi } from '../../release/history-api.ts'
import {
  newestFirst,
  readHistory,
  releasesIn,
  withReleases,
  type HistoryEntry,
} from '../../release/history-map.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { LocalRecords } from './local-records.ts'
import { createKeyedQueue } from '../async/keyed-queue.ts'
import { within } from '../async/within.ts'

/** So long the history of a cluster is waited for. A release that takes another one's place waits for it as well. */
const patienceMs = 10_000

export type KeptHistory = {
  /** Newest first. */
  readonly releases: readonly Release[]
  readonly missing: readonly Sentence[]
}

/** Keeps the last releases of each Service in the cluster, or on this machine where the cluster does not take them. */
export type HistoryKeeper = {
  /** Resolves when it is kept, one way or the other: a history that can't be written keeps nobody from releasing. */
  keep(target: Target, release: Release): Promise<void>
  list(target: Target): Promise<KeptHistory>
  /** Waits for what is being written. */
  close(): Promise<void>
}

export function createHistoryKeeper(options: {
  readonly clock: Pick<Clock, 'setTimer'>
  readonly api: (target: Target) => HistoryApi | undefined
  readonly records: LocalRecords
  readonly log: (line: string) => void
}): HistoryKeeper {
  const { clock, records, log } = options
  /** Why the cluster does not take it, by Service: told once. */
  const refused = new Map<string, FaultSentence>()
  /** What is being kept, one after the other for each Service: no other one waits for a cluster that is slow. */
  const inTurn = createKeyedQueue()
  const open = new Map<string, Promise<void>>()

  function keyOf({ connection, namespace, service }: Target): string {
    return `${connection}/${namespace}/${service}`
  }

  function toCluster(target: Target, releases: readonly Release[]): Promise<Reply<null>> {
    const api = options.api(target)
    return api === undefined
      ? Promise.resolve(failed('unreachable', { kind: 'not-connected' }))
      : within(clock, patienceMs, keepReleases(api, target, releases))
  }

  async function keepNow(target: Target, release: Release): Promise<void> {
    const local = localEntries(target)
    const waiting = releasesIn(local).filter((one) => one.id !== release.id)
    const kept = await toCluster(target, [...waiting, release])
    if (kept.ok) {
      refused.delete(keyOf(target))
      if (local.length > 0) records.history(target).remove()
      return
    }
    if (!refused.has(keyOf(target)))
      log(`the history of ${target.service} is kept on this machine: ${faultText(kept.fault, 'en')}`)
    refused.set(keyOf(target), sentenceOf(kept.fault))
    const releases = withReleases(Object.fromEntries(local.map((one) => [one.key, one.value])), [release])
    const written = await records.history(target).write({ schema: 1, releases: { ...releases } })
    if (!written.ok) log(`history of ${target.service}: ${faultText(written.fault, 'en')}`)
  }

  function localEntries(target: Target): readonly HistoryEntry[] {
    const file = records.history(target)
    const found = file.read()
    if (found.ok) return readHistory(found.value?.releases ?? {})
    log(faultText(found.fault, 'en'))
    if (found.fault.code === 'bad-answer') file.setAside()
    return []
  }

  return {
    keep(target, release) {
      const key = keyOf(target)
      const kept = inTurn(key, () => keepNow(target, release))
        .catch((error: unknown) => log(`history of ${target.service}: ${String(error)}`))
        .finally(() => {
          if (open.get(key) === kept) open.delete(key)
        })
      open.set(key, kept)
      return kept
    },
    async list(target) {
      await open.get(keyOf(target))
      const api = options.api(target)
      const fetched =
        api === undefined
          ? failed('unreachable', { kind: 'not-connected' })
          : await within(clock, patienceMs, fetchHistory(api, target))
      const local = localEntries(target)
      const entries = [...(fetched.ok ? fetched.value : []), ...local]
      const byId = new Map(releasesIn(entries).map((release) => [release.id, release]))
      const why = refused.get(keyOf(target))
      return {
        releases: [...byId.values()].sort(newestFirst),
        missing: [
          ...(fetched.ok ? [] : [{ kind: 'history-unread', why: sentenceOf(fetched.fault) } as const]),
          ...(why !== undefined
            ? [{ kind: 'history-local', why } as const]
            : local.length > 0
              ? [{ kind: 'history-local' } as const]
              : []),
          ...unreadable(entries),
        ],
      }
    },
    async close() {
      await Promise.all(open.values())
    },
  }
}

function unreadable(entries: readonly HistoryEntry[]): readonly Sentence[] {
  const count = (kind: HistoryEntry['kind']): number => entries.filter((entry) => entry.kind === kind).length
  const [damaged, newer] = [count('damaged'), count('newer')]
  return [
    ...(damaged === 0 ? [] : [{ kind: 'history-damaged', releases: damaged } as const]),
    ...(newer === 0 ? [] : [{ kind: 'history-newer', releases: newer } as const]),
  ]
}
