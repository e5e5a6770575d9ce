import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { tabIds, type PanelTab } from '../stores/panel-tab.ts'
import { usePipeline, usePods, useStores, useUi } from '../stores/store-context.tsx'
import { PodLog } from '../release/pod-log.tsx'
import { sortPods } from './sort-pods.ts'

/** One pod's log. The failing ones stand first in the list; the log before the last restart is one switch away. */
function LogsTab() {
  const { release: words } = useWords()
  const { ui } = useStores()
  const state = usePods((one) => one)
  const chosen = useUi((one) => one.logPod)
  const [previous, setPrevious] = useState(false)
  const [round, setRound] = useState(0)
  const pods = state.kind === 'view' ? sortPods(state.view.pods) : []
  const pod = chosen ?? pods[0]?.name
  const row = pods.find((one) => one.name === pod)
  const images = usePipeline((view) => view?.batches.find((batch) => batch.number === row?.batch)?.images)
  const [asked, setAsked] = useState<{ readonly pod: string; readonly container: string }>()
  const container = asked !== undefined && asked.pod === pod ? asked.container : row?.telling
  return (
    <div className="logs">
      <label className="picker">
        <span className="picker-label">{words.logPod}</span>
        <select value={pod ?? ''} onChange={(event) => ui.actions.showLog(event.target.value)}>
          {chosen !== undefined && !pods.some((one) => one.name === chosen) ? (
            <option>{chosen}</option>
          ) : null}
          {pods.map((one) => (
            <option key={one.uid} value={one.name}>
              {one.name}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </label>
      {pod === undefined || container === undefined || images === undefined || images.length < 2 ? null : (
        <label className="picker">
          <span className="picker-label">{words.container}</span>
          <select value={container} onChange={(event) => setAsked({ pod, container: event.target.value })}>
            {[...new Set([...images.map((one) => one.container), container])].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
          <Icon name="down" />
        </label>
      )}
      <div className="log-tools">
        <label>
          <input type="checkbox" checked={previous} onChange={(event) => setPrevious(event.target.checked)} />
          {words.logPrevious}
        </label>
        <button type="button" className="btn small" onClick={() => setRound(round + 1)}>
          <Icon name="retry" />
          {words.logReload}
        </button>
      </div>
      {pod === undefined ? (
        <p className="dim small-text">{words.logFirstPods}</p>
      ) : (
        <PodLog pod={pod} {...(container !== undefined && { container })} previous={previous} round={round} />
      )}
    </div>
  )
}

export const logsTab: PanelTab = {
  id: tabIds.logs,
  name: { en: 'Logs', zh: '日志' },
  needs: ['pods'],
  Body: LogsTab,
}
