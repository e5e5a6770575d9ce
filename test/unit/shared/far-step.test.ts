import { defaultGates } from '../../../shared/release/gates/gate-table.ts'
import { expect, test } from 'vitest'
import { isFarStep } from '../../../shared/far-step.ts'
import type { CommandInput } from '../../../shared/contract.ts'
import { withPlans } from '../../visual/plan-fixture.ts'
import { pipelineStates } from '../../visual/pipeline-states.ts'

const view = withPlans(pipelineStates.canary(), false)
const target = { connection: 'staging', namespace: 'demo', service: 'demo-http' }
const gates = { ...defaultGates, bakeSeconds: 0 }

/** Batches of 1, 16, 16 and 16 pods; `approvals`: where a person is asked, batch by batch. */
function start(
  approvals: readonly boolean[],
  leftOut: readonly number[] = [],
  sizes: CommandInput<'release/start'>['draft']['sizes'] = [],
) {
  const input: CommandInput<'release/start'> = {
    request: 'request-1',
    draft: {
      target,
      change: { kind: 'restart' },
      sizes,
      steps: view.batches.map((batch, index) => ({
        batch: batch.uid,
        gates: { ...gates, approval: approvals[index] ?? true },
        leftOut: leftOut.includes(index),
      })),
      onFailure: 'pause',
      batchLimitSeconds: 600,
    },
  }
  return isFarStep(view, 'release/start', input)
}

test('a start that stops at a gate after the canary is not far; one that asks nobody before most pods is', () => {
  expect(start([true, true, true, true])).toBe(false)
  expect(start([false, true, true, true])).toBe(false)
  expect(start([false, false, true, true])).toBe(true)
  expect(start([false, false, false, false])).toBe(true)
  expect(start([false, false, true, true], [2, 3])).toBe(false)
})

test('a start that first makes the canary larger than all others together is far', () => {
  const sizes = view.batches.map(({ uid: batch, number, desired }) => ({
    batch,
    from: desired,
    to: number === 1 ? 40 : 3,
  }))
  expect(start([true, true, true, true], [], sizes)).toBe(true)
})

test('an approval is far when more than half of the pods are new by the next gate', () => {
  const approve = (step: number) =>
    isFarStep(view, 'release/approve', { request: 'request-1', target, release: 'one', step })
  expect([approve(0), approve(1), approve(2)]).toEqual([false, true, true])
})

test('an approval past a batch that was left out of the running release is far, however few pods follow', () => {
  const few = {
    ...view,
    batches: view.batches.map((one) => ({ ...one, desired: one.number === 4 ? 90 : 1 })),
  }
  const skipped = {
    ...few,
    batches: few.batches.map((one) => (one.number === 2 ? { ...one, look: 'skipped' as const } : one)),
  }
  const approve = (seen: typeof view) =>
    isFarStep(seen, 'release/approve', { request: 'request-1', target, release: 'one', step: 1 })
  expect([approve(few), approve(skipped)]).toEqual([false, true])
})

test('a plan that leaves out a batch whose gate asked is far: that gate is gone with it', () => {
  const steps = view.batches.slice(2, 3).map((batch) => ({ batch: batch.uid, gates, leftOut: true }))
  const input = { request: 'request-1', target, release: 'one', change: { steps, sizes: [] } }
  expect(isFarStep(view, 'release/change-plan', input)).toBe(true)
})

test('opening all gates is far, and so is a plan that asks less often than before', () => {
  expect(isFarStep(view, 'release/push-all', { request: 'request-1', target, release: 'one' })).toBe(true)
  const change = (approval: boolean) =>
    isFarStep(view, 'release/change-plan', {
      request: 'request-1',
      target,
      release: 'one',
      change: {
        steps: view.batches.slice(2, 3).map((batch) => ({
          batch: batch.uid,
          gates: { ...gates, approval },
          leftOut: false,
        })),
        sizes: [],
      },
    })
  expect([change(true), change(false)]).toEqual([false, true])
})

test('braking and going back are never far', () => {
  const common = { request: 'request-1', target, release: 'one' }
  expect(isFarStep(view, 'release/stop', common)).toBe(false)
  expect(isFarStep(view, 'release/roll-back', { ...common, mode: 'at-once', batches: [] })).toBe(false)
})
