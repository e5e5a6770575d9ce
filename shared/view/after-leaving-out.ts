import type { Uid } from '../ids.ts'
import type { Standstill } from '../release/outlook.ts'

/** A batch of a release as far as it matters here, in the order of its plan. */
export type LeftBehind = {
  readonly uid: Uid
  readonly number: number
  readonly pods: number
  readonly stage: 'to-come' | 'begun' | 'done' | 'left-out'
}

/** What comes of a release once this batch is left out of it: nothing begins on its account unless a person says so. */
export function afterLeavingOut(
  batches: readonly LeftBehind[],
  batch: string,
): { readonly then: Standstill; readonly pods: number } {
  const index = batches.findIndex((one) => one.uid === batch)
  const next = batches.slice(index + 1).find((one) => one.stage !== 'left-out')
  if (next?.stage === 'to-come') return { then: { kind: 'approval', batch: next.number }, pods: next.pods }
  const isOver = batches.every((one) => one.uid === batch || one.stage === 'done' || one.stage === 'left-out')
  return { then: isOver ? { kind: 'ended', outcome: 'done' } : { kind: 'paused' }, pods: 0 }
}
