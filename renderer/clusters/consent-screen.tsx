import { useEffect, useRef } from 'react'
import type { ClusterView } from '../../shared/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useCommand } from '../stores/use-command.ts'
import { CommandWords } from './command-words.tsx'
import { shownName } from './shown-name.ts'

type Consent = Extract<ClusterView['state'], { readonly kind: 'consent' }>
type ConsentScreenProps = { readonly cluster: ClusterView; readonly consent: Consent }

/** The program that a kubeconfig wants to run, word for word. Cancel has the focus: agreeing must be a decision. */
export function ConsentScreen({ cluster, consent }: ConsentScreenProps) {
  const { cluster: words } = useWords()
  const leave = useCommand('cluster/disconnect')
  const connect = useCommand('cluster/connect')
  const cancel = useRef<HTMLButtonElement>(null)
  useEffect(() => cancel.current?.focus(), [])
  return (
    <section
      className="start-screen"
      role="alertdialog"
      aria-labelledby="start-title"
      aria-describedby="consent-why"
    >
      <span className="start-icon tone-warn">
        <Icon name="key" />
      </span>
      <h1 id="start-title">{words.consentTitle(shownName(cluster))}</h1>
      <p id="consent-why">{words.consentWhy}</p>
      <dl className="facts">
        <dt>{words.consentCommand}</dt>
        <dd className="mono">{consent.command}</dd>
        <dt>{words.consentArgs}</dt>
        <dd className="mono">
          {consent.args.length === 0 ? words.consentNone : <CommandWords words={consent.args} />}
        </dd>
        <dt>{words.consentEnv}</dt>
        <dd className="mono">{consent.env.length === 0 ? words.consentNone : consent.env.join(', ')}</dd>
        <dt>{words.file}</dt>
        <dd className="mono">{consent.file}</dd>
      </dl>
      <div className="button-row">
        <button
          ref={cancel}
          type="button"
          className="btn"
          onClick={() => void leave.call({ connection: cluster.id })}
        >
          {words.cancel}
        </button>
        <button
          type="button"
          className="btn strong"
          aria-busy={connect.busy}
          onClick={() => void connect.call({ connection: cluster.id, consent: consent.key })}
        >
          <Icon name="play" />
          {words.consentRun}
        </button>
      </div>
      {connect.fault === undefined ? null : <FaultLine fault={connect.fault} />}
      {leave.fault === undefined ? null : <FaultLine fault={leave.fault} />}
    </section>
  )
}
