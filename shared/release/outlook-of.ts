import { assertNever } from '../assert-never.ts'
import type { Uid } from '../ids.ts'
import { decideFreezes } from './decide-freeze.ts'
import { approvalGate } from './approval-gate.ts'
import { findBatch, type Observed } from './observed.ts'
import type { Outlook, Standstill } from './outlook.ts'
import type { Release, ReleaseBatch } from './release.ts'
import { firstToCome, isFrozen, isPassed, stepBefore } from './standing.ts'

type Seen = Pick<Observed, 'batches'>

export function outlookOf(release: Release, seen: Seen): Outlook {
  const { state } = release
  switch (state.kind) {
    case 'ended':
      return still(release, seen, { kind: 'ended', outcome: state.outcome })
    case 'paused':
      return still(release, seen, { kind: 'paused' })
    case 'held':
      return still(release, seen, { kind: 'held', batch: numberOf(release, state.hold.batch) })
    case 'rolling-back': {
      const chosen = release.batches.filter((own) => state.batches.includes(own.uid))
      const stuck = chosen.some((own) => own.phase.kind === 'stuck')
      const back = chosen.filter(({ phase }) => !isBackOrStuck(phase.kind) && phase.kind !== 'rolling-back')
      return {
        ...brakes(release, seen),
        scales: [],
        updates: [],
        returns: numbers(state.mode === 'batch-by-batch' ? [...back].reverse() : back),
        finishes: numbers(chosen.filter(({ phase }) => phase.kind === 'rolling-back')),
        then:
          state.then === 'hold' && state.because !== undefined
            ? { kind: 'held', batch: numberOf(release, state.because.batch) }
            : { kind: 'ended', outcome: stuck ? 'rolled-back-in-part' : 'rolled-back' },
      }
    }
    case 'running':
      return forward(release, seen)
    default:
      return assertNever(state)
  }
}

function forward(release: Release, seen: Seen): Outlook {
  const { returns, ...here } = still(release, seen, { kind: 'ended', outcome: 'done' })
  const scales = unsentSizes(release, seen).map(({ batch }) => batch)
  const updates: ReleaseBatch[] = []
  const unpauses: number[] = []
  let then: Standstill = here.then
  const first = firstToCome(release)
  const coming = first < 0 || release.change.kind === 'none' ? [] : release.batches.slice(first)
  for (const own of coming.filter((one) => !isPassed(one))) {
    const { kind } = own.phase
    if (kind === 'rolling' || kind === 'baking') continue
    const step = stepBefore(release, release.batches.indexOf(own))
    if (kind !== 'patching' && step !== undefined && approvalGate(release, step).kind !== 'open') {
      then = { kind: 'approval', batch: own.number }
      break
    }
    updates.push(own)
    // Kept still since an earlier release was here: cleared at its turn.
    if (isFrozen(own)) unpauses.push(own.number)
  }
  if (then.kind === 'ended') {
    // What it leaves out, and had kept still, is let go with its end.
    const left = release.batches.filter(
      (own) => isFrozen(own) && !updates.includes(own) && findBatch(seen, own.uid) !== undefined,
    )
    unpauses.push(...numbers(left))
  }
  return {
    ...here,
    returns,
    scales: scales.map((batch) => numberOf(release, batch)),
    unpauses: [...here.unpauses, ...unpauses],
    updates: numbers(updates),
    then,
  }
}

/** Nothing is begun any more. A batch that a person has sent back is on its way all the same. */
function still(release: Release, seen: Seen, then: Standstill): Outlook {
  const ended = release.state.kind === 'ended'
  const moving = release.batches.filter((own) => {
    const { phase } = own
    if (isFrozen(own)) return false
    return phase.kind === 'rolling' || phase.kind === 'baking' || phase.kind === 'rolling-back'
  })
  return {
    ...brakes(release, seen),
    scales: [],
    returns: ended ? [] : numbers(release.batches.filter(({ phase }) => phase.kind === 'returning')),
    finishes: numbers(moving),
    updates: [],
    then,
  }
}

/**
 * Sizes that are still to be written. Once all has grown, what was to grow is not looked at any more; nor is one that is
 * left out and has no Deployment any more.
 */
export function unsentSizes(
  { resize, batches }: Release,
  seen: Seen,
): NonNullable<Release['resize']>['targets'] {
  if (resize === undefined || resize.phase === 'done') return []
  const isLeft = (batch: Uid): boolean => {
    const phase = batches.find((own) => own.uid === batch)?.phase
    return findBatch(seen, batch) !== undefined || phase?.kind !== 'skipped' || phase.asks !== true
  }
  return resize.targets.filter(
    ({ batch, sent, from, to }) => !sent && isLeft(batch) && (resize.phase === 'growing' || to < from),
  )
}

/** What is gone has nothing left to be paused. */
function brakes(release: Release, seen: Seen): Pick<Outlook, 'pauses' | 'unpauses'> {
  const { effects } = decideFreezes(release, Infinity)
  const of = (paused: boolean): readonly number[] =>
    effects.flatMap((effect) =>
      effect.kind === 'set-paused' && effect.paused === paused && findBatch(seen, effect.batch) !== undefined
        ? [numberOf(release, effect.batch)]
        : [],
    )
  return { pauses: of(true), unpauses: of(false) }
}

function isBackOrStuck(kind: ReleaseBatch['phase']['kind']): boolean {
  return kind === 'returned' || kind === 'stuck'
}

function numbers(batches: readonly ReleaseBatch[]): readonly number[] {
  return batches.map((own) => own.number)
}

function numberOf(release: Release, batch: Uid): number {
  return release.batches.find((own) => own.uid === batch)?.number ?? 0
}
