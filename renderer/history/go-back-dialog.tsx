import { useState } from 'react'
import type { HistoryView } from '../../shared/history/history-view.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { RollBackMode } from '../../shared/release/release.ts'
import { useWords } from '../i18n/use-words.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { ModeChoice } from '../verbs/mode-choice.tsx'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { useClusterName } from '../verbs/use-cluster-name.ts'
import { useCloseDialog } from '../stores/opening.ts'
import { useCluster, useHistory, usePipeline, useUi } from '../stores/store-context.tsx'
import { GoBackDifferences } from './go-back-differences.tsx'
import { GoBackFacts } from './go-back-facts.tsx'
import { goBackRows, sameImages, versionText } from '../../shared/history/go-back-rows.ts'
import type { Choices, GoBackWish } from '../../shared/history/go-back-rows.ts'
import { GoBackTable } from './go-back-table.tsx'
import { useGoBack } from './use-go-back.ts'

/**
 * One question before batches go back to what they ran in the past: where, which batches, how many pods, from what to
 * what. Its button has the focus, nothing is typed or held: in an incident seconds count.
 */
export function GoBackDialog() {
  const view = usePipeline((one) => one)
  const history = useHistory((state) => state.view)
  const wish = useUi((state) => state.goBack)
  const fault = useHistory((state) => state.fault)
  useCloseWhen(wish === undefined || (history === undefined && fault !== undefined))
  if (view === undefined || history === undefined || wish === undefined) return null
  return <Question view={view} history={history} wish={wish} />
}

type QuestionProps = {
  readonly view: PipelineView
  readonly history: HistoryView
  readonly wish: GoBackWish
}

function Question({ view, history, wish }: QuestionProps) {
  const { history: words, release: releaseWords, shell } = useWords()
  const close = useCloseDialog()
  const cluster = useClusterName()
  const training = useCluster((one) => one?.training ?? false)
  const [choices, setChoices] = useState<Choices>({})
  const [mode, setMode] = useState<RollBackMode>('at-once')
  const rows = goBackRows(history, wish, { choices, sizes: view.batches })
  const going = rows.filter((row) => row.to !== undefined)
  const pods = going.reduce((sum, row) => sum + row.pods, 0)
  const { send, supersedes, busy, fault } = useGoBack({ view, rows, wish, mode })
  const only = wish.kind === 'revision' && going.length === 1 ? going[0]?.to : undefined
  const { connection, namespace, service } = view
  const target = { connection, namespace, service: service.name }
  const needsLock = fault?.code === 'no-lock-right'
  return (
    <Modal
      alert
      labelledBy="go-back-title"
      describedBy="go-back-facts"
      className="roll-back go-back"
      onClose={close}
    >
      <header>
        <Icon name="undo" />
        <h2 id="go-back-title">{words.title(view.service.name, cluster)}</h2>
        {training ? <span className="badge training-badge">{shell.training}</span> : null}
      </header>
      <GoBackFacts history={history} wish={wish} rows={rows} />
      <GoBackTable rows={rows} onChoose={(batch, digest) => setChoices({ ...choices, [batch]: digest })} />
      <div className="go-back-more">
        {only === undefined || rows.length < 2 ? null : (
          <button type="button" className="btn small" onClick={() => setChoices(sameImages(history, only))}>
            {words.sameForAll(versionText(only))}
          </button>
        )}
        <GoBackDifferences target={target} rows={rows} />
      </div>
      <ModeChoice modes={['at-once', 'batch-by-batch']} mode={mode} onChange={setMode} />
      {supersedes === undefined ? null : <Warning text={words.supersedes} />}
      {view.freshness.kind === 'live' ? null : <Warning text={words.stale} />}
      {fault === undefined ? null : <FaultLine fault={fault} />}
      <footer>
        <span className="dim">{going.length === 0 ? words.nothingChosen : words.ends}</span>
        <button type="button" className="btn" onClick={close}>
          {releaseWords.cancel}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <ConfirmButton
          danger
          // A lock that is missing is the answer to the person's own press, and the button says what the next one does.
          asks={JSON.stringify([supersedes, rows.map(({ batch, pods }) => [batch, pods])])}
          busy={busy}
          off={going.length === 0}
          onConfirm={() => void send(needsLock)}
        >
          <Icon name="undo" />
          {busy ? releaseWords.sending : needsLock ? words.goOnWithoutLock : words.send(pods)}
        </ConfirmButton>
      </footer>
    </Modal>
  )
}

function Warning({ text }: { readonly text: string }) {
  return (
    <p className="dialog-warning">
      <Icon name="warn" />
      {text}
    </p>
  )
}
