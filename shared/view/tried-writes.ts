import type { Uid } from '../ids.ts'
import { wantsNothingPaused } from '../release/decide-freeze.ts'
import type { Release, Tried } from '../release/release.ts'
import type { Sentence, WriteKind } from '../release/sentence.ts'

/** A write to a batch that has failed so far: whoever looks at the batch sees the server's own words. */
export type TriedWrite = {
  readonly batch: Uid
  readonly write: WriteKind
  readonly tries: number
  readonly since: number
  readonly message: string
  /** What the trying comes to an end by: the limit that is `until` then, a person's word, or that it is written. */
  readonly ends: 'limit' | 'person' | 'done'
  readonly until?: number
}

/** All writes of a release that failed and are not given up. */
export function triedWrites(release: Release): readonly TriedWrite[] {
  const { resize, state } = release
  const limitMs = release.plan.batchLimitSeconds * 1000
  // Given up: how often it was tried is what holds the release, and stands there.
  const given = state.kind === 'held' && state.hold.kind === 'given-up' ? state.hold.batch : undefined
  const goesOn = state.kind === 'running' || state.kind === 'rolling-back'
  const found: TriedWrite[] = []
  const isRefused = (batch: Uid): boolean =>
    release.batches.some(({ uid, freeze }) => uid === batch && freeze?.refused === true)
  const add = (batch: Uid, write: WriteKind, tried: Tried | undefined): void => {
    if (tried === undefined || batch === given) return
    const { count: tries, since, message } = tried
    // A brake is written whatever the release waits for, and cleared for as long as that takes once nothing waits.
    const isBrake = write === 'freeze' || write === 'thaw'
    const ends =
      isBrake && wantsNothingPaused(release) && !isRefused(batch)
        ? 'done'
        : goesOn || isBrake
          ? 'limit'
          : 'person'
    const until = ends === 'limit' ? { until: since + limitMs } : {}
    found.push({ batch, write, tries, since, message, ends, ...until })
  }
  for (const { uid, freeze } of release.batches) if (freeze !== undefined) add(uid, freeze.wish, freeze.tried)
  if (state.kind === 'ended') return found
  for (const { uid, phase } of release.batches) {
    if (phase.kind === 'patching') add(uid, 'change', phase.tried)
    if (phase.kind === 'returning') add(uid, 'back', phase.tried)
  }
  for (const target of resize?.targets ?? []) if (!target.sent) add(target.batch, 'size', target.tried)
  return found
}

export function triedSentences(release: Release): readonly Sentence[] {
  return triedWrites(release).map((one) => triedSentence(release, one))
}

export function triedSentence(
  release: Release,
  { batch, write, tries, message, ends }: TriedWrite,
): Extract<Sentence, { readonly kind: 'write-tried' }> {
  return {
    kind: 'write-tried',
    write,
    batch: release.batches.find((own) => own.uid === batch)?.number ?? 0,
    tries,
    message,
    ends,
    limitSeconds: release.plan.batchLimitSeconds,
  }
}
