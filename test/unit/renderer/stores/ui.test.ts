import { expect, test } from 'vitest'
import {
  createUiStore,
  dialogScopes,
  type OpenDialog,
  type UiActions,
} from '../../../../renderer/stores/ui.ts'

function memoryStorage(initial: string | null = null) {
  let text = initial
  return { read: () => text, write: (_key: string, next: string) => (text = next), text: () => text }
}

test('language, theme and selection outlive the page, the open dialog does not', () => {
  const storage = memoryStorage()
  const first = createUiStore({ storage }, 'en')
  first.actions.setLanguage('zh')
  first.actions.setTheme('dark')
  first.actions.selectCluster('c1', 'demo')
  first.actions.selectService('demo-http')
  first.actions.open('palette')

  const second = createUiStore({ storage }, 'en').getState()
  expect(second).toMatchObject({
    language: 'zh',
    theme: 'dark',
    selection: { connection: 'c1', namespace: 'demo', service: 'demo-http' },
    dialog: 'none',
  })
})

test.each(['not json', '[]', '{"language":"fr","theme":7,"selection":[]}'])(
  'what cannot be understood in the storage is left out: %s',
  (text) => {
    const state = createUiStore({ storage: memoryStorage(text) }, 'en').getState()
    expect(state).toMatchObject({ language: 'en', theme: 'system', selection: { connection: undefined } })
  },
)

test.each([
  ['another cluster', (ui: UiActions) => ui.selectCluster('c2', 'demo')],
  ['another namespace', (ui: UiActions) => ui.selectNamespace('other')],
  ['another Service', (ui: UiActions) => ui.selectService('notify')],
])('a namespace that is answered for late takes nobody away who has gone to %s meanwhile', (_name, go) => {
  const { actions, getState } = createUiStore({ storage: memoryStorage() }, 'en')
  actions.openService({ connection: 'c1', namespace: 'demo', service: 'demo-http' })
  const asked = { ...getState().selection, connection: 'c1' }
  go(actions)
  const gone = getState().selection
  actions.selectNamespaceOf(asked, 'payments')
  expect(getState().selection).toEqual(gone)
})

test('a namespace that is answered for late is chosen where it was typed', () => {
  const { actions, getState } = createUiStore({ storage: memoryStorage() }, 'en')
  actions.openService({ connection: 'c1', namespace: 'demo', service: 'demo-http' })
  actions.selectNamespaceOf({ ...getState().selection, connection: 'c1' }, 'payments')
  expect(getState().selection).toEqual({ connection: 'c1', namespace: 'payments', service: undefined })
})

test.each([
  ['openService', (ui: UiActions) => ui.openService({ connection: 'c2', namespace: 'n', service: 's' })],
  ['selectCluster', (ui: UiActions) => ui.selectCluster('c2', 'n')],
  ['showCluster', (ui: UiActions) => ui.showCluster('c2', 'n')],
  ['selectNamespace', (ui: UiActions) => ui.selectNamespace('n')],
  [
    'selectNamespaceOf',
    (ui: UiActions) => {
      const asked = { connection: 'c1', namespace: 'demo', service: 'demo-http' }
      ui.selectNamespaceOf(asked, 'n')
    },
  ],
  ['selectService', (ui: UiActions) => ui.selectService('s')],
])('%s takes nothing along of what was chosen at the Service before', (_name, move) => {
  const { actions, getState } = createUiStore({ storage: memoryStorage() }, 'en')
  actions.openService({ connection: 'c1', namespace: 'demo', service: 'demo-http' })
  actions.showLog('demo-1')
  actions.askGoBack({ kind: 'nothing' })
  move(actions)
  expect(getState()).toMatchObject({ logPod: undefined, goBack: undefined })
})

test('another cluster or namespace forgets the service, which may not exist there', () => {
  const { actions, getState } = createUiStore({ storage: memoryStorage() }, 'en')
  actions.selectCluster('c1', 'demo')
  actions.selectService('demo-http')
  actions.selectNamespace('payments')
  expect(getState().selection).toEqual({ connection: 'c1', namespace: 'payments', service: undefined })
})

const everywhere = { connection: 'c1', namespace: 'demo', service: 'demo-http' }
const deeper = ['service', 'namespace', 'cluster'] as const

test.each(Object.keys(dialogScopes) as OpenDialog[])(
  '%s goes with what it is about, and with nothing less',
  (dialog) => {
    const scope = dialogScopes[dialog]
    for (const changed of deeper) {
      const { actions, getState } = createUiStore({ storage: memoryStorage() }, 'en')
      actions.openService(everywhere)
      actions.open(dialog)
      if (changed === 'service') actions.selectService('another')
      else if (changed === 'namespace') actions.selectNamespace('another')
      else actions.showCluster('c2', 'demo')
      const goes = scope !== 'nothing' && deeper.indexOf(changed) >= deeper.indexOf(scope)
      expect([changed, getState().dialog]).toEqual([changed, goes ? 'none' : dialog])
    }
  },
)

test('what is closed late is that opening and no other', () => {
  const { actions, getState } = createUiStore({ storage: memoryStorage() }, 'en')
  actions.open('stop')
  const { opened } = getState()
  actions.closeDialog()
  actions.open('stop')
  actions.closeDialog(opened)
  expect(getState().dialog).toBe('stop')
  actions.closeDialog(getState().opened)
  expect(getState().dialog).toBe('none')
})
