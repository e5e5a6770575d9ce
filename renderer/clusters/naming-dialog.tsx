import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import type { NamingQuestion } from '../stores/naming.ts'
import { useNaming, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { shownName } from './shown-name.ts'
import { useStepTitle } from './use-step-title.ts'
import { TypedName } from './typed-name.tsx'

/** A step forward on production that has to be named. Ways back are never asked for like this. */
export function NamingDialog() {
  const question = useNaming()
  return question === undefined ? null : (
    // What was typed for one cluster or step is not there for the next, though it may have the same name.
    <Question
      key={JSON.stringify([
        question.kind,
        question.cluster.id,
        question.step,
        question.namespace,
        question.name,
      ])}
      question={question}
    />
  )
}

function Question({ question }: { readonly question: NamingQuestion }) {
  const { production: words } = useWords()
  const { naming } = useStores()
  const unlock = useCommand('cluster/unlock')
  const [typed, setTyped] = useState('')
  const { kind, cluster, name, namespace } = question
  const step = useStepTitle(question)
  const right = typed.trim() === name
  const cancel = () => naming.answer(false, question)
  const send = async () => {
    if (!right) return
    const reply = kind === 'far' ? undefined : await unlock.call({ connection: cluster.id, typed })
    if (kind === 'far' || reply?.ok === true) naming.answer(true, question)
  }
  return (
    <Modal alert labelledBy="naming-title" describedBy="naming-why" className="naming" onClose={cancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <header>
          <Icon name={kind === 'far' ? 'warn' : 'unlock'} />
          <h2 id="naming-title">
            {kind === 'far' ? words.farTitle(name) : words.unlockTitle(shownName(cluster))}
          </h2>
          <span className="badge prod-badge">{words.badge}</span>
        </header>
        <p id="naming-why" className="dialog-text">
          {kind === 'far' ? words.farWhy : words.unlockWhy}
        </p>
        <dl className="facts">
          <dt>{words.cluster}</dt>
          <dd>
            {shownName(cluster)}
            {cluster.alias === undefined ? null : <span className="dim">{cluster.name}</span>}
          </dd>
          <dt>{words.server}</dt>
          <dd className="mono">{cluster.server}</dd>
          {namespace !== undefined ? (
            <>
              <dt>{words.namespace}</dt>
              <dd>{namespace}</dd>
            </>
          ) : null}
        </dl>
        <TypedName name={name} value={typed} onChange={setTyped} />
        {unlock.fault === undefined ? null : <FaultLine fault={unlock.fault} />}
        <footer>
          <button type="button" className="btn" onClick={cancel}>
            {words.cancel}
            <kbd aria-hidden="true">Esc</kbd>
          </button>
          <button type="submit" className="btn strong" disabled={!right} aria-busy={unlock.busy}>
            {kind === 'far' ? (step ?? words.confirm) : words.unlock}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
