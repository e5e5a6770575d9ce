import { expect, test } from 'vitest'
import { words } from '../../../../renderer/i18n/words.ts'
import { jsx } from '../../../../renderer/jsx/jsx-runtime.ts'
import { Panel } from '../../../../renderer/panel/panel.tsx'
import { panelTabs } from '../../../../renderer/panel/panel-tabs.ts'
import { paletteCommands } from '../../../../renderer/shell/palette-commands.ts'
import { shortcutOf, tabOfPress, type KeyPress } from '../../../../renderer/shell/shortcut.ts'
import { tabIds, type PanelTab } from '../../../../renderer/stores/panel-tab.ts'
import { usePods } from '../../../../renderer/stores/store-context.tsx'
import { drawnPage } from '../../../support/drawn-page.ts'

/** All that a new tab of the panel is: this, and its line in the table. */
const imaginary: PanelTab = {
  id: 'imaginary',
  name: { en: 'Imaginary', zh: '虚构' },
  needs: ['pods'],
  Body: () => {
    const pods = usePods((state) => (state.kind === 'view' ? state.view.pods.length : 0))
    return jsx('p', { children: `Imagined for ${String(pods)} pods` })
  },
  // No real tab will want it.
  key: ';',
}
const tabs = [...panelTabs, imaginary]
const panel = jsx(Panel, {})

function pressed(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const nothing = { command: false, shift: false, alt: false, isComposing: false, repeat: false }
  return { key, ...nothing, typing: false, feeding: false, ...more }
}

/** What stands on the tabs, the chosen one in brackets, and what the panel shows. */
function read(markup: string): { readonly tabs: readonly string[]; readonly body: string } {
  const all = [...markup.matchAll(/<button id="panel-tab[^>]*aria-selected="(true|false)"[^>]*>([^<]*)</g)]
  const [, body = ''] = /role="tabpanel"[^>]*>(.*?)<\/div><div class="panel-actions"/s.exec(markup) ?? []
  return { tabs: all.map(([, chosen, text = '']) => (chosen === 'true' ? `[${text}]` : text)), body }
}

test('a tab that was only added to the table stands in the panel, in both languages, and draws itself', () => {
  const page = drawnPage('canary', tabs)
  page.stores.ui.actions.setTab('imaginary')
  expect(read(page.draw(panel))).toEqual({
    tabs: [...panelTabs.map(({ name }) => name.en), '[Imaginary]'],
    body: '<p>Imagined for 49 pods</p>',
  })
  page.stores.ui.actions.setLanguage('zh')
  expect(read(page.draw(panel)).tabs).toEqual([...panelTabs.map(({ name }) => name.zh), '[虚构]'])
})

test('what it needs is read while it is shown, and no longer', () => {
  const page = drawnPage('canary', tabs)
  expect(page.open()).not.toContain('pods')
  page.stores.ui.actions.setTab('imaginary')
  expect(page.open()).toContain('pods')
  page.stores.ui.actions.setTab(tabIds.history)
  expect(page.open()).not.toContain('pods')
})

test('the palette offers it with its key, and leads to it', () => {
  const { stores } = drawnPage('canary', tabs)
  const { clusters, services, ui, verbs } = stores
  const rest = { cluster: undefined, release: undefined, panel: true, selection: ui.getState().selection }
  const offered = (['en', 'zh'] as const).map((language) =>
    paletteCommands({
      words: words[language],
      language,
      tabs,
      clusters: clusters.getState().payload,
      services: services.getState().payload,
      ...rest,
    }).find(({ id }) => id === 'tab imaginary'),
  )
  expect(offered.map((one) => [one?.text, one?.keys])).toEqual([
    ['Show Imaginary', ';'],
    ['显示虚构', ';'],
  ])
  offered[0]?.run({ ui, verbs, rescan: () => undefined })
  expect(ui.getState().panelTab).toBe('imaginary')
})

test('its letter shows it, but not where letters are typed or held', () => {
  expect(tabOfPress(pressed(';'), tabs)).toBe(imaginary)
  const others = [
    { typing: true },
    { repeat: true },
    { command: true },
    { shift: true },
    { isComposing: true },
  ]
  expect(others.map((more) => tabOfPress(pressed('n', more), tabs))).toEqual(others.map(() => undefined))
  expect(tabOfPress(pressed('p'), [{ ...imaginary, key: 'p' }])).toBeUndefined()
})

test('a chosen tab that is gone is the first one', () => {
  const page = drawnPage('canary', [imaginary])
  page.stores.ui.actions.setTab('gone')
  expect(read(page.draw(panel))).toEqual({ tabs: ['[Imaginary]'], body: '<p>Imagined for 49 pods</p>' })
  expect(page.open()).toContain('pods')
})

test('tabs have names and letters of their own, and whatever leads to one finds it', () => {
  const ids = panelTabs.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(Object.values(tabIds).filter((id) => !ids.includes(id))).toEqual([])
  const keys = panelTabs.flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.filter((key) => shortcutOf(pressed(key)) !== undefined)).toEqual([])
})
