import type { BatchPhase, Release, Resize } from '../../shared/release/release.ts'
import { isSameBake } from '../../shared/release/unwatched.ts'

/** Whether a change has to be in the journal before anything else happens. Mere progress has not. */
export function deservesWriting(before: Release, after: Release): boolean {
  if (before === after) return false
  return (
    before.state !== after.state ||
    before.approved !== after.approved ||
    isNewSize(before.resize, after.resize) ||
    before.plan !== after.plan ||
    before.log.at(-1) !== after.log.at(-1) ||
    after.batches.some((batch, index) => {
      const old = before.batches[index]
      if (old === undefined || old.inDoubt !== batch.inDoubt || old.freeze !== batch.freeze) return true
      return old.phase !== batch.phase && !isProgress(old.phase, batch.phase)
    })
  )
}

/** That a size came nearer is mere progress. */
function isNewSize(before: Resize | undefined, after: Resize | undefined): boolean {
  if (before === after) return false
  const isSame = before?.phase === after?.phase && before?.targets.length === after?.targets.length
  return (
    !isSame ||
    (after?.targets ?? []).some((target, index) => {
      const old = before?.targets[index]
      return (
        old?.batch !== target.batch ||
        old.sent !== target.sent ||
        old.asked !== target.asked ||
        old.tried !== target.tried
      )
    })
  )
}

function isProgress(before: BatchPhase, after: BatchPhase): boolean {
  if (before.kind === 'baking') return after.kind === 'baking' && isSameBake(before, after)
  if (before.kind === 'done') return after.kind === 'done'
  if (before.kind === 'rolling-back' && after.kind === 'rolling-back')
    return before.overdue === after.overdue && before.hold?.kind === after.hold?.kind
  return before.kind === 'rolling' && after.kind === 'rolling' && before.generation === after.generation
}
