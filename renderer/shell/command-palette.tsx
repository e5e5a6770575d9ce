import { useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Keys } from '../parts/keys.tsx'
import { Modal } from '../parts/modal.tsx'
import { useClusters, usePipeline, useServices, useStores } from '../stores/store-context.tsx'
import { matching, paletteCommands } from './palette-commands.ts'
import type { PaletteCommand } from './palette-commands.ts'
import { nextTheme } from './theme.ts'

const mostCommands = 12

/** Every command by name: type, arrow keys, Enter. The field keeps the focus, the list is its combobox's. */
export function CommandPalette() {
  const words = useWords()
  const { ui } = useStores()
  const clusters = useClusters((view) => view)
  const services = useServices((view) => view)
  const release = usePipeline((view) => view?.release)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const run = useRun()
  const all = useMemo(
    () => paletteCommands({ words, clusters, services, release }),
    [words, clusters, services, release],
  )
  const found = matching(all, text).slice(0, mostCommands)
  const current = found[Math.min(active, found.length - 1)]
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setActive((active + 1) % Math.max(1, found.length))
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % Math.max(1, found.length))
    else if (event.key === 'Enter') run(current)
    else return
    event.preventDefault()
  }
  return (
    <Modal labelledBy="palette-title" className="palette" onClose={ui.actions.closeDialog}>
      <h2 id="palette-title" className="sr">
        {words.shell.commands}
      </h2>
      <div className="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={current === undefined ? undefined : `palette-${current.id}`}
          aria-label={words.shell.search}
          placeholder={words.shell.search}
          data-first-focus
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKey}
        />
      </div>
      <ul id="palette-list" role="listbox" aria-label={words.shell.commands}>
        {found.map((one) => (
          <li
            key={one.id}
            id={`palette-${one.id}`}
            role="option"
            aria-selected={one === current}
            onClick={() => run(one)}
          >
            <Icon name={one.icon} />
            <span>{one.text}</span>
            {one.keys === '' ? null : <Keys text={one.keys} />}
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="palette-empty">{words.shell.noCommand}</p> : null}
    </Modal>
  )
}

function useRun() {
  const { ui, ports } = useStores()
  return (chosen: PaletteCommand | undefined) => {
    if (chosen === undefined) return
    ui.actions.closeDialog()
    const { action } = chosen
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
