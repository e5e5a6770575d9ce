import { assertNever } from '../assert-never.ts'
import { approvalGate } from './gates/approval.ts'
import { decideResize } from './decide-resize.ts'
import { decideRollBack } from './decide-roll-back.ts'
import { findBatch, type Observed } from './observed.ts'
import { lookAtBatch, rollingPhase } from './progress.ts'
import type { Release } from './release.ts'
import { setImages } from './set-images.ts'
import { runsImages } from './template-images.ts'
import { earliest, held, logged, setPhase, type Decision } from './transitions.ts'

/**
 * Looks at everything and says what is to be done next. Pure: unchanged input gives unchanged output, so that a
 * missed, doubled or reordered event can't break it. The release it returns holds the intent of its effects and
 * has to be journaled before they are executed.
 */
export function decide(release: Release, observed: Observed, now: number): Decision {
  switch (release.state.kind) {
    case 'ended':
      return { release, effects: [] }
    case 'rolling-back':
      return decideRollBack(release, release.state, { observed, now })
    case 'running':
    case 'paused':
    case 'held':
      // No gate opens on stale data, and nothing is judged by it.
      return observed.freshness.kind === 'live'
        ? decideForward(release, observed, now)
        : { release, effects: [] }
    default:
      return assertNever(release.state)
  }
}

function decideForward(release: Release, observed: Observed, now: number): Decision {
  const looks = release.batches.map((own) => ({
    own,
    look: lookAtBatch(release, own, { batch: findBatch(observed, own.uid), now }),
  }))
  const wakeAt = earliest(looks.map(({ look }) => look.wakeAt))
  let next: Release = release
  for (const { own, look } of looks) {
    if (look.phase === own.phase) continue
    next = setPhase(next, own, look.phase)
    if (look.phase.kind === 'baking') next = logged(next, { at: now, what: 'batch-ready', batch: own.uid })
    if (look.phase.kind === 'done') next = logged(next, { at: now, what: 'batch-done', batch: own.uid })
  }
  const hold = looks.find(({ look }) => look.hold !== undefined)?.look.hold
  if (hold !== undefined) return { release: held(next, hold, now), effects: [] }
  if (next.state.kind !== 'running') return withWake({ release: next, effects: [] }, wakeAt)
  if (next.resize !== undefined && next.resize.phase !== 'done') {
    return decideResize(next, next.resize, { observed, now })
  }
  return withWake(advance(next, observed, now), wakeAt)
}

/** Starts the next batch if everything before it is done and its gate is open. */
function advance(release: Release, observed: Observed, now: number): Decision {
  const index = release.batches.findIndex((own) => own.phase.kind !== 'done')
  const own = release.batches[index]
  if (own === undefined || release.change.kind === 'none')
    return { release: ended(release, now), effects: [] }
  const batch = findBatch(observed, own.uid)
  if (batch === undefined) return { release, effects: [] }
  switch (own.phase.kind) {
    case 'waiting': {
      if (index > 0 && approvalGate(release, index - 1).kind !== 'open') return { release, effects: [] }
      if (batch.paused)
        return { release: held(release, { kind: 'batch-paused', batch: own.uid }, now), effects: [] }
      const started = logged(release, { at: now, what: 'batch-started', batch: own.uid })
      if (runsImages(batch, release.change.images)) {
        // Already at the target: a patch would change nothing, and we would wait for a change that never comes.
        const rolling = rollingPhase(batch, { since: now, ...deadlineOf(batch) }, now)
        const seen = { ...rolling, restartsBefore: batch.restarts }
        return decideForward(setPhase(started, own, seen), observed, now)
      }
      const intent = { kind: 'patching', attempt: 1, since: now, ...deadlineOf(batch) } as const
      return {
        release: setPhase(started, own, intent),
        effects: [setImages(release, own, { batch, attempt: 1 })],
      }
    }
    case 'patching': {
      if (own.phase.retryAt !== undefined && now < own.phase.retryAt) {
        return { release, effects: [], wakeAt: own.phase.retryAt }
      }
      return { release, effects: [setImages(release, own, { batch, attempt: own.phase.attempt })] }
    }
    default:
      return { release, effects: [] }
  }
}

function deadlineOf(batch: { readonly deadlineExceededAt?: number }): { readonly deadlineBefore?: number } {
  return batch.deadlineExceededAt === undefined ? {} : { deadlineBefore: batch.deadlineExceededAt }
}

function ended(release: Release, now: number): Release {
  return logged(
    { ...release, state: { kind: 'ended', at: now, outcome: 'done' } },
    { at: now, what: 'ended' },
  )
}

function withWake(decision: Decision, wakeAt: number | undefined): Decision {
  const first = earliest([decision.wakeAt, wakeAt])
  return first === undefined ? decision : { ...decision, wakeAt: first }
}
