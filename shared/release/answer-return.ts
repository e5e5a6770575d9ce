import type { Uid } from '../ids.ts'
import type { CommandContext } from './command-context.ts'
import { forgivenNow } from './forgiven.ts'
import { findBatch } from './observed.ts'
import type { BatchPhase, Release, ReleaseBatch } from './release.ts'
import { logged, setBatch } from './transitions.ts'

/** A batch that does not come back, of a release on its way back: a person decides about it, and the others go on. */
export function isStranded({ state, batches }: Release, batch: Uid): boolean {
  const own = batches.find((one) => one.uid === batch)
  return (
    own !== undefined &&
    state.kind === 'rolling-back' &&
    state.batches.includes(batch) &&
    isTriable(own.phase)
  )
}

/** The one that a person is asked about first. */
export function strandedBatch(release: Release, verb: 'retry' | 'skip'): Uid | undefined {
  const stranded = release.batches.filter((own) => isStranded(release, own.uid))
  const waited = stranded.find((own) => own.phase.kind === 'rolling-back')
  return waited?.uid ?? (verb === 'retry' ? stranded[0]?.uid : undefined)
}

/** Waited for in vain, or not written. */
function isTriable(phase: BatchPhase): boolean {
  return phase.kind === 'rolling-back' ? phase.hold !== undefined : isUnwritten(phase)
}

/** It may be written after all: not what is gone, what somebody else has written, or what a person goes on without. */
export function isUnwritten(phase: BatchPhase): boolean {
  if (phase.kind !== 'stuck') return false
  const { kind } = phase.why
  return kind === 'refused' || kind === 'given-up' || kind === 'paused'
}

/** Its pods get time anew, and get over what was seen; what could not be written is written again. */
export function returnedAgain(release: Release, batch: Uid, { observed, by, now }: CommandContext): Release {
  const own = release.batches.find((one) => one.uid === batch)
  if (own === undefined) return release
  const event = { at: now, what: 'retried', batch, by } as const
  return logged(setBatch(release, batch, { phase: again(own) }), event)

  function again({ phase }: ReleaseBatch): BatchPhase {
    if (phase.kind !== 'rolling-back') return { kind: 'returning', attempt: 1, since: now }
    const { hold, highWater: _, refusedSince: __, overdue: ___, ...rest } = phase
    const seen = findBatch(observed, batch)
    return { ...rest, progressAt: now, ...(seen !== undefined && forgivenNow(hold, { batch: seen, now })) }
  }
}

/** It keeps its earlier template, with pods that are not ready: nobody waits for them any more. */
export function goneOnWithout(release: Release, batch: Uid, { by, now }: CommandContext): Release {
  const own = release.batches.find((one) => one.uid === batch)
  if (own?.phase.kind !== 'rolling-back' || own.phase.hold === undefined) return release
  const phase = { kind: 'stuck', why: { kind: 'unready', hold: own.phase.hold }, at: now } as const
  return logged(setBatch(release, batch, { phase }), { at: now, what: 'batch-skipped', batch, by })
}
