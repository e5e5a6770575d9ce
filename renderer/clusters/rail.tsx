import { memo } from 'react'
import type { ClusterView } from '../../shared/contract.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { ConnectionMark } from '../parts/connection-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { connectionLook, connectionText } from '../shell/connection-words.ts'
import { useClusters, useStores, useUi } from '../stores/store-context.tsx'
import { avatarColour, initials } from './avatar.ts'

const none: readonly ClusterView[] = []

/** One avatar per cluster: colour from its name, state by the shape at its corner. Choosing one connects to nothing. */
export const Rail = memo(function Rail() {
  const { shell } = useWords()
  const clusters = useClusters((view) => view?.clusters ?? none)
  const real = clusters.filter((cluster) => !cluster.training)
  const training = clusters.filter((cluster) => cluster.training)
  return (
    <nav className="rail" aria-label={shell.clusters} data-area="rail">
      <ul>
        {real.map((cluster) => (
          <RailEntry key={cluster.id} cluster={cluster} />
        ))}
      </ul>
      {real.length > 0 && training.length > 0 ? <hr /> : null}
      <ul>
        {training.map((cluster) => (
          <RailEntry key={cluster.id} cluster={cluster} />
        ))}
      </ul>
      <AddEntry />
      <DoctorButton />
    </nav>
  )
})

function AddEntry() {
  const { kubeconfig: words } = useWords()
  const { ui } = useStores()
  return (
    <button
      type="button"
      className="rail-add"
      aria-label={words.add}
      title={words.add}
      onClick={() => ui.actions.addKubeconfigs([])}
    >
      <Icon name="plus" />
    </button>
  )
}

function DoctorButton() {
  const { doctorPage: words } = useWords()
  const { ui } = useStores()
  return (
    <div className="rail-end">
      <button
        type="button"
        className="icon-button"
        aria-label={words.open}
        title={words.open}
        onClick={() => ui.actions.open('doctor')}
      >
        <Icon name="pulse" />
      </button>
    </div>
  )
}

function RailEntry({ cluster }: { readonly cluster: ClusterView }) {
  const { shell, production } = useWords()
  const format = useFormat()
  const { ui } = useStores()
  const current = useUi((state) => state.selection.connection === cluster.id)
  const name = cluster.training ? shell.trainingClusterSimulated : (cluster.alias ?? cluster.name)
  const kind = cluster.production === undefined ? '' : `, ${production.production}`
  const state = connectionText(cluster.state, shell, format)
  return (
    <li>
      <button
        type="button"
        className="rail-entry"
        aria-current={current ? 'true' : undefined}
        title={`${name} · ${state}`}
        onClick={() => {
          if (!current) ui.actions.selectCluster(cluster.id, cluster.namespace)
        }}
      >
        <span
          aria-hidden="true"
          className={
            cluster.training
              ? 'avatar avatar-training'
              : `avatar avatar-${String(cluster.colour ?? avatarColour(cluster.name))}`
          }
        >
          {cluster.training ? <Icon name="train" /> : initials(cluster.alias ?? cluster.name)}
        </span>
        <span className="sr">{`${name}${kind}, ${state}`}</span>
        <span className="rail-mark">
          <ConnectionMark look={connectionLook(cluster.state)} />
        </span>
        {cluster.production === undefined ? null : (
          <span className="rail-prod" aria-hidden="true">
            {production.badge}
          </span>
        )}
      </button>
    </li>
  )
}
