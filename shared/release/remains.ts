import { assertNever } from '../assert-never.ts'
import type { Release, ReleaseBatch } from './release.ts'

/**
 * What a release has left behind in each of its batches, by its phase alone. Whatever is said about what has happened
 * is said from this: a batch is in exactly one of the lists.
 */
export type Remains = {
  /** Its Deployment has what the release brings. */
  readonly new: readonly number[]
  /** Was never written, and has what it had before. Nothing is said of it where only sizes were to change. */
  readonly old: readonly number[]
  /** Was written, and has an earlier template again: the one before the release, or the one that was chosen. */
  readonly returned: readonly number[]
  /** Has what the release before this one, whose place it took, has brought to it. */
  readonly earlier: readonly number[]
  /** Left out after it had been written, or changed by somebody else or by an earlier release: it stays as found. */
  readonly kept: readonly number[]
  /** Has its earlier template again, and a person has gone on without its pods. */
  readonly unready: readonly number[]
  /** Could not be taken back. */
  readonly stuck: readonly number[]
  /** A write was on its way, and nobody knows whether it has arrived. */
  readonly unsure: readonly number[]
  /** `spec.paused` that we have set, and that could not be cleared. */
  readonly paused: readonly number[]
  /** Batches that have another size because of the release, and those that were to get one and have not. */
  readonly scaled: readonly number[]
  readonly unscaled: readonly number[]
}

type Fate = Exclude<keyof Remains, 'paused' | 'scaled' | 'unscaled'>

export function remainsOf(release: Release): Remains {
  const batchesOf = (fate: Fate): readonly number[] =>
    release.change.kind === 'none' && fate === 'old'
      ? []
      : release.batches.filter((own) => fateOf(release, own) === fate).map((own) => own.number)
  return {
    new: batchesOf('new'),
    old: batchesOf('old'),
    returned: batchesOf('returned'),
    earlier: batchesOf('earlier'),
    kept: batchesOf('kept'),
    unready: batchesOf('unready'),
    stuck: batchesOf('stuck'),
    unsure: batchesOf('unsure'),
    paused: release.batches
      .filter(({ freeze }) => freeze?.wish === 'thaw' && freeze.stuck !== undefined)
      .map((own) => own.number),
    scaled: sizes(release, true),
    unscaled: sizes(release, false),
  }
}

/** Whether nothing at all was written, as far as is known. */
export function isUntouched(remains: Remains): boolean {
  const { old: _, unscaled: __, ...written } = remains
  return Object.values(written).every((numbers) => numbers.length === 0)
}

/** Done by the release before, and not touched by this one. */
export function isEarlier({ startedAt }: Pick<Release, 'startedAt'>, own: ReleaseBatch): boolean {
  const { phase, earlier } = own
  // Journals of before it was kept tell it by the time.
  return phase.kind === 'done' && (earlier === true || phase.at < startedAt)
}

function fateOf(release: Release, own: ReleaseBatch): Fate {
  const { state } = release
  const { phase } = own
  const hold = state.kind === 'ended' ? state.hold : undefined
  // What somebody else has made of it is what it was left with, however far we had come.
  if (hold?.batch === own.uid && (hold.kind === 'foreign' || hold.kind === 'gone')) return 'kept'
  if (own.inDoubt !== undefined) return 'unsure'
  switch (phase.kind) {
    case 'waiting':
      return own.startsFrom === own.baseline.templateDigest ? 'old' : 'earlier'
    case 'skipped':
      return phase.touched ? 'kept' : 'old'
    case 'patching':
    case 'returning':
      return 'unsure'
    case 'rolling':
    case 'baking':
    case 'done':
      return isEarlier(release, own) ? 'earlier' : 'new'
    case 'rolling-back':
    case 'returned':
      return 'returned'
    case 'stuck':
      return phase.why.kind === 'unready' ? 'unready' : 'stuck'
    default:
      return assertNever(phase)
  }
}

/** A size that was asked for and not confirmed may have arrived: it counts as set. */
function sizes({ resize, batches }: Release, set: boolean): readonly number[] {
  const targets = (resize?.targets ?? []).filter(
    (target) => (target.sent || target.asked === true || target.retryAt !== undefined) === set,
  )
  return batches.filter((own) => targets.some(({ batch }) => batch === own.uid)).map((own) => own.number)
}
