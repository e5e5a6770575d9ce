import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { memo, useState } from 'react'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { shownName } from '../clusters/shown-name.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { ConnectionMark } from '../parts/connection-mark.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Keys } from '../parts/keys.tsx'
import { Middle } from '../parts/middle.tsx'
import { RightsLink } from '../parts/rights-link.tsx'
import { useCluster, useLink, useServices, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { TrainingBox } from '../training/training-box.tsx'
import { connectionLook, connectionText } from '../clusters/connection-state.ts'
import { NamespacePicker } from './namespace-picker.tsx'
import { ServiceList } from './service-list.tsx'
import { useToday } from '../history/use-today.ts'
import { isCutOff } from '../stores/client.ts'

/** The cluster in words, its namespace, and its services. */
export const Sidebar = memo(function Sidebar() {
  const { shell } = useWords()
  const { ui } = useStores()
  const connected = useCluster((cluster) => cluster?.state.kind === 'connected')
  const training = useCluster((cluster) => cluster?.training ?? false)
  return (
    <aside
      className="sidebar"
      aria-label={shell.services}
      data-area="sidebar"
      onKeyDown={(event) => {
        if (event.key === 'Escape') ui.actions.setSidebar(false)
      }}
    >
      <ClusterHead />
      {connected ? (
        <>
          <NamespacePicker />
          <Services />
        </>
      ) : null}
      {connected && training ? <TrainingBox /> : null}
    </aside>
  )
})

function ClusterHead() {
  const { shell, production, connection } = useWords()
  const format = useFormat()
  const today = useToday()
  const { ui } = useStores()
  const disconnect = useCommand('cluster/disconnect')
  const leave = async (connection: ClusterView['id']) => {
    const reply = await disconnect.call({ connection })
    // One has begun just now: what happens to it is asked about, as if it had been seen.
    if (reply?.ok === false && reply.fault.code === 'release-runs') ui.actions.open('disconnect')
  }
  const cluster = useCluster((one) => one)
  const lost = isCutOff(useLink())
  if (cluster === undefined) return null
  const { state } = cluster
  const drives = cluster.drives !== undefined
  const detail = cluster.training
    ? shell.simulated
    : state.kind === 'connected'
      ? shell.kubernetes(state.version)
      : ''
  const look = lost ? 'idle' : connectionLook(cluster)
  return (
    <div className="cluster-head">
      <h2>
        <Middle text={cluster.training ? shell.trainingCluster : shownName(cluster)} tail={8} from={24} />
        {cluster.training ? null : (
          <button
            type="button"
            className="icon-button small"
            aria-label={production.settings}
            title={production.settings}
            onClick={() => ui.actions.open('cluster-settings')}
          >
            <Icon name="pencil" />
          </button>
        )}
        {state.kind === 'connected' ? (
          <button
            type="button"
            className="icon-button small"
            aria-label={drives ? shell.disconnectAsks : shell.disconnect}
            title={drives ? shell.disconnectAsks : shell.disconnect}
            aria-busy={disconnect.busy}
            onClick={() => {
              if (drives) ui.actions.open('disconnect')
              else void leave(cluster.id)
            }}
          >
            <Icon name="unplug" />
          </button>
        ) : null}
      </h2>
      <p>
        <span className={`connection-word word-${look}`}>
          <ConnectionMark look={look} />
          {lost ? connection.unknown : connectionText(cluster, connection, { format, now: today })}
        </span>
        <span className="dim">{detail}</span>
      </p>
      {disconnect.fault === undefined ? null : <FaultLine fault={disconnect.fault} />}
      {cluster.insecure === true ? (
        <p className="insecure-word" title={connection.insecureWhy}>
          <Icon name="unlock" />
          {connection.insecure}
          <span className="sr">{connection.insecureWhy}</span>
        </p>
      ) : null}
    </div>
  )
}

function Services() {
  const { shell } = useWords()
  const [filter, setFilter] = useState('')
  const fault = useServices((view) => view?.fault)
  const missing = useServices((view) => view?.missing)
  const said = useFaultSentence()
  return (
    <>
      <label className="filter">
        <Icon name="search" />
        <input
          type="search"
          data-shortcut="filter"
          aria-keyshortcuts="/"
          placeholder={shell.filterServices}
          aria-label={shell.filterServices}
          value={filter}
          spellCheck={false}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('')
          }}
        />
        <Keys text="/" />
      </label>
      <div className="sidebar-scroll">
        {fault === undefined ? null : <FaultLine fault={fault} />}
        <ServiceList filter={filter} />
        {missing?.map((line) => (
          <p key={JSON.stringify(line)} className="sidebar-note">
            {said(line)}
          </p>
        ))}
        {missing === undefined || missing.length === 0 ? null : <RightsLink />}
      </div>
    </>
  )
}
