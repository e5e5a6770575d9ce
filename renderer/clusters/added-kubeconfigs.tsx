import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useClusters } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { Problems } from './problems.tsx'

const none: readonly never[] = []

/** Files and folders that were added here, each of which can be removed again; and what of all files is not readable. */
export function AddedKubeconfigs() {
  const { kubeconfig: words } = useWords()
  const added = useClusters((view) => view?.added ?? none)
  const problems = useClusters((view) => view?.problems ?? none)
  const remove = useCommand('kubeconfig/remove')
  return (
    <section className="added">
      <h3>{words.added}</h3>
      {added.length === 0 ? <p className="dim">{words.addedNone}</p> : null}
      <ul>
        {added.map((path) => (
          <li key={path}>
            <span className="mono">{path}</span>
            <button
              type="button"
              className="icon-button small"
              aria-label={words.remove(path)}
              title={`${words.remove(path)}\n${words.removeNote}`}
              onClick={() => void remove.call({ path })}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {remove.fault === undefined ? null : <FaultLine fault={remove.fault} />}
      <Problems problems={problems} />
    </section>
  )
}
