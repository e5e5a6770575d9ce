import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { expect, test } from 'vitest'
import { createDraftStore } from '../../../../renderer/stores/draft.ts'
import { isDirty, isTouched } from '../../../../renderer/stores/draft-data.ts'
import { setChanges } from '../../../../renderer/stores/drafted-on.ts'
import { uid } from '../../../../shared/ids.ts'
import type { BatchView } from '../../../../shared/view/batch-view.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const demo = { connection: 'staging', namespace: 'demo', service: 'demo' }
const other = { ...demo, service: 'other' }
const { batches } = pipelineStates.idle()
const [first, second, third] = ['uid-batch-1', 'uid-batch-2', 'uid-batch-3'].map(uid)

function opened() {
  const store = createDraftStore()
  store.getState().show(demo)
  store.getState().follow(demo, batches)
  return store
}

const scaled = (number: number, desired: number): readonly BatchView[] =>
  batches.map((batch) => (batch.number === number ? { ...batch, desired } : batch))
const without = (number: number) => batches.filter((batch) => batch.number !== number)
const recreated = (number: number): readonly BatchView[] =>
  batches.map((batch) => (batch.number === number ? { ...batch, uid: uid('uid-anew') } : batch))
const changesOf = ({ getState }: ReturnType<typeof createDraftStore>) => {
  const { on = [], now = [] } = getState()
  return setChanges(on, now)
}

test('a draft over a running release begins with its gates, and leaving it keeps what was typed', () => {
  const { release } = pipelineStates.canary()
  if (release === undefined) throw new Error('a release runs')
  const draft = createDraftStore()
  draft.getState().openOver(release)
  draft.getState().setTag('2')
  expect(draft.getState().over).toBe(release.id)
  expect(draft.getState().gates[uid('uid-batch-1')]).toEqual(release.gates[0]?.spec)
  draft.getState().leaveOver()
  expect(draft.getState()).toMatchObject({ over: undefined, tag: '2' })
})

test('sizes that were dragged are not lost by drafting the next release over one that runs', () => {
  const { release } = pipelineStates.canary()
  if (release === undefined) throw new Error('a release runs')
  const draft = opened()
  draft.getState().setSizes({ [uid('uid-batch-3')]: 20, [uid('uid-batch-4')]: 12 })
  draft.getState().openOver(release)
  expect(draft.getState().sizes).toEqual({ 'uid-batch-3': 20, 'uid-batch-4': 12 })
})

test('a restart is something drafted, a template only once it has been edited', () => {
  const draft = createDraftStore()
  const dirty = () => isDirty(draft.getState())
  expect(dirty()).toBe(false)
  draft.getState().setImage('app', '')
  expect(dirty()).toBe(false)
  draft.getState().setKind('restart')
  expect(dirty()).toBe(true)
  draft.getState().setKind('template')
  expect(dirty()).toBe(false)
  draft.getState().setTemplate({
    batch: uid('b'),
    text: 'spec: {}',
    base: undefined,
    answers: [],
    seen: [],
    added: 1,
    removed: 0,
  })
  expect(dirty()).toBe(true)
  draft.getState().discard()
  expect(dirty()).toBe(false)
})

test('agreeing to go on without a lock holds for one draft only', () => {
  const draft = createDraftStore()
  draft.getState().setWithoutLock(true)
  draft.getState().discard()
  expect(draft.getState().withoutLock).toBe(false)
})

test('choosing the open Service again keeps its draft, and another Service has a draft of its own', () => {
  const draft = opened()
  draft.getState().setTag('2')
  draft.getState().show({ ...demo })
  expect(draft.getState().tag).toBe('2')
  draft.getState().show(other)
  expect(draft.getState().tag).toBe('')
  draft.getState().setTag('3')
  draft.getState().show(demo)
  expect(draft.getState().tag).toBe('2')
  draft.getState().show(undefined)
  expect(isTouched(draft.getState())).toBe(false)
})

test('a late answer about one Service ends its own draft, and not that of the Service that is looked at by then', () => {
  const draft = opened()
  draft.getState().setTag('2')
  const sent = draft.getState()
  draft.getState().show(other)
  draft.getState().setTag('3')
  draft.getState().settle(sent)
  expect(draft.getState().tag).toBe('3')
  draft.getState().show(demo)
  expect(isTouched(draft.getState())).toBe(false)
})

test('what was typed while the answer was on its way is not ended by it', () => {
  const draft = opened()
  draft.getState().setTag('2')
  draft.getState().setContainer('app')
  draft.getState().setSizes({ [uid('uid-batch-2')]: 4, [uid('uid-batch-3')]: 28 })
  const sent = draft.getState()
  draft.getState().setTag('3')
  draft.getState().settle(sent)
  expect(draft.getState()).toMatchObject({ tag: '3', container: '', sizes: {} })
})

test('a cluster that was reset takes the drafts on it along, and no others', () => {
  const draft = opened()
  draft.getState().setTag('2')
  draft.getState().show({ ...demo, connection: 'training' })
  draft.getState().setTag('3')
  draft.getState().show(other)
  draft.getState().setTag('4')
  draft.getState().forgetCluster('training')
  expect(draft.getState().tag).toBe('4')
  draft.getState().show({ ...demo, connection: 'training' })
  expect(draft.getState().tag).toBe('')
  draft.getState().show(demo)
  expect(draft.getState().tag).toBe('2')
})

test('whatever a person has put in can be thrown away: also a plan without a change, or a text that was not used', () => {
  const acts: readonly ((draft: ReturnType<typeof opened>) => void)[] = [
    (draft) => draft.getState().setTag('2'),
    (draft) => draft.getState().setKind('restart'),
    (draft) => draft.getState().setImage('app', ''),
    (draft) => draft.getState().setContainer('app'),
    (draft) => draft.getState().setWithoutLock(true),
    (draft) => draft.getState().setSizes({ [uid('uid-batch-2')]: 4 }),
    (draft) => draft.getState().setTemplateEdit({ batch: uid('uid-batch-2'), text: 'b', base: 'a' }),
    (draft) =>
      draft
        .getState()
        .setPlan({ gates: {}, plan: { ...draft.getState().plan, leftOut: [uid('uid-batch-2')] } }),
  ]
  for (const act of acts) {
    const draft = opened()
    expect(isTouched(draft.getState())).toBe(false)
    act(draft)
    expect(isTouched(draft.getState())).toBe(true)
    draft.getState().discard()
    expect(isTouched(draft.getState())).toBe(false)
  }
})

test('while nothing is drafted, changes of the set are no news', () => {
  const draft = opened()
  draft.getState().follow(demo, scaled(2, 20))
  expect(changesOf(draft)).toEqual([])
})

test('somebody scales a batch while sizes are drafted: the wish stays, the change is told until it is seen or undone', () => {
  const draft = opened()
  draft.getState().setSizes({ [uid('uid-batch-2')]: 4, [uid('uid-batch-3')]: 28 })
  draft.getState().follow(demo, scaled(2, 20))
  expect(draft.getState().sizes).toEqual({ 'uid-batch-2': 4, 'uid-batch-3': 28 })
  expect(changesOf(draft)).toEqual([{ kind: 'scaled', number: 2, from: 16, to: 20 }])
  draft.getState().follow(demo, batches)
  expect(changesOf(draft)).toEqual([])
  draft.getState().follow(demo, scaled(4, 3))
  draft.getState().acknowledge()
  expect(changesOf(draft)).toEqual([])
  expect(draft.getState().sizes).toEqual({ 'uid-batch-2': 4, 'uid-batch-3': 28 })
})

test('a size that a batch has by now is drafted no more', () => {
  const draft = opened()
  draft.getState().setSizes({ [uid('uid-batch-2')]: 4, [uid('uid-batch-3')]: 28 })
  draft.getState().follow(demo, scaled(3, 28))
  expect(draft.getState().sizes).toEqual({ 'uid-batch-2': 4 })
})

test('a batch vanishes that pods were moved to: all sizes go, and it is said', () => {
  const draft = opened()
  draft.getState().setTag('2')
  draft.getState().setSizes({ [uid('uid-batch-2')]: 4, [uid('uid-batch-3')]: 28 })
  draft.getState().follow(demo, without(3))
  expect(draft.getState()).toMatchObject({ sizes: {}, sizesDropped: true, tag: '2' })
  expect(changesOf(draft)).toEqual([{ kind: 'gone', number: 3, name: 'demo-aone-3' }])
})

test('a batch that was deleted and created again keeps what was drafted for it, above all that it is left out', () => {
  const draft = opened()
  const { plan, setPlan, setSizes } = draft.getState()
  const gates = { ...defaultGates, tolerance: 1, bakeSeconds: 60 }
  setPlan({ plan: { ...plan, leftOut: [uid('uid-batch-2')] }, gates: { [uid('uid-batch-2')]: gates } })
  setSizes({ [uid('uid-batch-2')]: 4, [uid('uid-batch-3')]: 28 })
  draft.getState().follow(demo, recreated(2))
  expect(draft.getState()).toMatchObject({
    sizes: { 'uid-anew': 4, 'uid-batch-3': 28 },
    plan: { leftOut: ['uid-anew'] },
    gates: { 'uid-anew': gates },
  })
  expect(changesOf(draft)).toEqual([{ kind: 'recreated', number: 2 }])
})

test('of batches that were left out, one that is gone for a while is left out when it is back', () => {
  const draft = opened()
  const { plan, setPlan } = draft.getState()
  setPlan({ plan: { ...plan, leftOut: [uid('uid-batch-2')] }, gates: {} })
  draft.getState().follow(demo, without(2))
  draft.getState().follow(demo, recreated(2))
  expect(draft.getState().plan.leftOut).toEqual(['uid-anew'])
})

test('a new batch, and another order, are told', () => {
  const draft = createDraftStore()
  draft.getState().show(demo)
  draft.getState().follow(demo, without(3))
  draft.getState().setTag('2')
  draft.getState().follow(demo, batches)
  expect(changesOf(draft)).toEqual([{ kind: 'added', number: 3, name: 'demo-aone-3' }])
  const anew = opened()
  anew.getState().setTag('2')
  anew.getState().follow(
    demo,
    [third, second, first].flatMap((one) => batches.filter(({ uid: own }) => own === one)),
  )
  expect(changesOf(anew).map(({ kind }) => kind)).toEqual(['gone', 'reordered'])
})

test('a draft is told of nothing while nothing has changed, and of no other Service', () => {
  const draft = opened()
  draft.getState().setTag('2')
  const before = draft.getState()
  draft.getState().follow(
    demo,
    batches.map((batch) => ({ ...batch })),
  )
  draft.getState().follow(other, without(2))
  expect(draft.getState()).toBe(before)
})
