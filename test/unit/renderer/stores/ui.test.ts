import { expect, test } from 'vitest'
import { createUiStore } from '../../../../renderer/stores/ui.ts'

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

test('another cluster or namespace forgets the service, which may not exist there', () => {
  const { actions, getState } = createUiStore({ storage: memoryStorage() }, 'en')
  actions.selectCluster('c1', 'demo')
  actions.selectService('demo-http')
  actions.selectNamespace('payments')
  expect(getState().selection).toEqual({ connection: 'c1', namespace: 'payments', service: undefined })
})
