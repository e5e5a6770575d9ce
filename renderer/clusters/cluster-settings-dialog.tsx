import { useState } from 'react'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { isProductionByName } from '../../shared/model/production.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useCluster } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ColourChoice } from './colour-choice.tsx'
import { ProductionChoice } from './production-choice.tsx'
import type { Kind } from './production-choice.tsx'
import { TypedName } from './typed-name.tsx'

/** What a person says about a cluster: another name, a colour, production or not. */
export function ClusterSettingsDialog() {
  const cluster = useCluster((one) => one)
  return cluster === undefined || cluster.training ? null : <Settings key={cluster.id} cluster={cluster} />
}

function Settings({ cluster }: { readonly cluster: ClusterView }) {
  const { production: words } = useWords()
  const close = useCloseDialog()
  const command = useCommand('cluster/settings')
  const [alias, setAlias] = useState(cluster.alias ?? '')
  const [colour, setColour] = useState(cluster.colour)
  const [kind, setKind] = useState<Kind>(kindSaid(cluster))
  const [typed, setTyped] = useState('')
  const byName = isProductionByName(cluster)
  const stays = kind === 'production' || (kind === 'by-name' && byName)
  // What was read-only would take changes: that is switching them on.
  const opens = cluster.production !== undefined && cluster.production.unlockedForMs === undefined && !stays
  const save = async () => {
    const reply = await command.call({
      connection: cluster.id,
      alias,
      ...(colour !== undefined && { colour }),
      ...(kind !== 'by-name' && { production: kind === 'production' }),
      ...(opens && { typed }),
    })
    if (reply?.ok === true) close()
  }
  return (
    <Modal labelledBy="settings-title" className="cluster-settings" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <header>
          <Icon name="pencil" />
          <h2 id="settings-title">{words.settingsTitle(cluster.name)}</h2>
        </header>
        <p className="dialog-text">{words.settingsWhy}</p>
        <div className="settings-rows">
          <label>
            <span>{words.alias}</span>
            <input
              className="text-field"
              data-first-focus
              maxLength={60}
              placeholder={cluster.name}
              value={alias}
              onChange={(event) => setAlias(event.target.value)}
            />
          </label>
          <ColourChoice
            name={cluster.name}
            shown={alias === '' ? cluster.name : alias}
            value={colour}
            onChange={setColour}
          />
          <ProductionChoice byName={byName} value={kind} onChange={setKind} />
        </div>
        {opens ? (
          <>
            <p className="dialog-text">{words.opens}</p>
            <TypedName name={cluster.name} value={typed} onChange={setTyped} />
          </>
        ) : null}
        {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
        <footer>
          <button type="button" className="btn" onClick={close}>
            {words.cancel}
            <kbd aria-hidden="true">Esc</kbd>
          </button>
          <button
            type="submit"
            className="btn strong"
            disabled={opens && typed.trim() !== cluster.name}
            aria-busy={command.busy}
          >
            {words.save}
          </button>
        </footer>
      </form>
    </Modal>
  )
}

function kindSaid({ productionSaid }: ClusterView): Kind {
  if (productionSaid === undefined) return 'by-name'
  return productionSaid ? 'production' : 'not-production'
}
