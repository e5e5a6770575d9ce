import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { ClusterView } from '../../shared/contract.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { connectionText } from '../shell/connection-words.ts'
import { useClusters, useStores } from '../stores/store-context.tsx'
import { ClusterOption } from './cluster-option.tsx'
import { findClusters } from './find-clusters.ts'
import type { ClusterRow } from './find-clusters.ts'
import { shownName } from './shown-name.ts'

const none: readonly ClusterView[] = []

/** Every cluster with its state in words: type to filter, arrow keys, Enter. Choosing one connects to nothing. */
export function ClustersDialog() {
  const { cluster: words, connection, shell } = useWords()
  const format = useFormat()
  const { ui } = useStores()
  const clusters = useClusters((view) => view?.clusters ?? none)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const rows = clusters.map((cluster): ClusterRow => ({
    cluster,
    name: cluster.training ? shell.trainingCluster : shownName(cluster),
    state: connectionText(cluster, connection, format),
  }))
  const found = findClusters(rows, text)
  const at = Math.min(active, found.length - 1)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at, text])
  const choose = (row: ClusterRow | undefined) => {
    if (row !== undefined) ui.actions.selectCluster(row.cluster.id, row.cluster.namespace)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setActive(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(at - 1, 0))
    else if (event.key === 'Enter') choose(found[at])
    else return
    event.preventDefault()
  }
  return (
    <Modal labelledBy="clusters-title" className="clusters" onClose={ui.actions.closeDialog}>
      <header>
        <Icon name="list" />
        <h2 id="clusters-title">{words.allTitle(found.length, rows.length)}</h2>
      </header>
      <label className="filter">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="clusters-list"
          aria-activedescendant={found[at] === undefined ? undefined : `cluster-${found[at].cluster.id}`}
          aria-label={words.allFilter}
          placeholder={words.allFilter}
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
      </label>
      <ul ref={list} id="clusters-list" role="listbox" aria-label={shell.clusters}>
        {found.map((row, index) => (
          <ClusterOption key={row.cluster.id} row={row} active={index === at} onChoose={() => choose(row)} />
        ))}
      </ul>
      {found.length === 0 ? <p className="dialog-text">{words.allNone(text)}</p> : null}
      <footer>
        <button type="button" className="btn" onClick={ui.actions.closeDialog}>
          {shell.close}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
      </footer>
    </Modal>
  )
}
