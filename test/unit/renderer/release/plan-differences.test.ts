import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { planDifferences } from '../../../../renderer/release/plan-differences.ts'
import { onto, type PlanEdit } from '../../../../renderer/plan/plan-edit.ts'

const batches = [1, 2, 3].map((number) => ({ uid: uid(`b${String(number)}`), number }))
const plan = (...numbers: number[]): PlanEdit => ({
  steps: numbers.map((number) => ({ batch: uid(`b${String(number)}`), gates: defaultGates, leftOut: false })),
  onFailure: 'pause',
  batchLimitSeconds: 600,
})
const about = { words: words.en.plan, batches }

test('the same plan differs in nothing', () => {
  expect(planDifferences(plan(1, 2, 3), plan(1, 2, 3), about)).toEqual([])
})

test('each difference is said as it is now: order, a batch, what happens on failure, the limit', () => {
  const base = plan(1, 2, 3)
  const now: PlanEdit = {
    ...plan(1, 3, 2),
    onFailure: 'roll-back-all',
    batchLimitSeconds: 120,
  }
  const left = { ...now, steps: now.steps.map((one) => ({ ...one, leftOut: one.batch === 'b3' })) }
  expect(planDifferences(base, left, about)).toEqual([
    'Order: 1 → 3 → 2',
    'Batch 3: left out',
    `If a batch fails: ${words.en.plan.policies['roll-back-all']}`,
    'held after 2 min without progress',
  ])
})

test('an edit that is kept has exactly the batches that can be changed now', () => {
  expect(onto(plan(3, 1, 2), plan(1, 2, 3)).steps.map((one) => one.batch)).toEqual(['b3', 'b1', 'b2'])
  expect(onto(plan(3, 2), plan(1, 2, 3)).steps.map((one) => one.batch)).toEqual(['b1', 'b3', 'b2'])
  expect(onto(plan(3, 1, 2), plan(2, 3)).steps.map((one) => one.batch)).toEqual(['b3', 'b2'])
})
