import type { LoadedKubeconfigs } from './connection-spec.ts'

/**
 * A file that has just become empty or broken is being written, or was saved with a mistake: its contexts stay as they
 * were read last, and the complaint says so. A file that is gone has no contexts any more.
 */
export function keepLastGood(before: LoadedKubeconfigs, now: LoadedKubeconfigs): LoadedKubeconfigs {
  const broken = now.problems
    .map((one) => one.file)
    .filter((file) => now.connections.every((one) => one.file !== file))
  const kept = before.connections.filter((one) => broken.includes(one.file))
  if (kept.length === 0) return now
  return {
    ...now,
    connections: [...now.connections, ...kept],
    problems: now.problems.map((one) =>
      kept.some((old) => old.file === one.file)
        ? { ...one, message: `${one.message} What was read before still counts.` }
        : one,
    ),
  }
}
