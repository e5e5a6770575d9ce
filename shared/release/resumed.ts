import type { Uid } from '../ids.ts'
import type { CommandContext } from './command.ts'
import { thawing } from './decide-freeze.ts'
import { findBatch } from './observed.ts'
import type { BatchPhase, Release, ReleaseBatch } from './release.ts'

/** As long as a kubelet waits at most before it pulls an image, or starts a container, again. */
const longestBackOffMs = 300_000

/** Going on means that the person has seen what held the release: it counts from now on. */
export function resumed(release: Release, { observed, now }: CommandContext): Release {
  const batches = release.batches.map((own): ReleaseBatch => {
    const seen = findBatch(observed, own.uid)
    if (seen === undefined) return own
    const noticed = {
      restarts: seen.restarts,
      deadline: seen.deadlineExceededAt,
      trouble: seen.trouble?.reason,
      pods: seen.pods.filter((pod) => pod.isNew).map((pod) => pod.uid),
      now,
    }
    return { ...own, phase: forgiven(own.phase, noticed) }
  })
  return thawing({ ...release, batches, state: { kind: 'running' } })
}

type Noticed = {
  readonly restarts: number
  readonly deadline: number | undefined
  readonly trouble: string | undefined
  readonly pods: readonly Uid[]
  readonly now: number
}

function forgiven(phase: BatchPhase, seen: Noticed): BatchPhase {
  switch (phase.kind) {
    case 'rolling': {
      const { failBy: _, forgives: __, ...rest } = phase
      return {
        ...rest,
        progressAt: seen.now,
        restartsBefore: seen.restarts,
        ...(seen.deadline !== undefined && { deadlineBefore: seen.deadline }),
        ...(seen.trouble !== undefined && {
          forgives: { reason: seen.trouble, pods: seen.pods, until: seen.now + longestBackOffMs },
        }),
      }
    }
    case 'baking': {
      const { failBy: _, ...rest } = phase
      return { ...rest, since: seen.now, restartsBefore: seen.restarts }
    }
    case 'done':
      return phase.sickSince === undefined ? phase : { ...phase, sickSince: seen.now }
    // The plan took it back after it failed: now it may try again. One that could not be taken back is judged anew.
    case 'returned':
    case 'stuck':
      return { kind: 'waiting' }
    default:
      return phase
  }
}
