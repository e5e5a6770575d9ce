import { assertNever } from '../../assert-never.ts'
import type { Refusal, ReleaseBatch } from '../release.ts'
import type { Hold } from '../hold.ts'

/** What a release is held for, when this is what a write of it came to. */
export function holdFor(own: ReleaseBatch, refusal: Refusal): Hold {
  switch (refusal.kind) {
    case 'foreign':
      return { ...refusal, batch: own.uid }
    case 'gone':
      return { kind: 'gone', batch: own.uid }
    case 'paused':
      return { kind: 'batch-paused', batch: own.uid, manager: refusal.manager, at: refusal.at }
    case 'refused':
      return { kind: 'refused', batch: own.uid, message: refusal.message }
    case 'given-up':
      return { kind: 'given-up', batch: own.uid, message: refusal.message, tries: refusal.tries }
    case 'unready':
      return refusal.hold
    default:
      return assertNever(refusal)
  }
}
