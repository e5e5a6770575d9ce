import type { Freeze, Release } from './release.ts'
import type { Decision } from './transitions.ts'
import { waitsUntil } from './tries.ts'

/** `spec.paused` of the batch in progress, set or cleared by a person's word. One write, nothing else meanwhile. */
export function decideFreeze(release: Release, frozen: Freeze, now: number): Decision {
  const own = release.batches.find((one) => one.uid === frozen.batch)
  if (own === undefined) return { release: thawed(release), effects: [] }
  const wakeAt = waitsUntil(frozen.retryAt, now)
  if (wakeAt !== undefined) return { release, effects: [], wakeAt }
  const paused = frozen.wish === 'freeze'
  const effect = {
    kind: 'set-paused',
    id: `${release.id}/${own.number}/${frozen.wish}`,
    batch: own.uid,
    name: own.name,
    paused,
  } as const
  return { release, effects: [effect] }
}

export function thawed(release: Release): Release {
  const { frozen, ...rest } = release
  return frozen === undefined ? release : rest
}

/** The wish to clear what we have set, or are setting. Nothing to clear: nothing to wish. */
export function thawing(release: Release): Release {
  const { frozen } = release
  return frozen === undefined || frozen.wish === 'thaw'
    ? release
    : { ...release, frozen: { batch: frozen.batch, wish: 'thaw', sent: false } }
}
