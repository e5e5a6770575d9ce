import { expect, test } from 'vitest'
import { createNaming, endWithSubject, type NamingQuestion } from '../../../../renderer/stores/naming.ts'
import { createNotes } from '../../../../renderer/stores/notes.ts'
import { createUiStore } from '../../../../renderer/stores/ui.ts'
import { clusterStates } from '../../../visual/cluster-states.ts'

const [cluster] = clusterStates.production().clusters
if (cluster === undefined) throw new Error('there is a cluster')
const unlock: NamingQuestion = { kind: 'unlock', cluster, name: cluster.name }
const far = { kind: 'far', cluster, namespace: 'demo', name: 'demo-http', step: 'release/start' } as const

function looking() {
  const ui = createUiStore({ storage: { read: () => null, write: () => undefined } }, 'en')
  ui.actions.openService({ connection: cluster?.id ?? '', namespace: 'demo', service: 'demo-http' })
  const naming = createNaming()
  const notes = createNotes()
  endWithSubject({ naming, ui, notes })
  return { ui, naming, notes }
}

test('an answer that comes late answers the question that it was given to, and no other', async () => {
  const { naming } = looking()
  const first = naming.ask(unlock)
  naming.answer(false, unlock)
  const second = naming.ask(far)
  naming.answer(true, unlock)
  expect(naming.store.getState().question).toBe(far)
  naming.answer(false, far)
  expect([await first, await second]).toEqual([false, false])
})

test('a question about another Service or cluster than is looked at by now is closed, unanswered, and said', async () => {
  const { ui, naming, notes } = looking()
  const asked = naming.ask(far)
  ui.actions.selectService('demo-http')
  expect(naming.store.getState().question).toBe(far)
  ui.actions.selectService('another')
  expect([naming.store.getState().question, await asked]).toEqual([undefined, false])
  expect(notes.store.getState().notes.map((one) => [one.what, one.told])).toEqual([
    [{ kind: 'command', name: 'release/start' }, { kind: 'closed' }],
  ])
  const changes = naming.ask(unlock)
  ui.actions.selectService('demo-http')
  expect(naming.store.getState().question).toBe(unlock)
  ui.actions.selectCluster('another', 'demo')
  expect(await changes).toBe(false)
})
