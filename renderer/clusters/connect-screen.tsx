import type { ReactNode } from 'react'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { useClusters, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ConsentScreen } from './consent-screen.tsx'
import { shownName } from './shown-name.ts'
import { SignIn } from './sign-in.tsx'
import { Problems } from './problems.tsx'

const none: readonly never[] = []

/** A cluster that is known but not connected. Connecting is always a click. */
export function ConnectScreen({ cluster }: { readonly cluster: ClusterView }) {
  const { state } = cluster
  const problems = useClusters((view) => view?.problems ?? none)
  return (
    <>
      {state.kind === 'consent' ? (
        <ConsentScreen cluster={cluster} consent={state} />
      ) : state.kind === 'connecting' ? (
        <Connecting cluster={cluster} />
      ) : state.kind === 'failed' ? (
        <Failed cluster={cluster} fault={<FaultLine fault={state.fault} />} />
      ) : (
        <Idle cluster={cluster} />
      )}
      <Problems problems={problems} />
    </>
  )
}

function Idle({ cluster }: { readonly cluster: ClusterView }) {
  const { cluster: words } = useWords()
  const connect = useCommand('cluster/connect')
  return (
    <Frame
      icon={cluster.training ? 'train' : 'plug'}
      title={cluster.training ? words.trainingTitle : words.connectTitle(shownName(cluster))}
    >
      <p>{cluster.training ? words.trainingWhy : words.connectWhy}</p>
      {cluster.training ? null : <Where cluster={cluster} />}
      <Warnings cluster={cluster} />
      <div className="button-row">
        <button
          type="button"
          className={cluster.training ? 'btn training-button' : 'btn strong'}
          data-shortcut="primary"
          aria-busy={connect.busy}
          onClick={() => void connect.call({ connection: cluster.id })}
        >
          <Icon name={cluster.training ? 'play' : 'plug'} />
          {cluster.training ? words.connectTraining : words.connect}
        </button>
      </div>
      {connect.fault === undefined ? null : <FaultLine fault={connect.fault} />}
    </Frame>
  )
}

function Connecting({ cluster }: { readonly cluster: ClusterView }) {
  const { cluster: words, kubeconfig } = useWords()
  const leave = useCommand('cluster/disconnect')
  return (
    <Frame icon="roll" title={words.connecting(shownName(cluster))}>
      <p>{cluster.signIn === undefined ? words.connectingWhy : kubeconfig.signingIn}</p>
      {cluster.signIn === undefined ? null : <SignIn connection={cluster.id} signIn={cluster.signIn} />}
      <Where cluster={cluster} />
      <div className="button-row">
        <button
          type="button"
          className="btn"
          aria-busy={leave.busy}
          onClick={() => void leave.call({ connection: cluster.id })}
        >
          {words.cancel}
        </button>
      </div>
      {leave.fault === undefined ? null : <FaultLine fault={leave.fault} />}
    </Frame>
  )
}

function Failed({ cluster, fault }: { readonly cluster: ClusterView; readonly fault: ReactNode }) {
  const { cluster: words, doctorPage } = useWords()
  const { ui } = useStores()
  const connect = useCommand('cluster/connect')
  return (
    <Frame icon="fail" title={words.failedTitle(shownName(cluster))}>
      {fault}
      <Where cluster={cluster} />
      <Warnings cluster={cluster} />
      <div className="button-row">
        <button
          type="button"
          className="btn strong"
          data-shortcut="primary"
          aria-busy={connect.busy}
          onClick={() => void connect.call({ connection: cluster.id })}
        >
          <Icon name="retry" />
          {words.tryAgain}
        </button>
        <button type="button" className="btn" onClick={() => ui.actions.open('doctor')}>
          <Icon name="pulse" />
          {doctorPage.open}
        </button>
      </div>
    </Frame>
  )
}

type FrameProps = { readonly icon: IconName; readonly title: string; readonly children: ReactNode }

function Frame({ icon, title, children }: FrameProps) {
  return (
    <section className="start-screen" aria-labelledby="start-title">
      <span className={`start-icon ${icon === 'fail' ? 'tone-fail' : ''}`}>
        <Icon name={icon} />
      </span>
      <h1 id="start-title">{title}</h1>
      {children}
    </section>
  )
}

function Where({ cluster }: { readonly cluster: ClusterView }) {
  const { cluster: words } = useWords()
  return (
    <dl className="facts">
      <dt>{words.server}</dt>
      <dd className="mono">{cluster.server}</dd>
      <dt>{words.file}</dt>
      <dd className="mono">{cluster.file}</dd>
    </dl>
  )
}

function Warnings({ cluster }: { readonly cluster: ClusterView }) {
  const { cluster: words, connection } = useWords()
  const said = useFaultSentence()
  const { warnings } = cluster
  if (warnings.length === 0) return null
  return (
    <section className="problems" aria-label={words.warnings}>
      <h2>{words.warnings}</h2>
      <ul>
        {cluster.insecure === true ? (
          <li className="insecure-note">
            <Icon name="unlock" />
            <p>{connection.insecureWhy}</p>
          </li>
        ) : null}
        {warnings.map((warning) => (
          <li key={said(warning)}>
            <Icon name="warn" />
            <p>{said(warning)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
