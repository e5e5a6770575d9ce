import type { BatchHistory, Revision } from '../../shared/history/history-view.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { useStores } from '../stores/store-context.tsx'
import { versionText } from '../../shared/history/go-back-rows.ts'
import { useToday } from './use-today.ts'

/** One template that a batch ran. */
export function RevisionRow({
  batch,
  revision,
}: {
  readonly batch: BatchHistory
  readonly revision: Revision
}) {
  const { history: words } = useWords()
  const { ui } = useStores()
  const format = useFormat()
  const today = useToday()
  const { source, since, known, cause, by, current, digest } = revision
  const version = versionText(revision)
  const number = words.revision(revision.revision)
  const time = format.clock(since, today)
  return (
    <li>
      <div>
        <b className="mono">{version}</b>
        <p className="revision-facts">
          <span>{number}</span>
          <span>{known === 'exactly' ? words.since(time) : words.ranAt(time)}</span>
          {by === undefined ? null : <span>{words.by(by)}</span>}
          <span className={source.kind === 'replica-set' ? 'mono' : ''}>
            {source.kind === 'replica-set' ? source.name : words.fromRelease}
          </span>
        </p>
        {cause === '' ? null : <p className="revision-cause">{cause}</p>}
      </div>
      {current ? (
        <span className="badge">{words.runsNow}</span>
      ) : (
        <button
          type="button"
          className="btn small"
          aria-label={words.goBackOf(batch.number, version, number)}
          onClick={() => ui.actions.askGoBack({ kind: 'revision', batch: batch.batch, digest })}
        >
          {words.goBack}
        </button>
      )}
    </li>
  )
}
