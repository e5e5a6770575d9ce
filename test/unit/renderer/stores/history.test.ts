import { expect, test } from 'vitest'
import { createFeeds } from '../../../../renderer/stores/feeds.ts'
import { panelTabs } from '../../../../renderer/panel/panel-tabs.ts'
import { keepHistory } from '../../../../renderer/stores/history.ts'
import { createUiStore } from '../../../../renderer/stores/ui.ts'
import type { Client } from '../../../../renderer/stores/client.ts'
import { failedInWords, ok } from '../../../../shared/fault.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { historyView } from '../../../visual/history-fixture.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

function page() {
  const asked: string[] = []
  const waiting: (() => void)[] = []
  let answer: 'view' | 'fault' = 'view'
  const client = {
    call: (name: string, input: { readonly target: { readonly service: string } }) => {
      asked.push(`${name} ${input.target.service}`)
      return Promise.resolve(
        answer === 'view' ? ok(historyView()) : failedInWords('unreachable', 'no answer'),
      )
    },
  } as unknown as Client
  const ports = {
    client,
    after: (_ms: number, run: () => void) => {
      waiting.push(run)
      return () => undefined
    },
  }
  const ui = createUiStore({ storage: { read: () => null, write: () => undefined } }, 'en')
  const { pipeline } = createFeeds()
  const keeping = keepHistory({ ports, ui, pipeline, tabs: panelTabs })
  let revision = 0
  return {
    asked,
    ui,
    keeping,
    show: (view: PipelineView) => {
      revision += 1
      pipeline.setState({ payload: { kind: 'view', view }, revision, receivedAt: 0 })
    },
    answerWith: (what: 'view' | 'fault') => (answer = what),
    settle: async () => {
      for (const run of waiting.splice(0)) run()
      // The answer and what follows from it are a few microtasks away.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
}

const idle = pipelineStates.idle()

test('the history is read when its tab is opened, and not before', async () => {
  const { asked, ui, show, settle, keeping } = page()
  show(idle)
  await settle()
  expect(asked).toEqual([])
  ui.actions.setTab('history')
  await settle()
  expect(asked).toEqual(['history/list demo-http'])
  expect(keeping.store.getState().view?.releases.length).toBe(3)
})

test('a picture in which nothing of it has changed asks nothing, another template asks once', async () => {
  const { asked, ui, show, settle } = page()
  ui.actions.setTab('history')
  show(idle)
  await settle()
  show({ ...idle, now: idle.now + 60_000, restarts: 3 })
  await settle()
  expect(asked.length).toBe(1)
  const changed = idle.batches.map((batch) => ({ ...batch, digest: 'by-kubectl' }))
  show({ ...idle, batches: changed })
  show({ ...idle, batches: changed, restarts: 4 })
  await settle()
  await settle()
  expect(asked.length).toBe(2)
})

test('a fault keeps what was read, is not tried again by itself, and is by hand', async () => {
  const { asked, ui, show, settle, keeping, answerWith } = page()
  ui.actions.setTab('history')
  show(idle)
  await settle()
  answerWith('fault')
  show(pipelineStates.canary())
  await settle()
  await settle()
  expect(keeping.store.getState().view?.releases.length).toBe(3)
  expect(keeping.store.getState().fault?.code).toBe('unreachable')
  expect(asked.length).toBe(2)
  answerWith('view')
  keeping.reload()
  await settle()
  expect(keeping.store.getState().fault).toBeUndefined()
})

test('another Service never shows the history of the one before', async () => {
  const { ui, show, settle, keeping } = page()
  ui.actions.setTab('history')
  show(idle)
  await settle()
  show({ ...idle, service: { ...idle.service, name: 'pay-gateway' } })
  expect(keeping.store.getState().view).toBeUndefined()
})

test('a slow answer about one Service holds up no other, and is not shown there', async () => {
  const answers: ((reply: ReturnType<typeof ok<ReturnType<typeof historyView>>>) => void)[] = []
  const asked: string[] = []
  const client = {
    call: (_name: string, input: { readonly target: { readonly service: string } }) => {
      asked.push(input.target.service)
      return new Promise((answer) => answers.push(answer))
    },
  } as unknown as Client
  const ui = createUiStore({ storage: { read: () => null, write: () => undefined } }, 'en')
  const { pipeline } = createFeeds()
  const { store } = keepHistory({
    ports: { client, after: () => () => undefined },
    ui,
    pipeline,
    tabs: panelTabs,
  })
  ui.actions.setTab('history')
  pipeline.setState({ payload: { kind: 'view', view: idle }, revision: 1, receivedAt: 0 })
  const other = { ...idle, service: { ...idle.service, name: 'orders' } }
  pipeline.setState({ payload: { kind: 'view', view: other }, revision: 2, receivedAt: 0 })
  expect(asked).toEqual(['demo-http', 'orders'])
  answers[0]?.(ok(historyView()))
  await Promise.resolve()
  await Promise.resolve()
  expect(store.getState().view).toBeUndefined()
  answers[1]?.(ok(historyView()))
  await Promise.resolve()
  await Promise.resolve()
  expect(store.getState().view).toBeDefined()
})
