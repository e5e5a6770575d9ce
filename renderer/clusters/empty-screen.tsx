import type { ClustersView } from '../../shared/view/clusters-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { Problems } from './problems.tsx'

/** No kubeconfig was found: where it was looked for, and the training cluster as a way in. */
export function EmptyScreen({ view }: { readonly view: ClustersView }) {
  const { cluster: words, kubeconfig } = useWords()
  const { ui } = useStores()
  const rescan = useCommand('cluster/rescan')
  const connect = useCommand('cluster/connect')
  const training = view.clusters.find((cluster) => cluster.training)
  return (
    <section className="start-screen" aria-labelledby="start-title">
      <span className="start-icon">
        <Icon name="mark" />
      </span>
      <h1 id="start-title">{words.noneTitle}</h1>
      <p>{words.noneWhy}</p>
      <ul className="looked-at mono">
        {view.lookedAt.map((path) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
      <p>{words.noneNext}</p>
      <div className="button-row">
        {training === undefined ? null : (
          <button
            type="button"
            className="btn training-button"
            aria-busy={connect.busy}
            onClick={() => {
              ui.actions.selectCluster(training.id, training.namespace)
              if (training.state.kind !== 'connected') void connect.call({ connection: training.id })
            }}
          >
            <Icon name="train" />
            {words.openTraining}
          </button>
        )}
        <button type="button" className="btn" onClick={() => ui.actions.addKubeconfigs([])}>
          <Icon name="plus" />
          {kubeconfig.add}
        </button>
        <button type="button" className="btn" aria-busy={rescan.busy} onClick={() => void rescan.call({})}>
          <Icon name="retry" />
          {words.rescan}
        </button>
      </div>
      {connect.fault === undefined ? null : <FaultLine fault={connect.fault} />}
      {rescan.fault === undefined ? null : <FaultLine fault={rescan.fault} />}
      <Problems problems={view.problems} />
    </section>
  )
}
