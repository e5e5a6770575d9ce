import { memo } from 'react'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { connectionText } from './connection-state.ts'
import { useClusters, useStores, useUi } from '../stores/store-context.tsx'
import { ClusterAvatar } from './cluster-avatar.tsx'
import { railClusters } from './rail-clusters.ts'
import { shownName } from './shown-name.ts'
import { useToday } from '../history/use-today.ts'

const none: readonly ClusterView[] = []

/** One avatar per cluster: colour from its name, state by the shape at its corner. Choosing one connects to nothing. */
export const Rail = memo(function Rail() {
  const { shell } = useWords()
  const { cluster: words } = useWords()
  const { ui } = useStores()
  const clusters = useClusters((view) => view?.clusters ?? none)
  const selected = useUi((state) => state.selection.connection)
  const real = railClusters(clusters, selected)
  const training = clusters.filter((cluster) => cluster.training)
  const more = clusters.length - real.length - training.length
  return (
    <nav className="rail" aria-label={shell.clusters} data-area="rail">
      <ul className="rail-clusters">
        {real.map((cluster) => (
          <RailEntry key={cluster.id} cluster={cluster} />
        ))}
      </ul>
      {more === 0 ? null : (
        <button
          type="button"
          className="rail-more"
          aria-label={words.allMore(more)}
          title={words.allMore(more)}
          onClick={() => ui.actions.open('clusters')}
        >
          {`+${String(more)}`}
        </button>
      )}
      {real.length > 0 && training.length > 0 ? <hr /> : null}
      <ul>
        {training.map((cluster) => (
          <RailEntry key={cluster.id} cluster={cluster} />
        ))}
      </ul>
      <AddEntry />
      <RailEnd />
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

function RailEnd() {
  const { cluster, doctorPage } = useWords()
  const { ui } = useStores()
  const entries = [
    { dialog: 'clusters', icon: 'list', text: cluster.all },
    { dialog: 'doctor', icon: 'pulse', text: doctorPage.open },
  ] as const
  return (
    <div className="rail-end">
      {entries.map(({ dialog, icon, text }) => (
        <button
          key={dialog}
          type="button"
          className="icon-button"
          aria-label={text}
          title={text}
          onClick={() => ui.actions.open(dialog)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  )
}

function RailEntry({ cluster }: { readonly cluster: ClusterView }) {
  const { shell, production, connection } = useWords()
  const format = useFormat()
  const today = useToday()
  const { ui } = useStores()
  const current = useUi((state) => state.selection.connection === cluster.id)
  const name = cluster.training ? shell.trainingClusterSimulated : shownName(cluster)
  const facts = [
    name,
    ...(cluster.production === undefined ? [] : [production.production]),
    connectionText(cluster, connection, { format, now: today }),
    ...(cluster.insecure === true ? [connection.insecure] : []),
  ]
  return (
    <li>
      <button
        type="button"
        className="rail-entry"
        aria-current={current ? 'true' : undefined}
        title={facts.join(' · ')}
        onClick={() => {
          if (!current) ui.actions.selectCluster(cluster.id, cluster.namespace)
        }}
      >
        <ClusterAvatar cluster={cluster} />
        <span className="sr">{facts.join(shell.comma)}</span>
        {cluster.production === undefined ? null : (
          <span className="rail-prod" aria-hidden="true">
            {production.badge}
          </span>
        )}
      </button>
    </li>
  )
}
