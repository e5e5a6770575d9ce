import { expect, test } from 'vitest'
import { draftInput } from '../../../../renderer/draft/draft-input.ts'
import { draftNote, primaryText, whyNot } from '../../../../renderer/draft/draft-texts.ts'
import { drawnPlan } from '../../../../renderer/plan/drawn-plan.ts'
import {
  approvalsOf,
  changeableEdit,
  draftedPlan,
  isSamePlan,
  lastPart,
  loadedPlan,
  movedStep,
  planToSave,
  toDraft,
  usualEdit,
  withoutBegun,
  withStep,
  type PlanEdit,
} from '../../../../renderer/plan/plan-edit.ts'
import { begunSizes, runningSizes } from '../../../../renderer/release/running-sizes.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { createDraftStore } from '../../../../renderer/stores/draft.ts'
import { usualPlan } from '../../../../renderer/stores/drafted-plan.ts'
import type { PlanView } from '../../../../shared/view/plan-view.ts'
import { uid } from '../../../../shared/ids.ts'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { newTag } from '../../../visual/batch-fixture.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const view = pipelineStates.idle()
const { batches } = view
const batch = (number: number) => uid(`uid-batch-${String(number)}`)
const usual = usualEdit(batches)
const numbers = (edit: PlanEdit) => edit.steps.map((step) => Number(step.batch.slice(-1)))
const moved = movedStep(usual, batch(3), -1)
const changed = withStep(moved, batch(1), { leftOut: true })

test('a batch moves one place at a time and stays at the ends', () => {
  expect(numbers(moved)).toEqual([1, 3, 2, 4])
  expect(numbers(movedStep(usual, batch(1), -1))).toEqual([1, 2, 3, 4])
  expect(numbers(movedStep(usual, batch(4), 1))).toEqual([1, 2, 3, 4])
})

test('what is edited comes back from the draft as it was, and the usual plan leaves nothing in it', () => {
  const gates = { ...changed, steps: changed.steps.map((step) => ({ ...step, gates: { ...step.gates } })) }
  const edit = withStep(gates, batch(2), { gates: { ...defaultGates, bakeSeconds: 5 } })
  expect(draftedPlan(batches, toDraft(edit, batches))).toEqual(edit)
  expect(toDraft(usual, batches)).toEqual({ plan: usualPlan, gates: {} })
  expect(isSamePlan(edit, usual)).toBe(false)
})

test('a batch that appears while a plan is drafted stands behind the one that it follows', () => {
  const { plan, gates } = toDraft(movedStep(usualEdit(batches.slice(0, 3)), batch(1), 1), batches.slice(0, 3))
  expect(numbers(draftedPlan(batches, { plan, gates }))).toEqual([2, 1, 3, 4])
})

test('a gate before which nobody comes asks nobody: the last batch that takes part has none', () => {
  const edit = withStep(usual, batch(4), { leftOut: true })
  expect(lastPart(edit)).toBe(batch(3))
  expect(approvalsOf(edit)).toBe(2)
})

test('a release begins with the first batch of its plan, and its button and its line say so', () => {
  const draft = { ...createDraftStore().getState(), ...toDraft(changed, batches), tag: newTag }
  const input = draftInput(view, draft)
  expect(input.steps.map((step) => [step.batch, step.leftOut])).toEqual([
    [batch(1), true],
    [batch(3), false],
    [batch(2), false],
    [batch(4), false],
  ])
  expect(primaryText(view, input, words.en)).toBe('Start batch 3 – 16 pods')
  expect(draftNote(view, { input, words: words.en })).toBe(
    `Updates demo-aone-3 to ${newTag}, then waits for approval.`,
  )
})

test('with every batch left out there is nothing to start, and it says why', () => {
  const none = { ...usual, steps: usual.steps.map((step) => ({ ...step, leftOut: true })) }
  const draft = { ...createDraftStore().getState(), ...toDraft(none, batches), tag: newTag }
  const check = { kind: 'report', report: { checks: [] } } as const
  expect(whyNot(view, check, { input: draftInput(view, draft), parts: draft, words: words.en })).toBe(
    words.en.plan.allLeftOut,
  )
})

test('a kept plan comes back on the batches that are there, with the names that are gone and new', () => {
  const kept = planToSave(changed, batches)
  const gone = { ...kept, steps: kept.steps.filter((step) => step.name !== 'demo-aone-4') }
  const extra = {
    ...gone,
    steps: [...gone.steps, { gates: { ...defaultGates }, leftOut: false, name: 'demo-aone-9' }],
  }
  const { edit, missing, added } = loadedPlan(extra, batches)
  expect(missing).toEqual(['demo-aone-9'])
  expect(added).toEqual(['demo-aone-4'])
  expect(numbers(edit)).toEqual([1, 3, 4, 2])
  expect(loadedPlan(kept, batches)).toEqual({ edit: changed, missing: [], added: [] })
})

const running: PlanView = {
  ...usual,
  steps: usual.steps.map((step, index) => ({ ...step, begun: index === 0 })),
}

test('what begins while a plan is changed falls out of the change and is named', () => {
  const edit = movedStep(changeableEdit(running), batch(4), -1)
  expect(numbers(edit)).toEqual([2, 4, 3])
  const later = { ...running, steps: running.steps.map((step, index) => ({ ...step, begun: index < 2 })) }
  const { edit: left, begun } = withoutBegun(edit, later)
  expect(numbers(left)).toEqual([4, 3])
  expect(begun).toEqual([batch(2)])
})

test('the picture follows the drafted order before a release, and the order of the release while one runs', () => {
  const { plan } = toDraft(changed, batches)
  const before = drawnPlan({ batches, running: false }, plan)
  expect(before.batches.map((one) => one.number)).toEqual([1, 3, 2, 4])
  expect(before.left).toEqual({ [batch(1)]: 0 })
  const skipped = batches.map((one) =>
    one.number === 4 ? { ...one, look: 'skipped' as const, servingNew: 3 } : one,
  )
  const during = drawnPlan({ batches: skipped, running: true }, plan)
  expect(during.batches.map((one) => one.number)).toEqual([1, 2, 3, 4])
  expect(during.left).toEqual({ [batch(4)]: 3 })
})

test('of sizes dragged while a release runs only those that are free are sent; one that has begun is named', () => {
  const sizes = { [batch(2)]: 8, [batch(3)]: 24 }
  expect(runningSizes(batches, sizes)).toEqual([
    { batch: batch(2), from: 16, to: 8 },
    { batch: batch(3), from: 16, to: 24 },
  ])
  const fixed = { kind: 'fixed', why: { kind: 'size-updating' } } as const
  const begun = batches.map((one) => (one.number === 2 ? { ...one, size: fixed } : one))
  expect(begunSizes(begun, sizes)).toEqual([2])
})
