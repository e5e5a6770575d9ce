import type { DoctorEntry, DoctorLine } from '../../shared/words/doctor-text.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { useClusters, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'

const icons: Readonly<Record<DoctorLine['look'], IconName>> = { plain: 'right', good: 'check', warn: 'warn' }

/** One file, context or connection. A context can be connected from here, to see what happens. */
export function DoctorEntryRow({ entry }: { readonly entry: DoctorEntry }) {
  const { doctorPage: words } = useWords()
  const { ui } = useStores()
  const connect = useCommand('cluster/connect')
  const cluster = useClusters((view) => view?.clusters.find((one) => one.id === entry.id))
  const testable = cluster !== undefined && cluster.state.kind !== 'connected'
  const test = async () => {
    if (cluster === undefined) return
    const reply = await connect.call({ connection: cluster.id })
    // What it would run is shown on the cluster's own screen.
    if (reply?.ok === false && reply.fault.code === 'consent-needed' && ui.getState().dialog === 'doctor')
      ui.actions.selectCluster(cluster.id, cluster.namespace)
  }
  return (
    <article className="doctor-entry">
      <h4>
        {entry.title}
        {testable ? (
          <button
            type="button"
            className="btn small"
            aria-label={words.testOf(cluster.name)}
            aria-busy={connect.busy || cluster.state.kind === 'connecting'}
            onClick={() => void test()}
          >
            <Icon name="plug" />
            {words.test}
          </button>
        ) : null}
      </h4>
      <ul>
        {entry.lines.map(({ look, text }, index) => (
          <li key={index} className={`doctor-${look}`}>
            <Icon name={icons[look]} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </article>
  )
}
