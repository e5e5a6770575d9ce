import { useState } from 'react'
import type { Trouble } from '../../shared/model/batch-set.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { tabIds } from '../stores/panel-tab.ts'
import { useClusterNow, usePipeline, usePods, useStores } from '../stores/store-context.tsx'
import { lastEventOf, logOf } from './failure-facts.ts'
import { PodLog } from './pod-log.tsx'
import { useToday } from '../history/use-today.ts'

/** As many as stand beside the reason without pushing the actions away. */
const lastLines = 6

type FailureCardProps = {
  readonly batch: BatchView
  readonly trouble: Trouble
  /** Whose pods, where it is not about this batch alone. */
  readonly where?: string
  /** What else fails, a line each. */
  readonly also?: readonly string[]
}

/** Why a batch cannot get done: the reason, its message, the first pod that shows it, with its last lines and its last event. */
export function FailureCard({ batch, trouble, where, also = [] }: FailureCardProps) {
  const { release: words, change } = useWords()
  const { ui } = useStores()
  const [logOpen, setLogOpen] = useState(false)
  const log = logOf(trouble.reason)
  // With one container there is nothing to tell apart.
  const container = batch.images.length > 1 ? trouble.container : undefined
  return (
    <section className={`failure failure-${trouble.weight}`} aria-label={words.failure}>
      <h2>
        <Icon name={trouble.weight === 'final' ? 'fail' : 'warn'} />
        {trouble.reason}
        <span>
          {where ?? (trouble.pods === 0 ? null : words.failurePods(trouble.pods))}
          <Since />
        </span>
      </h2>
      <p className="failure-message" title={trouble.message}>
        {trouble.message}
      </p>
      {trouble.pod === undefined ? null : (
        <dl>
          <dt>{words.firstPod}</dt>
          <dd className="mono">{trouble.pod}</dd>
          {container === undefined ? null : (
            <>
              <dt>{words.container}</dt>
              <dd className="mono">{container}</dd>
            </>
          )}
          <LastEvent pod={trouble.pod} />
        </dl>
      )}
      {trouble.pod === undefined || trouble.container === undefined || log === 'none' ? null : (
        <>
          <h3>{log === 'previous' ? change.failure.beforeRestart : change.failure.log}</h3>
          <PodLog
            pod={trouble.pod}
            container={trouble.container}
            previous={log === 'previous' ? 'if-any' : false}
            {...(!logOpen && { last: lastLines })}
          />
        </>
      )}
      {also.map((line) => (
        <p key={line} className="failure-also">
          <Icon name="fail" />
          {line}
        </p>
      ))}
      <div className="button-row">
        {trouble.pod === undefined || log === 'none' ? null : (
          <button
            type="button"
            className="btn small"
            aria-expanded={logOpen}
            onClick={() => setLogOpen(!logOpen)}
          >
            <Icon name="log" />
            {logOpen ? change.failure.lastLines : change.failure.wholeLog}
          </button>
        )}
        <button type="button" className="btn small" onClick={() => ui.actions.setTab(tabIds.events)}>
          <Icon name="list" />
          {words.events}
        </button>
        <CopyButton small text={report(batch, trouble)} says={words} />
      </div>
    </section>
  )
}

function LastEvent({ pod }: { readonly pod: string }) {
  const { change } = useWords()
  const format = useFormat()
  const today = useToday()
  const pods = usePods((state) => state)
  const event = pods.kind === 'view' ? lastEventOf(pods.view.events, pod) : undefined
  if (event === undefined) return null
  return (
    <>
      <dt>{change.failure.lastEvent}</dt>
      <dd>
        <b>{event.reason}</b> <span className="dim">{format.clockSeconds(event.at, today)}</span>
        <p>{event.message}</p>
      </dd>
    </>
  )
}

function Since() {
  const { release: words } = useWords()
  const format = useFormat()
  const since = usePipeline((view) => (view?.release?.state === 'held' ? view.release.since : undefined))
  const now = useClusterNow()
  return since === undefined ? null : words.heldFor(format.duration((now - since) / 1000))
}

/** Plain lines for a chat or a ticket; names of the cluster's own objects, in the cluster's words. */
function report(batch: BatchView, trouble: Trouble): string {
  return [
    `${trouble.reason}: ${trouble.message}`,
    `Deployment ${batch.name}`,
    `Pod ${trouble.pod ?? '?'}${trouble.container === undefined ? '' : `, container ${trouble.container}`}`,
  ].join('\n')
}
