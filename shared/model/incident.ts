import type { Uid } from '../ids.ts'
import type { Batch, BatchSet, Trouble } from './batch-set.ts'

/** A Service that fails while no release of ours runs on it: why, what was changed lately, and what would undo it. */
export type Incident = {
  /** Of all batches. */
  readonly ready: number
  readonly desired: number
  /** Pods that fail for the same reason, most of them first. */
  readonly faults: readonly {
    readonly reason: string
    readonly pods: number
    readonly batches: readonly number[]
  }[]
  /** What the proposal would undo, the first change first. Empty where nothing was changed lately. */
  readonly changes: readonly IncidentChange[]
  readonly proposal?: IncidentProposal
}

export type IncidentChange = {
  readonly batch: Uid
  readonly number: number
  /** 0 where nobody knows. */
  readonly at: number
  /** The program that wrote it, as the cluster recorded, or the person of a release of ours; empty: not known. */
  readonly manager: string
  /** Versions before and now. The same: something else of the template was changed. */
  readonly from: string
  readonly to: string
}

/** To what ran at a time. */
type IncidentProposal = {
  readonly at: number
  /** What ran then. */
  readonly version: string
  readonly batches: readonly number[]
  readonly pods: number
  /** Batches of which nobody knows what they ran then: they stay as they are. */
  readonly unknown: readonly number[]
}

/** Why a batch fails, whichever version its failing pods run; its new ones tell most. */
export function failureOf(batch: Pick<Batch, 'trouble' | 'oldTrouble'>): Trouble | undefined {
  if (batch.trouble?.weight === 'final') return batch.trouble
  return batch.oldTrouble ?? batch.trouble
}

/** Something that Kubernetes does not get over by itself, or that somebody outside it refuses. */
export function isSerious(trouble: Trouble | undefined): boolean {
  return trouble !== undefined && trouble.weight !== 'slow'
}

export function isFailing({ batches }: Pick<BatchSet, 'batches'>): boolean {
  return batches.some((batch) => isSerious(failureOf(batch)) || batch.deadlineExceededAt !== undefined)
}
