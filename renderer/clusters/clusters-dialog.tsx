import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { FilterField } from '../parts/filter-field.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useFilteredList } from '../parts/use-filtered-list.ts'
import { connectionText } from './connection-state.ts'
import { useCloseDialog } from '../stores/opening.ts'
import { useClusters, useStores } from '../stores/store-context.tsx'
import { ClusterOption } from './cluster-option.tsx'
import { findClusters } from './find-clusters.ts'
import type { ClusterRow } from './find-clusters.ts'
import { shownName } from './shown-name.ts'
import { useToday } from '../history/use-today.ts'

const none: readonly ClusterView[] = []

/** Every cluster with its state in words: type to filter, arrow keys, Enter. Choosing one connects to nothing. */
export function ClustersDialog() {
  const { cluster: words, connection, shell } = useWords()
  const format = useFormat()
  const today = useToday()
  const { ui } = useStores()
  const close = useCloseDialog()
  const clusters = useClusters((view) => view?.clusters ?? none)
  const rows = clusters.map((cluster): ClusterRow => ({
    cluster,
    name: cluster.training ? shell.trainingCluster : shownName(cluster),
    state: connectionText(cluster, connection, { format, now: today }),
  }))
  const choose = ({ cluster }: ClusterRow) => ui.actions.selectCluster(cluster.id, cluster.namespace)
  const find = (text: string) => findClusters(rows, text)
  const list = useFilteredList({ id: 'clusters-list', find, keyOf: ({ cluster }) => cluster.id, choose })
  const { found } = list
  return (
    <Modal labelledBy="clusters-title" className="clusters" onClose={close}>
      <header>
        <Icon name="list" />
        <h2 id="clusters-title">{words.allTitle(found.length, rows.length)}</h2>
      </header>
      <label className="filter">
        <FilterField list={list} label={words.allFilter} />
      </label>
      <ul id={list.id} role="listbox" aria-label={shell.clusters}>
        {found.map((row, index) => (
          <ClusterOption
            key={row.cluster.id}
            id={list.idAt(index)}
            row={row}
            active={index === list.at}
            onChoose={() => choose(row)}
          />
        ))}
      </ul>
      {found.length === 0 ? <p className="dialog-text">{words.allNone(list.text)}</p> : null}
      <footer>
        <button type="button" className="btn" onClick={close}>
          {shell.close}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
      </footer>
    </Modal>
  )
}
