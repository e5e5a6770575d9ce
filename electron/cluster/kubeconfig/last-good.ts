import { dirname } from 'node:path'
import type { LoadedKubeconfigs } from '../dial/connection-spec.ts'

/**
 * A file that has just become empty or broken is being written, or was saved with a mistake, and a folder that can't be
 * looked into may be back in a moment: the contexts stay as they were read last, and the complaint says so. A file that
 * is gone has no contexts any more, and one that was read has those that stand there.
 */
export function keepLastGood(before: LoadedKubeconfigs, now: LoadedKubeconfigs): LoadedKubeconfigs {
  const placeOf = (file: string): string | undefined =>
    now.unread.find((one) => one === file) ?? now.unread.find((one) => one === dirname(file))
  const known = new Set(now.connections.map((one) => one.id))
  const kept = before.connections.filter(
    ({ id, file }) => !known.has(id) && (placeOf(file) !== undefined || now.unresolved.includes(id)),
  )
  const stillCounts = new Set(kept.map((one) => placeOf(one.file) ?? one.file))
  if (kept.length === 0) return now
  return {
    ...now,
    connections: [...now.connections, ...kept],
    problems: now.problems.flatMap((one) =>
      stillCounts.delete(one.file)
        ? [one, { file: one.file, says: { kind: 'last-read-counts' } as const }]
        : [one],
    ),
  }
}
