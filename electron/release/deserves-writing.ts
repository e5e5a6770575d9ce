import type { BatchPhase, Release } from '../../shared/release/release.ts'

/** Whether a change has to be in the journal before anything else happens. Mere progress has not. */
export function deservesWriting(before: Release, after: Release): boolean {
  if (before === after) return false
  return (
    before.state !== after.state ||
    before.approved !== after.approved ||
    before.resize !== after.resize ||
    before.frozen !== after.frozen ||
    before.plan !== after.plan ||
    before.log.at(-1) !== after.log.at(-1) ||
    after.batches.some((batch, index) => {
      const old = before.batches[index]
      return old === undefined || (old.phase !== batch.phase && !isProgress(old.phase, batch.phase))
    })
  )
}

function isProgress(before: BatchPhase, after: BatchPhase): boolean {
  if (before.kind === 'done') return after.kind === 'done'
  return before.kind === 'rolling' && after.kind === 'rolling' && before.generation === after.generation
}
