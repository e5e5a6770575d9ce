import type { Release } from '../../../shared/release/release.ts'
import { versionOf } from '../../../shared/release/release-version.ts'
import type { Runner } from '../../release/runner.ts'

type Known = Pick<Runner, 'driving' | 'release'>

/**
 * Tells whether what a runner knows counts before what is watched. After our own end the watch may lag behind; but of a
 * release that somebody else has gone on with, or has begun another one after, what we remember is the past: also once
 * that record has been deleted, or a release that was replaced would rise again and be offered to be taken over.
 */
export function createNewest(): (runs: Known, watched: Release | undefined) => boolean {
  const past = new WeakSet<Known>()
  return (runs, watched) => {
    if (runs.driving()) return true
    const mine = runs.release()
    if (watched !== undefined && isBeyond(watched, mine)) past.add(runs)
    if (past.has(runs)) return false
    return watched === undefined || watched.id === mine.id
  }
}

function isBeyond(watched: Release, mine: Release): boolean {
  return watched.id === mine.id ? versionOf(watched) > versionOf(mine) : watched.startedAt >= mine.startedAt
}
