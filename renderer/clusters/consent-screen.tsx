import { useEffect, useRef } from 'react'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { pluginWords } from '../../shared/words/plugin-words.ts'
import { quoted } from '../../shared/words/quoted.ts'
import { useLanguage, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useCommand } from '../stores/use-command.ts'
import { shownName } from './shown-name.ts'

type Consent = Extract<ClusterView['state'], { readonly kind: 'consent' }>
type ConsentScreenProps = { readonly cluster: ClusterView; readonly consent: Consent }

/** The program that a kubeconfig wants to run, word for word. Cancel has the focus: agreeing must be a decision. */
export function ConsentScreen({ cluster, consent }: ConsentScreenProps) {
  const { cluster: words } = useWords()
  const language = useLanguage()
  const leave = useCommand('cluster/disconnect')
  const connect = useCommand('cluster/connect')
  const cancel = useRef<HTMLButtonElement>(null)
  // What is long is read from its beginning, and agreed to at its end.
  useEffect(() => cancel.current?.focus({ preventScroll: true }), [])
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
      {consent.warnings.length === 0 ? null : (
        <ul className="consent-warnings">
          {consent.warnings.map((warning) => (
            <li key={warning.kind} className="dialog-warning">
              <Icon name="warn" />
              {pluginWords[language].warning(warning)}
            </li>
          ))}
        </ul>
      )}
      <dl className="facts">
        <dt>{words.consentCommand}</dt>
        <dd>
          <Exact words={[consent.command]} />
          {consent.written === consent.command ? null : (
            <span className="dim small-text">{words.consentWritten(quoted(consent.written))}</span>
          )}
        </dd>
        <dt>{words.consentArgs}</dt>
        <dd>{consent.args.length === 0 ? words.consentNone : <Exact words={consent.args} numbered />}</dd>
        <dt>{words.consentEnv}</dt>
        <dd>{consent.env.length === 0 ? words.consentNone : <Exact words={consent.env} />}</dd>
        <dt>{words.file}</dt>
        <dd>
          <Exact words={[consent.file]} />
        </dd>
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

/** Word for word, one a line: where one ends is seen, whatever stands in it. */
function Exact({
  words,
  numbered = false,
}: {
  readonly words: readonly string[]
  readonly numbered?: boolean
}) {
  return (
    <ol className={numbered ? 'mono exact is-numbered' : 'mono exact'}>
      {words.map((word, index) => (
        <li key={index}>{quoted(word)}</li>
      ))}
    </ol>
  )
}
