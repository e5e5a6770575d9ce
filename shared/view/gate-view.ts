import type { Batch, BatchSet } from '../model/batch-set.ts'
import { isExcused, missingPods } from '../release/gates/excused.ts'
import { newRestarts } from '../release/gates/restarts.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'
import { gatesOf } from '../release/progress.ts'
import { updatedPods } from './version-of.ts'
import { batchAfter, hasGate, stepBefore, waitingStep } from '../release/standing.ts'
import type { Uid } from '../ids.ts'
import { speakingGates, type Gates } from '../release/gates/gate-table.ts'

/** The gate between a batch and the next one. */
export type GateView = {
  readonly after: Uid
  readonly afterNumber: number
  readonly spec: Gates
  /** `next`: nothing yet; `ready n of m`; `bake until`; `approval`: it waits for a person; `passed`; `blocked`. */
  readonly stage:
    | { readonly kind: 'next' }
    | { readonly kind: 'ready'; readonly ready: number; readonly desired: number }
    | { readonly kind: 'bake'; readonly until: number }
    | { readonly kind: 'approval'; readonly since: number }
    | { readonly kind: 'passed' }
    | { readonly kind: 'blocked' }
  readonly lines: readonly {
    /** `own`: of a gate that speaks for itself. */
    readonly gate: 'ready' | 'ending' | 'bake' | 'restarts' | 'approval' | 'own'
    readonly look: GateLook
    readonly sentence: Sentence
  }[]
}

export type GateLook = 'waiting' | 'open' | 'blocked' | 'yours'

type Line = GateView['lines'][number]

/** One gate after each batch that takes part, in the order of the plan. "Ready" at a gate counts new pods only. */
export function gateViews(set: BatchSet, release: Release, now: number): readonly GateView[] {
  return release.plan.steps.flatMap((step, index) => {
    const own = release.batches.find((one) => one.uid === step.batch)
    const batch = set.batches.find((one) => one.uid === step.batch)
    if (own === undefined || batch === undefined || !hasGate(own)) return []
    if (own.phase.kind !== 'skipped') return [gateView(release, index, { own, batch, now })]
    // It proved nothing: all that stands there is a person's word, where something follows.
    return batchAfter(release, index) === undefined ? [] : [gateAfterSkipped(release, index, own)]
  })
}

type Seen = { readonly own: ReleaseBatch; readonly batch: Batch; readonly now: number }

function gateView(release: Release, step: number, seen: Seen): GateView {
  const { own, batch } = seen
  const gates = gatesOf(release, own.uid)
  const last = step >= release.batches.findLastIndex((one) => one.phase.kind !== 'skipped')
  const phase = own.phase.kind
  const isHeldHere = release.state.kind === 'held' && release.state.hold.batch === own.uid
  const active = phase === 'rolling' || phase === 'baking' || phase === 'patching'
  const whole = phase === 'baking' || phase === 'done'
  // Whole is latched; what the plan forgives is missing all the same, and is said.
  const excused = active || whole ? missingPods(batch, gates.tolerance) : undefined
  const ready = whole || active ? updatedPods(release, own, batch) : 0
  const restarts =
    phase === 'rolling' || phase === 'baking'
      ? newRestarts({
          gates,
          batch,
          restarts: own.phase.restarts,
          restartsBefore: own.phase.restartsBefore,
        })
      : 0
  const waiting = waitingStep(release) === step && release.state.kind === 'running'
  const approved = release.approved.includes(step)
  const lines: Line[] = [
    line('ready', whole ? 'open' : isHeldHere ? 'blocked' : 'waiting', {
      kind: 'gate-ready',
      ready,
      desired: batch.desired,
      // Before it is whole, pods are missing because they are only starting.
      ...(excused !== undefined && (whole || isExcused(batch, gates.tolerance)) && { excused }),
    }),
    line('restarts', restarts > gates.restartsAllowed ? 'blocked' : whole ? 'open' : 'waiting', {
      kind: 'gate-restarts',
      restarts,
      allowed: gates.restartsAllowed,
    }),
  ]
  if (gates.waitForEnding) {
    const { terminating: ending } = batch
    const look = whole ? 'open' : 'waiting'
    lines.push(line('ending', look, { kind: 'gate-ending', ending: active || whole ? ending : 0 }))
  }
  if (gates.bakeSeconds > 0) {
    const { bakeSeconds: seconds } = gates
    lines.push(
      line('bake', phase === 'done' ? 'open' : 'waiting', {
        kind: phase === 'done' ? 'gate-baked' : 'gate-bake',
        seconds,
      }),
    )
  }
  lines.push(...ownLines(gates, seen))
  if (gates.approval && !last) {
    const look: GateLook = approved ? 'open' : waiting ? 'yours' : 'waiting'
    const kind = approved ? 'gate-approved' : waiting ? 'gate-approval-yours' : 'gate-approval-later'
    lines.push(line('approval', look, { kind }))
  }
  return {
    after: own.uid,
    afterNumber: own.number,
    spec: gates,
    stage: stageOf(release, step, { own, batch, ready, isHeldHere, waiting }),
    lines,
  }
}

/** Of gates that speak for themselves: as they say now, while they are asked. */
function ownLines(gates: Gates, { own: { phase }, batch, now }: Seen): readonly Line[] {
  const asked = phase.kind === 'rolling' || phase.kind === 'baking' ? phase : undefined
  return speakingGates({
    gates,
    batch,
    generation: asked?.generation ?? batch.generation,
    restarts: asked?.restarts,
    restartsBefore: asked?.restartsBefore ?? 0,
    deadlineBefore: undefined,
    now,
    wholeSince: asked?.kind === 'baking' ? asked.since : undefined,
  }).map(({ lines: { id }, result }) => {
    const found = result.kind === 'fail' ? 'blocked' : result.kind === 'open' ? 'open' : 'waiting'
    const look = asked === undefined ? (phase.kind === 'done' ? 'open' : 'waiting') : found
    return line('own', look, { kind: 'gate-own', gate: id, values: gates })
  })
}

function gateAfterSkipped(release: Release, step: number, own: ReleaseBatch): GateView {
  const waiting = waitingStep(release) === step && release.state.kind === 'running'
  const approved = release.approved.includes(step)
  const next = batchAfter(release, step)
  const kind = approved ? 'gate-approved' : waiting ? 'gate-approval-yours' : 'gate-approval-later'
  const look: GateLook = approved ? 'open' : waiting ? 'yours' : 'waiting'
  const passed = next !== undefined && next.phase.kind !== 'waiting'
  return {
    after: own.uid,
    afterNumber: own.number,
    spec: gatesOf(release, own.uid),
    stage: waiting
      ? { kind: 'approval', since: skippedSince(release, step, own) }
      : { kind: passed ? 'passed' : 'next' },
    lines: [line('ready', 'waiting', { kind: 'gate-skipped' }), line('approval', look, { kind })],
  }
}

/** Since when its gate is waited at: since it was left out, or the one before it was done. */
function skippedSince(release: Release, step: number, own: ReleaseBatch): number {
  const left = release.log.findLast(
    ({ what, batch }) => batch === own.uid && (what === 'batch-skipped' || what === 'adopted'),
  )
  const done = release.batches
    .slice(0, step)
    .flatMap(({ phase }) => (phase.kind === 'done' ? [phase.at] : []))
  return Math.max(left?.at ?? release.startedAt, ...done)
}

function line(gate: Line['gate'], look: GateLook, sentence: Sentence): Line {
  return { gate, look, sentence }
}

function stageOf(
  release: Release,
  step: number,
  seen: { own: ReleaseBatch; batch: Batch; ready: number; isHeldHere: boolean; waiting: boolean },
): GateView['stage'] {
  const { phase } = seen.own
  if (seen.isHeldHere) return { kind: 'blocked' }
  switch (phase.kind) {
    case 'patching':
    case 'rolling':
      return { kind: 'ready', ready: seen.ready, desired: seen.batch.desired }
    case 'baking': {
      const seconds = release.plan.steps[step]?.gates.bakeSeconds ?? 0
      return { kind: 'bake', until: phase.since + seconds * 1000 }
    }
    case 'done': {
      if (seen.waiting) return { kind: 'approval', since: phase.at }
      const next = batchAfter(release, step)
      // Behind it another gate stands before the next batch: nothing waits here any more.
      const isLast = next !== undefined && stepBefore(release, release.batches.indexOf(next)) === step
      return !isLast || next.phase.kind !== 'waiting' ? { kind: 'passed' } : { kind: 'next' }
    }
    default:
      return { kind: 'next' }
  }
}
