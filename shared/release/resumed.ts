import type { Uid } from '../ids.ts'
import type { CommandContext } from './command-context.ts'
import { thawing } from './decide-freeze.ts'
import { isMoved } from './decide-resize.ts'
import { forgivenNow, longestBackOffMs } from './forgiven.ts'
import { seeOutAgain } from './settle/in-doubt.ts'
import { findBatch, type Observed } from './observed.ts'
import type { BatchPhase, Forgiven, Release, ReleaseBatch, Resize } from './release.ts'
import type { Hold } from './hold.ts'
import { countFrom, type RestartCount } from './restart-count.ts'
import { waitingAgain } from './waiting-again.ts'

type Target = Resize['targets'][number]

/** Going on means that the person has seen what held the release: it counts from now on. */
export function resumed(release: Release, { observed, now }: CommandContext): Release {
  const told = release.state.kind === 'held' ? release.state.hold : undefined
  const batches = release.batches.map((one): ReleaseBatch => {
    const own = seeOutAgain(one, now)
    const seen = findBatch(observed, own.uid)
    if (seen === undefined) return own
    const noticed = {
      restarts: countFrom(seen),
      deadline: seen.deadlineExceededAt,
      isOverdue: told?.kind === 'deadline' && told.batch === own.uid,
      trouble: seen.trouble?.reason,
      pods: seen.pods.filter((pod) => pod.isNew).map((pod) => pod.uid),
      available: seen.available,
      ...forgivenNow(one.phase.kind === 'rolling-back' ? one.phase.hold : told, { batch: seen, now }),
      now,
    }
    // The plan took it back after it failed: now it may try again.
    if (own.phase.kind === 'returned') return { ...own, ...waitingAgain(release, own) }
    return { ...own, phase: forgiven(own.phase, noticed) }
  })
  const { resize } = release
  const next: Release = {
    ...release,
    ...(resize !== undefined && { resize: forgivenSizes(resize, { observed, told, now }) }),
    batches,
    state: { kind: 'running' },
  }
  return thawing(next, true)
}

type Seen = { readonly observed: Observed; readonly told: Hold | undefined; readonly now: number }

function forgivenSizes(resize: Resize, seen: Seen): Resize {
  const targets = resize.targets.map((target) => forgivenTarget(target, seen))
  // What has to grow once more does so before anything else shrinks.
  const grows = targets.some(({ from, to, sent }) => to > from && !sent)
  return { phase: resize.phase === 'shrinking' && grows ? 'growing' : resize.phase, targets }
}

/** The time to get to a size, and to write it, begins anew; what the person has seen may still pass. */
function forgivenTarget(target: Target, { observed, told, now }: Seen): Target {
  const { from, to, sent, generation } = target
  const seen = findBatch(observed, target.batch)
  // Somebody has set another size. It was told, and the person wants the one that was planned: from what is there now.
  if (seen !== undefined && isMoved(target, seen))
    return { batch: target.batch, from: seen.desired, to, sent: false }
  const rest = { batch: target.batch, from, to, sent, ...(generation !== undefined && { generation }) }
  return seen === undefined ? rest : { ...rest, ...forgivenNow(told, { batch: seen, now }) }
}

type Noticed = {
  readonly restarts: RestartCount
  readonly deadline: number | undefined
  /** It is what the release was held for. */
  readonly isOverdue: boolean
  readonly trouble: string | undefined
  readonly pods: readonly Uid[]
  readonly available: number
  readonly forgives?: Forgiven
  readonly now: number
}

/** The same time as for a batch in progress; what it loses besides is judged as if nothing had been said. */
function acceptedAsItIs(
  { accepted: _, ...phase }: Extract<BatchPhase, { kind: 'done' }>,
  { available, pods, trouble, now }: Noticed,
): BatchPhase {
  // With all that it was done with nothing is missing: what a pod shows then is not what it was held for.
  if (available >= phase.pods) return phase
  const until = now + longestBackOffMs
  return { ...phase, sickSince: now, accepted: { available, pods, reason: trouble ?? '', until } }
}

function forgiven(phase: BatchPhase, seen: Noticed): BatchPhase {
  switch (phase.kind) {
    case 'rolling': {
      const { failBy: _, forgives: __, refusedSince: ___, deadlineTold: ____, ...rest } = phase
      return {
        ...rest,
        progressAt: seen.now,
        restartsBefore: 0,
        restarts: seen.restarts,
        ...(seen.deadline !== undefined && { deadlineBefore: seen.deadline }),
        ...(seen.isOverdue && seen.deadline === undefined && { deadlineTold: true }),
        ...(seen.forgives !== undefined && { forgives: seen.forgives }),
      }
    }
    case 'rolling-back': {
      const { hold: _, highWater: __, refusedSince: ___, overdue: ____, ...rest } = phase
      return {
        ...rest,
        progressAt: seen.now,
        ...(seen.forgives !== undefined && { forgives: seen.forgives }),
      }
    }
    case 'baking': {
      const { failBy: _, waitsSince: __, refusedSince: ___, steady: ____, ...rest } = phase
      return { ...rest, since: seen.now, restartsBefore: 0, restarts: seen.restarts }
    }
    case 'done':
      return acceptedAsItIs(phase, seen)
    // Tried for long enough once: its person wants the same again, and it reads first.
    case 'patching': {
      const { tried: _, retryAt: __, ...rest } = phase
      return phase.tried === undefined ? phase : { ...rest, attempt: phase.attempt + 1, since: seen.now }
    }
    // It could not be taken back, and is judged anew: where it has its target, with the pods that the person has seen.
    case 'stuck':
      return { kind: 'waiting', ...(seen.forgives !== undefined && { forgives: seen.forgives }) }
    default:
      return phase
  }
}
