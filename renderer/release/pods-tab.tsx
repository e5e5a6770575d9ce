import { memo, useMemo, useState } from 'react'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { PodShape } from '../parts/pod-shape.tsx'
import { useClusterNow, usePods, useStores } from '../stores/store-context.tsx'
import { filterPods, sortPods } from './sort-pods.ts'
import type { PodRow } from './sort-pods.ts'

/** More rows than this are not drawn: nobody reads them, and the filter reaches the others. */
const mostRows = 400

/** Every single pod, failing ones first: the table twin of the dots. */
export function PodsTab() {
  const { release: words, shell } = useWords()
  const state = usePods((one) => one)
  const format = useFormat()
  const now = useClusterNow()
  const [text, setText] = useState('')
  const pods = state.kind === 'view' ? state.view.pods : undefined
  const found = useMemo(
    () => (pods === undefined ? [] : filterPods(sortPods(pods), text, words.podState)),
    [pods, text, words],
  )
  if (state.kind === 'fault') return <FaultLine fault={state.fault} />
  if (state.kind === 'missing') return <p className="dim">{state.why}</p>
  if (pods === undefined) return <p className="dim">{shell.loading}</p>
  if (pods.length === 0) return <p className="dim">{words.noPods}</p>
  return (
    <>
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
            <th scope="col">{words.podsName}</th>
            <th scope="col">{words.podsAge}</th>
            <th scope="col">
              <span className="sr">{words.tabs.logs}</span>
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

/** The age comes as text: it changes once a minute, so most rows are not drawn again each second. */
const Row = memo(function Row({ pod, age }: { readonly pod: PodRow; readonly age: string }) {
  const { release: words } = useWords()
  const { ui } = useStores()
  const { state, reason } = pod
  return (
    <tr>
      <th scope="row">
        <span className="pod-name mono">
          <PodShape kind={state} />
          <Middle text={pod.name} tail={18} from={34} />
        </span>
        <span className="pod-facts">
          <span className={state === 'failing' ? 'tone-fail' : ''}>
            {state === 'failing' && reason !== '' ? reason : words.podState[state]}
          </span>
          {state === 'starting' && reason !== '' ? (
            <span title={pod.message}>{pod.gate ?? reason}</span>
          ) : null}
          {pod.node === '' ? null : <span>{pod.node}</span>}
          {pod.restarts > 0 ? <span>{words.podRestarts(pod.restarts)}</span> : null}
        </span>
      </th>
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
