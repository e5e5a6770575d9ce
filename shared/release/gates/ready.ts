import type { Batch } from '../../model/batch-set.ts'
import { isExcused, mayMiss } from './excused.ts'
import { lastWriter } from '../last-writer.ts'
import type { Gate, GateInput, GateResult } from './gate.ts'

type Tolerant = { readonly tolerance: number }
type Values = Tolerant & { readonly waitForEnding: boolean }

/** Whether a batch is whole is what its phase `rolling` waits for. */
export const ready: Gate<Tolerant> = {
  settings: {
    tolerance: {
      kind: 'count',
      usual: 0,
      most: 10_000,
      mostOf: ({ desired }) => Math.max(0, desired - 1),
      option: {
        name: 'tolerance',
        takes: { en: 'PODS', zh: 'POD 数' },
        what: {
          en: 'Pods of a batch that may be missing or failing; default 0.',
          zh: '一批中允许缺少或异常的 Pod；默认 0。',
        },
      },
      words: {
        en: {
          column: 'May be missing',
          of: (batch) => `Pods of batch ${batch} that may be missing`,
          short: (pods) =>
            pods > 0 ? (pods === 1 ? '1 pod may be missing' : `${pods} pods may be missing`) : '',
        },
        zh: {
          column: '允许缺少',
          of: (batch) => `第 ${batch} 批允许缺少的 Pod 数`,
          short: (pods) => (pods > 0 ? `允许缺 ${pods} 个 Pod` : ''),
        },
      },
    },
  },
}

/**
 * Open when the batch is done as the Deployment controller judges it (all of `spec.replicas` updated, none old, all
 * available, this generation observed), and its new pods are ready endpoints of the Service.
 * Fails on what a batch can't get over by itself, seconds after a pod shows it.
 */
export function readyGate({ gates, batch, generation, deadlineBefore }: GateInput<Values>): GateResult {
  if (batch.generation < generation || batch.observedGeneration < batch.generation) return { kind: 'wait' }
  if (batch.paused) {
    const writer = lastWriter(batch.writers, 'paused')
    return { kind: 'fail', hold: { kind: 'batch-paused', batch: batch.uid, ...writer } }
  }
  if (batch.trouble?.weight === 'final' && !isExcused(batch, gates.tolerance)) {
    const { reason, message, pod, pods } = batch.trouble
    return {
      kind: 'fail',
      hold: { kind: 'pods', batch: batch.uid, reason, message, pods, ...(pod !== undefined && { pod }) },
    }
  }
  // A deadline that passed before our patch belongs to the rollout before: its condition stays until the controller has
  // seen ours. Another time is another deadline, also an earlier one: the controllers may have moved to a computer whose
  // clock is behind.
  if (batch.deadlineExceededAt !== undefined && batch.deadlineExceededAt !== deadlineBefore) {
    return { kind: 'fail', hold: { kind: 'deadline', batch: batch.uid } }
  }
  // However well its pods are: where no traffic reaches them nothing is proved.
  return batch.unselected !== true && isFull(batch, gates) ? { kind: 'open' } : { kind: 'wait' }
}

/**
 * All pods are new and serve; `tolerance` may be missing, but never the only pod. Where the Service does not select them
 * they serve nobody, and are whole once they are available.
 */
export function isFull(batch: Batch, { tolerance, waitForEnding }: Values): boolean {
  if (waitForEnding && batch.terminating > 0) return false
  if (batch.desired === 0) return batch.total === 0
  const enough = batch.desired - mayMiss(batch, tolerance)
  return (
    batch.newReplicaSet !== undefined &&
    batch.updated === batch.desired &&
    batch.total === batch.updated &&
    batch.available >= enough &&
    (batch.unselected === true || batch.servingNew >= enough)
  )
}
