import { ownRecord } from '../../shared/k8s/own-record.ts'
import type { Release } from '../../shared/release/release.ts'
import { decodeRelease, encodeRelease } from './journal-codec.ts'

/** A ConfigMap may hold 1 MiB in all; the rest is left to whoever else writes into it. */
export const historyLimit = 900 * 1024
export const mostReleases = 20

const releasePrefix = 'release.'
const asidePrefix = 'unreadable.'

/** What one entry of the history is. `newer`: of a Tranche that knows more, which is not damage. */
export type HistoryEntry = { readonly key: string; readonly value: string } & (
  | { readonly kind: 'release'; readonly release: Release }
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' }
)

/** Key -> base64 of gzip, one entry a release: what is damaged hides itself alone. */
export type HistoryData = Readonly<Record<string, string>>

export function readHistory(data: HistoryData): readonly HistoryEntry[] {
  return Object.entries(data).flatMap(([key, value]): readonly HistoryEntry[] => {
    if (key.startsWith(asidePrefix)) return [{ key, value, kind: 'damaged' }]
    if (!key.startsWith(releasePrefix)) return []
    const read = decodeRelease(value)
    if (read.ok) return [{ key, value, kind: 'release', release: read.value }]
    return [{ key, value, kind: read.fault.code === 'not-supported' ? 'newer' : 'damaged' }]
  })
}

export function releasesIn(entries: readonly HistoryEntry[]): readonly Release[] {
  return entries.flatMap((entry) => (entry.kind === 'release' ? [entry.release] : [])).sort(newestFirst)
}

export function newestFirst(a: Release, b: Release): number {
  return b.startedAt - a.startedAt
}

/**
 * The history with these releases in it, the oldest dropped where there are too many or they are too large. What is
 * damaged is set aside under another key, and the first to go when there is no room.
 */
export function withReleases(data: HistoryData, releases: readonly Release[]): HistoryData {
  const entries = readHistory(data)
  const fresh = releases.flatMap((release): readonly HistoryEntry[] => {
    const text = encodeRelease(release)
    return text.ok ? [{ key: keyOf(release), value: text.value, kind: 'release', release }] : []
  })
  const known = entries.filter(
    (entry) => entry.kind === 'release' && !fresh.some((one) => one.key === entry.key),
  )
  const kept = [...known, ...fresh].sort((a, b) => startOf(b) - startOf(a)).slice(0, mostReleases)
  const newer = entries.filter((entry) => entry.kind === 'newer')
  const damaged = entries.filter((entry) => entry.kind === 'damaged').map(setAside)
  const others = Object.entries(data)
    .filter(([key]) => !key.startsWith(releasePrefix) && !key.startsWith(asidePrefix))
    .map(([key, value]) => ({ key, value }))
  const result = new Map<string, string>()
  let room = historyLimit
  for (const [index, { key, value }] of [...others, ...newer, ...kept, ...damaged].entries()) {
    room -= sizeOf(value)
    // What others have put here is not ours to drop.
    if (index >= others.length && room < 0) continue
    result.set(key, value)
  }
  // A key of somebody else's may be called `__proto__`.
  return ownRecord(result)
}

function keyOf(release: Release): string {
  return `${releasePrefix}${release.id.replaceAll(/[^-._a-zA-Z0-9]/g, '-').slice(0, 200)}`
}

function setAside(entry: HistoryEntry): HistoryEntry {
  if (entry.key.startsWith(asidePrefix)) return entry
  return { ...entry, key: `${asidePrefix}${entry.key.slice(releasePrefix.length)}` }
}

function startOf(entry: HistoryEntry): number {
  return entry.kind === 'release' ? entry.release.startedAt : 0
}

/** Bytes as the cluster counts them: after base64. */
function sizeOf(value: string): number {
  return Math.ceil((value.length * 3) / 4)
}
