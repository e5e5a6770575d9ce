import { versionOf } from './release-version.ts'
import type { Effect, Release, ReleaseBatch, ReleaseEvent } from './release.ts'
import type { Hold } from './hold.ts'

/** `wakeAt` (epoch ms) is the only timer: without it, only a new observation or a command changes anything. */
export type Decision = {
  readonly release: Release
  readonly effects: readonly Effect[]
  readonly wakeAt?: number
}

const longestLog = 200

export function logged(release: Release, event: ReleaseEvent): Release {
  const log = [...release.log, event].slice(-longestLog)
  return { ...release, log, version: versionOf(release) + 1 }
}

export function held(release: Release, hold: Hold, now: number): Release {
  // The first reason stays: later ones are mostly its consequences, and each change costs a journal write.
  if (release.state.kind === 'held' && !isNewsOf(release.state.hold, hold)) return release
  return logged(
    { ...release, state: { kind: 'held', since: now, hold } },
    { at: now, what: 'held', batch: hold.batch, hold },
  )
}

/** What a person decides about is something else by now: the first reason is not true any more, or not what matters. */
function isNewsOf(before: Hold, hold: Hold): boolean {
  // Nothing can be gone on with until it is there again, and everything is judged anew then.
  if (hold.kind === 'service-gone') return before.kind !== 'service-gone'
  if (before.batch !== hold.batch) return false
  // Its pods have got over it, or more would be said of them; and no traffic reaches them.
  if (hold.kind === 'unselected') return isOfPods(before)
  if (hold.kind === 'gone') return before.kind !== 'gone' || before.again !== hold.again
  return hold.kind === 'foreign' && (before.kind !== 'foreign' || before.digest !== hold.digest)
}

function isOfPods({ kind }: Hold): boolean {
  return (
    kind === 'pods' || kind === 'restarts' || kind === 'gate' || kind === 'deadline' || kind === 'regressed'
  )
}

export function setBatch(
  release: Release,
  batch: ReleaseBatch['uid'],
  parts: Partial<ReleaseBatch>,
): Release {
  return {
    ...release,
    batches: release.batches.map((own) => (own.uid === batch ? { ...own, ...parts } : own)),
  }
}

export function replaceBatch(release: Release, batch: ReleaseBatch): Release {
  return { ...release, batches: release.batches.map((own) => (own.uid === batch.uid ? batch : own)) }
}

export function setPhase(release: Release, own: ReleaseBatch, phase: ReleaseBatch['phase']): Release {
  return setBatch(release, own.uid, { phase })
}

export function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
