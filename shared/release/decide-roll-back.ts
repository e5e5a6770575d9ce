import { assertNever } from '../assert-never.ts'
import type { Uid } from '../ids.ts'
import { homeOf, oursOf, wantedTemplate } from './change/change.ts'
import { isFull } from './gates/ready.ts'
import { isSeeingOut } from './settle/in-doubt.ts'
import { lastWriter } from './last-writer.ts'
import { lookAtReturn } from './look-at-return.ts'
import { findBatch, type Observed } from './observed.ts'
import { foreign, gatesOf } from './progress.ts'
import type { BatchPhase, Effect, Release, ReleaseBatch, ReleaseState } from './release.ts'
import type { Hold } from './hold.ts'
import { hasTemplate, templateDigest } from '../k8s/template-digest.ts'
import { earliest, held, logged, setPhase, type Decision } from './transitions.ts'
import { waitsUntil } from './settle/tries.ts'

type RollingBack = Extract<ReleaseState, { kind: 'rolling-back' }>
type Seen = { readonly observed: Observed; readonly now: number }

/**
 * Brings the chosen batches back to their own baselines: all at once, or the last one first, each ready before the
 * next. Writing works on stale data too (each write reads first); calling a batch returned needs live data.
 */
export function decideRollBack(release: Release, state: RollingBack, seen: Seen): Decision {
  const chosen = release.batches.filter((own) => state.batches.includes(own.uid))
  const order = state.mode === 'batch-by-batch' ? [...chosen].reverse() : chosen
  let next = release
  const effects: Effect[] = []
  const wakes: (number | undefined)[] = []
  for (const own of order) {
    const step = stepBack(release, own, seen)
    if (step.phase !== own.phase) next = setPhase(next, own, step.phase)
    if (step.phase.kind === 'returned' && own.phase.kind !== 'returned') {
      next = logged(next, { at: seen.now, what: 'batch-returned', batch: own.uid })
    }
    next = withNews(next, step.phase, { batch: own.uid, at: seen.now })
    if (step.effect !== undefined) effects.push(step.effect)
    wakes.push(step.wakeAt)
    const isBack = step.phase.kind === 'returned' || step.phase.kind === 'stuck'
    if (state.mode === 'batch-by-batch' && !isBack) break
  }
  const wakeAt = earliest(wakes)
  return { release: finished(next, state, seen.now), effects, ...(wakeAt !== undefined && { wakeAt }) }
}

/**
 * What keeps a batch from coming back is told once, however often it comes and goes, until a person has answered it. What
 * kept it from coming forward was told of another way: the roll back begins anew, and may wait for the very same.
 */
function withNews(
  release: Release,
  phase: BatchPhase,
  { batch, at }: { readonly batch: Uid; readonly at: number },
): Release {
  const hold = phase.kind === 'rolling-back' ? phase.hold : undefined
  const last = release.log.findLast(
    ({ what, batch: about }) =>
      what === 'roll-back' || (about === batch && (what === 'held' || what === 'retried')),
  )?.hold
  if (hold === undefined || (last?.kind === hold.kind && reasonOf(last) === reasonOf(hold))) return release
  return logged(release, { at, what: 'held', batch, hold })
}

function reasonOf(hold: Hold): string {
  return hold.kind === 'pods' ? hold.reason : ''
}

function finished(release: Release, state: RollingBack, now: number): Release {
  const phases = release.batches.filter((own) => state.batches.includes(own.uid)).map((own) => own.phase.kind)
  if (!phases.every((kind) => kind === 'returned' || kind === 'stuck')) return release
  // What may still land would make what is said here untrue a minute later.
  if (isSeeingOut(release)) return release
  if (state.then === 'hold' && state.because !== undefined) return held(release, state.because, now)
  const outcome = phases.includes('stuck') ? 'rolled-back-in-part' : 'rolled-back'
  return logged({ ...release, state: { kind: 'ended', at: now, outcome } }, { at: now, what: 'ended' })
}

type Step = { readonly phase: BatchPhase; readonly effect?: Effect; readonly wakeAt?: number }

/** One batch on its way back. */
export function stepBack(release: Release, own: ReleaseBatch, { observed, now }: Seen): Step {
  const { phase } = own
  switch (phase.kind) {
    case 'returned':
    case 'stuck':
      return { phase }
    case 'returning': {
      const wakeAt = waitsUntil(phase.retryAt, now)
      if (wakeAt !== undefined) return { phase, wakeAt }
      return { phase, effect: setTemplate(release, own, phase.attempt) }
    }
    case 'rolling-back': {
      const batch = findBatch(observed, own.uid)
      if (observed.freshness.kind !== 'live') return { phase }
      if (batch === undefined) return { phase: { kind: 'stuck', why: { kind: 'gone' }, at: now } }
      if (batch.generation < phase.generation || batch.observedGeneration < batch.generation)
        return lookAtReturn(release, phase, { batch, now })
      const home = phase.digest ?? homeOf(release, own).digest
      if (!hasTemplate(batch, home)) {
        const { manager, at } = foreign(batch)
        return { phase: { kind: 'stuck', why: { kind: 'foreign', manager, at }, at: now } }
      }
      if (batch.paused) {
        const why = { kind: 'paused', ...lastWriter(batch.writers, 'paused') } as const
        return { phase: { kind: 'stuck', why, at: now } }
      }
      return isFull(batch, gatesOf(release, own.uid))
        ? {
            phase: {
              kind: 'returned',
              at: now,
              digest: home,
              ...(phase.to !== undefined && { to: phase.to }),
            },
          }
        : lookAtReturn(release, phase, { batch, now })
    }
    case 'waiting':
    case 'patching':
    case 'rolling':
    case 'baking':
    case 'done':
    case 'skipped': {
      // What the server made of our patch may be more than we sent, if a webhook has added to it.
      const over = 'digest' in phase ? { over: [phase.digest] } : {}
      const returning = { kind: 'returning', attempt: 1, since: now, ...over } as const
      return { phase: returning, effect: setTemplate(release, { ...own, phase: returning }, 1) }
    }
    default:
      return assertNever(phase)
  }
}

function setTemplate(release: Release, own: ReleaseBatch, attempt: number): Effect {
  const { template, digest } = homeOf(release, own)
  const { phase } = own
  return {
    kind: 'set-template',
    way: 'back',
    id: `${release.id}/${own.number}/back/${attempt}`,
    batch: own.uid,
    name: own.name,
    template,
    templateDigest: digest,
    replaceable: [
      digest,
      own.startsFrom,
      own.baseline.templateDigest,
      templateDigest(wantedTemplate(release, own)),
      ...(phase.kind === 'returning' ? (phase.over ?? []) : []),
    ],
    ...oursOf(release, own),
    unpause: true,
    cause: `tranche: release ${release.id} ${release.change.kind === 'restore' ? 'goes back' : 'rolled back'}`,
  }
}
