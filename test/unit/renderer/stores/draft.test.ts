import { expect, test } from 'vitest'
import { createDraftStore, isDirty } from '../../../../renderer/stores/draft.ts'
import { uid } from '../../../../shared/ids.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

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
  draft
    .getState()
    .setTemplate({ batch: uid('b'), text: 'spec: {}', base: undefined, answers: [], added: 1, removed: 0 })
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
