import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { memo, useMemo, useState } from 'react'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { PodShape } from '../parts/pod-shape.tsx'
import type { PanelTab } from '../stores/panel-tab.ts'
import { useClusterNow, usePods, useStores, useUi } from '../stores/store-context.tsx'
import { podColumns, type PodColumn } from '../stores/pod-order.ts'
import { OpenPorts } from './open-ports.tsx'
import { filterPods, nextOrder, sortPods, type PodRow } from './sort-pods.ts'

/** More rows than this are not drawn: nobody reads them, and the filter reaches the others. */
const mostRows = 400

/** Every single pod, failing ones first: the table twin of the dots, in the same shapes. */
function PodsTab() {
  const { pipeline, release: words, shell } = useWords()
  const state = usePods((one) => one)
  const order = useUi((ui) => ui.podOrder)
  const format = useFormat()
  const said = useFaultSentence()
  const now = useClusterNow()
  const [text, setText] = useState('')
  const pods = state.kind === 'view' ? state.view.pods : undefined
  const found = useMemo(
    () => (pods === undefined ? [] : filterPods(sortPods(pods, order), text, pipeline.podState)),
    [pods, order, text, pipeline],
  )
  if (state.kind === 'fault') return <FaultLine fault={state.fault} />
  if (state.kind === 'missing') return <p className="dim">{said(state.why)}</p>
  if (pods === undefined) return <p className="dim">{shell.loading}</p>
  if (pods.length === 0) return <p className="dim">{words.noPods}</p>
  return (
    <>
      <OpenPorts pods={pods} forwards={state.kind === 'view' ? state.view.forwards : []} />
      <label className="filter">
        <Icon name="search" />
        <input
          type="search"
          value={text}
          placeholder={words.podsFilter}
          aria-label={words.podsFilter}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <table className="pods">
        <thead>
          <tr>
            {podColumns.map((column) => (
              <Head key={column} column={column} />
            ))}
            <th scope="col">
              <span className="sr">{words.logs}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, mostRows).map((pod) => (
            <Row key={pod.uid} pod={pod} age={format.age((now - pod.createdAt) / 1000)} />
          ))}
        </tbody>
      </table>
      {found.length > mostRows ? (
        <p className="dim small-text">{words.podsMany(mostRows, found.length)}</p>
      ) : null}
    </>
  )
}

/** Pressed, the rows go by it; pressed again, the other way round. */
function Head({ column }: { readonly column: PodColumn }) {
  const { release: words } = useWords()
  const { ui } = useStores()
  const order = useUi((state) => state.podOrder)
  const by = order.column === column
  return (
    <th scope="col" aria-sort={by ? (order.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="sort" onClick={() => ui.actions.sortPods(nextOrder(order, column))}>
        {words.podsColumns[column]}
        {by ? <Icon name={order.down ? 'up' : 'down'} /> : null}
      </button>
    </th>
  )
}

/** The age comes as text: it changes once a minute, so most rows are not drawn again each second. */
const Row = memo(function Row({ pod, age }: { readonly pod: PodRow; readonly age: string }) {
  const { pipeline, release: words } = useWords()
  const { ui } = useStores()
  const failing = pod.kind === 'failing' || pod.kind === 'failing-old'
  const state = pipeline.podState[pod.kind]
  return (
    <tr>
      <th scope="row">
        <span className="pod-name mono">
          <PodShape kind={pod.kind} />
          <Middle text={pod.name} tail={12} from={22} />
        </span>
        <span className="pod-facts">
          <span className={failing ? 'tone-fail' : ''} title={pod.message}>
            {failing && pod.reason !== ''
              ? `${pod.reason}${pod.kind === 'failing' ? '' : words.podOfOld}`
              : state}
          </span>
          {pod.gate === undefined ? null : <span title={pod.message}>{pod.gate}</span>}
          {pod.node === '' ? null : <span>{pod.node}</span>}
          {pod.restarts > 0 ? <span>{words.podRestarts(pod.restarts)}</span> : null}
        </span>
      </th>
      <td className="mono">
        <Middle text={pod.version} tail={8} from={16} />
      </td>
      <td>{pod.batch}</td>
      <td>{age}</td>
      <td>
        <button
          type="button"
          className="icon-button small"
          aria-label={words.podLog(pod.name)}
          onClick={() => ui.actions.showLog(pod.name)}
        >
          <Icon name="log" />
        </button>
      </td>
    </tr>
  )
})

export const podsTab: PanelTab = {
  id: 'pods',
  name: { en: 'Pods', zh: 'Pod' },
  needs: ['pods'],
  Body: PodsTab,
}
