import { useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { FilterField } from '../parts/filter-field.tsx'
import { Icon } from '../parts/icon.tsx'
import { Keys } from '../parts/keys.tsx'
import { Modal } from '../parts/modal.tsx'
import { useFilteredList } from '../parts/use-filtered-list.ts'
import { useCluster, useClusters, usePipeline, useServices, useStores } from '../stores/store-context.tsx'
import { matching, paletteCommands } from './palette-commands.ts'
import type { PaletteCommand } from './palette-commands.ts'
import { nextTheme } from './theme.ts'

const mostCommands = 12

/** Every command by name: type, arrow keys, Enter. The field keeps the focus, the list is its combobox's. */
export function CommandPalette() {
  const words = useWords()
  const { ui } = useStores()
  const clusters = useClusters((view) => view)
  const cluster = useCluster((one) => one)
  const services = useServices((view) => view)
  const release = usePipeline((view) => view?.release)
  const run = useRun()
  const all = useMemo(
    () => paletteCommands({ words, clusters, cluster, services, release }),
    [words, clusters, cluster, services, release],
  )
  const find = (text: string) => matching(all, text).slice(0, mostCommands)
  const list = useFilteredList({ id: 'palette-list', find, choose: run })
  return (
    <Modal labelledBy="palette-title" className="palette" onClose={ui.actions.closeDialog}>
      <h2 id="palette-title" className="sr">
        {words.shell.commands}
      </h2>
      <div className="palette-field">
        <FilterField list={list} label={words.shell.search} />
      </div>
      <ul id={list.id} role="listbox" aria-label={words.shell.commands}>
        {list.found.map((one, index) => (
          <li
            key={one.id}
            id={list.idAt(index)}
            role="option"
            aria-selected={index === list.at}
            onClick={() => run(one)}
          >
            <Icon name={one.icon} />
            <span>{one.text}</span>
            {one.keys === '' ? null : <Keys text={one.keys} />}
          </li>
        ))}
      </ul>
      {list.found.length === 0 ? <p className="palette-empty">{words.shell.noCommand}</p> : null}
    </Modal>
  )
}

function useRun() {
  const { ui, ports } = useStores()
  return ({ action }: PaletteCommand) => {
    ui.actions.closeDialog()
    switch (action.kind) {
      case 'verb':
        // The panel's own button: it is there that the answer, or why it failed, is shown.
        document.querySelector<HTMLElement>(`[data-verb="${action.verb.verb}"]`)?.click()
        break
      case 'service':
        ui.actions.selectService(action.name)
        break
      case 'cluster':
        ui.actions.selectCluster(action.id, action.namespace)
        break
      case 'tab':
        ui.actions.setTab(action.tab)
        break
      case 'theme':
        ui.actions.setTheme(nextTheme(ui.getState().theme))
        break
      case 'language':
        ui.actions.setLanguage(ui.getState().language === 'en' ? 'zh' : 'en')
        break
      case 'dialog':
        ui.actions.open(action.dialog)
        break
      case 'rescan':
        void ports.client.call('cluster/rescan', {})
    }
  }
}
