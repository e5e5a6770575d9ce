import { ownManager } from '../release/settle/own-hand.ts'
import type { FieldWriter } from '../k8s/objects.ts'
import type { Release } from '../release/release.ts'
import { homeOf } from '../release/change/change.ts'
import { forwardDigest } from './release-templates.ts'

/** A ReplicaSet as far as it tells who made it. */
export type Marked = {
  readonly digest: string
  readonly createdAt: number
  readonly revision: number
  readonly before: readonly number[]
  /** `kubernetes.io/change-cause`, as the controller copied it from the Deployment while this was the current one. */
  readonly cause: string
}

/** What is known of who brought a template to a batch. `release`: the id of one of ours. */
export type Author = { readonly by?: string; readonly cause: string; readonly release?: string }

type Batch = { readonly uid: string; readonly name: string }

/**
 * The annotation stays on the Deployment, and the controller copies it to every ReplicaSet that becomes the current
 * one: only where the one before had another text was it written for this one. Where that can't be known (the one
 * before is pruned, or has been used again since) it is nobody's word about this revision.
 */
function ownCause(set: Marked, sets: readonly Marked[]): string {
  if (set.revision === 1) return set.cause
  const previous = sets.find((one) => one.revision === set.revision - 1)
  return previous === undefined || previous.cause === set.cause ? '' : set.cause
}

/** Who made a ReplicaSet the current one: a release of ours by its own record, else what was written for it. */
export function authorOf(
  set: Marked,
  {
    batch,
    sets,
    releases,
  }: { readonly batch: Batch; readonly sets: readonly Marked[]; readonly releases: readonly Release[] },
): Author {
  const id = /^tranche: release (\S+) /.exec(set.cause)?.[1]
  const release = id === undefined ? undefined : releases.find((one) => one.id === id)
  const cause = ownCause(set, sets)
  if (id !== undefined && release === undefined)
    // Its record is gone: that it was one of ours is all that is known, and only if it was written for this revision.
    return cause === '' ? { cause } : { cause, release: id }
  if (release === undefined) return { cause }
  const own = release.batches.find((one) => one.uid === batch.uid || one.name === batch.name)
  if (own === undefined) return { cause: '' }
  const wentBack = / rolled back$/.test(set.cause)
  const made = wentBack ? homeOf(release, own).digest : forwardDigest(release, own)
  // Another change came after it and inherited its words.
  if (made !== set.digest) return { cause: '' }
  const back = release.log.findLast((event) => event.what === 'roll-back' && (event.by ?? '') !== '')
  return { cause: '', release: release.id, by: (wentBack ? back?.by : undefined) ?? release.startedBy }
}

/** So long after a write the controller has made its ReplicaSet at the latest; both times are whole seconds. */
const promptMs = 10_000

/**
 * The manager that wrote the template that a Deployment has now. managedFields keep one time for all that a manager
 * wrote, so of several only the one is named whose time is that of the ReplicaSet's creation; for a ReplicaSet that is
 * used again there is no such time, and the last one is named.
 */
export function managerOf(
  writers: readonly FieldWriter[],
  { createdAt, before }: Pick<Marked, 'createdAt' | 'before'>,
): string | undefined {
  // No person, and no tool of anybody's: who released with ours stands in the record of the release.
  const of = writers.filter(
    ({ field, manager }) =>
      (field === 'template' || field === 'image') && manager !== '' && manager !== ownManager,
  )
  const only = (some: readonly FieldWriter[]): string | undefined => {
    const managers = [...new Set(some.map(({ manager }) => manager))]
    return managers.length === 1 ? managers[0] : undefined
  }
  const last = Math.max(...of.map(({ at }) => at))
  const time = before.length > 0 ? last : createdAt
  return only(of) ?? only(of.filter(({ at }) => at > 0 && Math.abs(time - at) <= promptMs))
}
