import { useState } from 'react'
import type { PipelineView, RollBackPreview } from '../../shared/view/pipeline.ts'
import { seenRelease } from '../../shared/view/seen-release.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import type { RollBackMode } from '../../shared/release/release.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { MiniBar } from '../parts/mini-bar.tsx'
import { Modal } from '../parts/modal.tsx'
import { PodShape } from '../parts/pod-shape.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useCluster, usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ModeChoice } from '../verbs/mode-choice.tsx'
import { leastServing, rollBackSeconds } from './roll-back-facts.ts'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { useClusterName } from '../verbs/use-cluster-name.ts'
import { WhereRows } from '../verbs/where-rows.tsx'

/**
 * One question before everything goes back: where, which batches, how many pods, from what to what.
 * Its button has the focus, nothing is typed or held: in an incident seconds count.
 */
export function RollBackDialog() {
  const view = usePipeline((one) => one)
  const preview = view?.release?.rollBack
  useCloseWhen(preview === undefined)
  if (view === undefined || preview === undefined) return null
  return <Question view={view} preview={preview} />
}

function Question({ view, preview }: { readonly view: PipelineView; readonly preview: RollBackPreview }) {
  const { release: words, shell } = useWords()
  const { ports } = useStores()
  const close = useCloseDialog()
  const cluster = useClusterName()
  const training = useCluster((one) => one?.training ?? false)
  const command = useCommand('release/roll-back')
  const [chosen, setMode] = useState<RollBackMode>()
  // A way that is offered no more can't be sent.
  const mode = preview.modes.find((one) => one === chosen) ?? preview.modes[0] ?? 'at-once'
  useCloseWhen(preview.batches.length === 0, command.busy)
  const send = async () => {
    const { connection, namespace, service, release } = view
    if (release === undefined) return
    const reply = await command.call({
      request: ports.requestId(),
      target: { connection, namespace, service: service.name },
      ...seenRelease(release),
      mode,
      batches: preview.batches.map((batch) => batch.uid),
    })
    if (reply?.ok === true) close()
  }
  return (
    <Modal
      alert
      labelledBy="roll-back-title"
      describedBy="roll-back-facts"
      className="roll-back"
      onClose={close}
    >
      <header>
        <Icon name="undo" />
        <h2 id="roll-back-title">{words.rollBackTitle(view.service.name, cluster)}</h2>
        {training ? <span className="badge training-badge">{shell.training}</span> : null}
      </header>
      <Facts view={view} preview={preview} mode={mode} />
      <BeforeAfter view={view} preview={preview} />
      <ModeChoice modes={preview.modes} mode={mode} onChange={setMode} />
      {view.freshness.kind === 'live' ? null : (
        <p className="dialog-warning">
          <Icon name="warn" />
          {words.rollBackStale}
        </p>
      )}
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
      <footer>
        <span className="dim">{words.rollBackEnds}</span>
        <button type="button" className="btn" onClick={close}>
          {words.cancel}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <ConfirmButton
          danger
          // Not how many pods each has by now: an autoscaler that moves every second must not keep anybody from going back.
          asks={JSON.stringify([
            view.release?.id,
            preview.batches.map(({ uid, from, to }) => [uid, from, to]),
          ])}
          busy={command.busy}
          onConfirm={() => void send()}
        >
          <Icon name="undo" />
          {command.busy ? words.sending : words.rollBackNow(preview.pods)}
        </ConfirmButton>
      </footer>
    </Modal>
  )
}

type FactsProps = {
  readonly view: PipelineView
  readonly preview: RollBackPreview
  readonly mode: RollBackMode
}

function Facts({ view, preview, mode }: FactsProps) {
  const { release: words } = useWords()
  const format = useFormat()
  const seconds = rollBackSeconds(view, preview, mode)
  const total = view.batches.reduce((sum, batch) => sum + batch.desired, 0)
  const ways = [...new Map(preview.batches.map((batch) => [`${batch.from} ${batch.to}`, batch])).values()]
  return (
    <dl id="roll-back-facts" className="facts">
      <WhereRows />
      <dt>{words.batches}</dt>
      <dd>
        {ranges(preview.batches.map((batch) => batch.number))}{' '}
        <span className="dim mono">{preview.batches.map((batch) => batch.name).join(', ')}</span>
      </dd>
      <dt>{words.pods}</dt>
      <dd>{words.keepServing(preview.pods, total, leastServing(view, preview))}</dd>
      <dt>{words.imageTag}</dt>
      <dd>
        {ways.map((way) => (
          <p key={`${way.from} ${way.to}`} className="way mono">
            <PodShape kind="new" />
            {way.from}
            <Icon name="arrow" />
            <PodShape kind="old" />
            <b>{way.to}</b>
            {ways.length > 1 ? <span className="dim">{way.name}</span> : null}
          </p>
        ))}
      </dd>
      {seconds === undefined ? null : (
        <>
          <dt>{words.time}</dt>
          <dd>{words.about(format.duration(seconds))}</dd>
        </>
      )}
    </dl>
  )
}

function BeforeAfter({ view, preview }: { readonly view: PipelineView; readonly preview: RollBackPreview }) {
  const { release: words } = useWords()
  const format = useFormat()
  const back = new Set(preview.batches.map((batch) => batch.uid))
  const now = view.batches.map((batch) => ({
    pods: batch.desired,
    fresh: batch.servingNew,
    failing: batch.look === 'failing',
  }))
  const after = now.map((part, index) => {
    const uid = view.batches[index]?.uid
    return uid !== undefined && back.has(uid) ? { ...part, fresh: 0, failing: false } : part
  })
  const share = (parts: typeof now) => {
    const pods = parts.reduce((sum, part) => sum + part.pods, view.endpoints.others.ready)
    return pods === 0 ? 0 : parts.reduce((sum, part) => sum + part.fresh, 0) / pods
  }
  return (
    <div className="before-after">
      <span className="dim">{words.before}</span>
      <MiniBar parts={now} />
      <b>{words.newShare(format.share(view.newShare ?? share(now)))}</b>
      <span className="dim">{words.after}</span>
      <MiniBar parts={after} />
      <b>{words.newShare(format.share(share(after)))}</b>
    </div>
  )
}
