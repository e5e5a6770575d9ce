import { expect, test } from 'vitest'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { applyPlan } from '../../../../shared/release/saved-plan.ts'
import { buildBatch } from '../../../support/build-batch.ts'

const gates = { ...defaultGates, bakeSeconds: 7 }
const plan = {
  steps: [
    { name: 'demo-aone-2', gates, leftOut: false },
    { name: 'demo-aone-9', gates, leftOut: false },
    { name: 'demo-aone-1', gates, leftOut: true },
  ],
  onFailure: 'pause',
  batchLimitSeconds: 60,
} as const

test('a kept plan goes by names: its order and gates hold, what is gone is named, what is new follows its neighbour', () => {
  const batches = [1, 2, 3].map((number) => buildBatch(number))
  expect(applyPlan(plan, batches)).toEqual({
    steps: [
      { batch: 'batch-2', gates, leftOut: false },
      { batch: 'batch-3', gates: defaultGates, leftOut: false },
      { batch: 'batch-1', gates, leftOut: true },
    ],
    missing: ['demo-aone-9'],
    added: ['demo-aone-3'],
  })
})

test('a plan of which nothing is left is the usual plan in the usual order', () => {
  const batches = [4, 5].map((number) => buildBatch(number))
  expect(applyPlan(plan, batches).steps.map((step) => step.batch)).toEqual(['batch-4', 'batch-5'])
})
