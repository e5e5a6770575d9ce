import { useMemo } from 'react'
import { useLanguage, useWords } from '../i18n/use-words.ts'
import { FilterField } from '../parts/filter-field.tsx'
import { Icon } from '../parts/icon.tsx'
import { Keys } from '../parts/keys.tsx'
import { Modal } from '../parts/modal.tsx'
import { useFilteredList } from '../parts/use-filtered-list.ts'
import { useCloseDialog } from '../stores/opening.ts'
import {
  useCluster,
  useClusters,
  useOfferedRelease,
  usePipeline,
  useServices,
  useStores,
  useUi,
} from '../stores/store-context.tsx'
import { useLoudCommand } from '../stores/use-loud-command.ts'
import { matching, paletteCommands } from './palette-commands.ts'
import type { PaletteCommand } from './palette-entry.ts'

const mostCommands = 12

/** Every command by name: type, arrow keys, Enter. The field keeps the focus, the list is its combobox's. */
export function CommandPalette() {
  const words = useWords()
  const language = useLanguage()
  const { tabs } = useStores()
  const close = useCloseDialog()
  const clusters = useClusters((view) => view)
  const cluster = useCluster((one) => one)
  const services = useServices((view) => view)
  const release = useOfferedRelease()
  const panel = usePipeline((view) => view !== undefined && view.batches.length > 0)
  const selection = useUi((state) => state.selection)
  const run = useRun()
  const all = useMemo(
    () => paletteCommands({ words, language, tabs, clusters, cluster, services, release, panel, selection }),
    [words, language, tabs, clusters, cluster, services, release, panel, selection],
  )
  const find = (text: string) => matching(all, text).slice(0, mostCommands)
  const list = useFilteredList({ id: 'palette-list', find, keyOf: (one) => one.id, choose: run })
  return (
    <Modal labelledBy="palette-title" className="palette" onClose={close}>
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
  const { ui, verbs, notes } = useStores()
  const close = useCloseDialog()
  const call = useLoudCommand('cluster/rescan')
  const rescan = () =>
    void call({}).then((done) => {
      // What has changed is seen in the list of clusters, and nothing is seen when nothing has.
      if (!done) return
      const what = { kind: 'command', name: 'cluster/rescan' } as const
      const place = { connection: undefined, namespace: undefined, service: undefined }
      notes.add({ key: what.name, place, what, told: { kind: 'done' } })
    })
  return ({ run }: PaletteCommand) => {
    close()
    run({ ui, verbs, rescan })
  }
}
