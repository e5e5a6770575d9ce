import { useEffect, useRef, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useStores, useUi } from '../stores/store-context.tsx'
import { AddedKubeconfigs } from './added-kubeconfigs.tsx'
import { KubeconfigFields } from './kubeconfig-fields.tsx'
import { KubeconfigReport } from './kubeconfig-report.tsx'
import { lookAtKubeconfigs } from './look-at-kubeconfigs.ts'
import type { Looked } from './look-at-kubeconfigs.ts'
import { lookAtNew } from './look-at-new.ts'
import type { KubeconfigSource } from './kubeconfig-source.ts'

/** Kubeconfigs are looked at first and added then; what they would run is said before anything is trusted. */
export function KubeconfigDialog() {
  const { kubeconfig: words } = useWords()
  const stores = useStores()
  const { ports, ui } = stores
  const dropped = useUi((state) => state.dropped)
  const [looked, setLooked] = useState<Looked>()
  const { client } = ports
  const found = useRef<HTMLDivElement>(null)
  // What it would run must not stand below the edge while the button that adds it can be pressed.
  useEffect(() => {
    if (looked !== undefined && dropped.length === 0) found.current?.scrollIntoView({ block: 'nearest' })
  }, [looked, dropped])
  // Once for each time that files were dropped.
  useEffect(() => {
    if (dropped.length === 0) return undefined
    let gone = false
    void lookAtKubeconfigs(client, dropped).then((found) => {
      if (!gone) setLooked(found)
    })
    return () => {
      gone = true
    }
  }, [client, dropped])
  const add = async () => {
    if (looked === undefined) return
    const known = stores.clusters.getState().payload?.clusters ?? []
    const replies = await Promise.all(looked.sources.map((source) => client.call('kubeconfig/add', source)))
    const fault = replies.flatMap((reply) => (reply.ok ? [] : [reply.fault]))[0]
    if (fault === undefined) {
      ui.actions.closeDialog()
      lookAtNew(stores, known)
    } else setLooked({ ...looked, fault })
  }
  return (
    <Modal labelledBy="kubeconfig-title" className="kubeconfigs" onClose={ui.actions.closeDialog}>
      <header>
        <Icon name="file" />
        <h2 id="kubeconfig-title">{words.addTitle}</h2>
      </header>
      <div className="kubeconfig-body" tabIndex={0} role="region" aria-labelledby="kubeconfig-title">
        <p>{words.why}</p>
        {dropped.length > 0 ? (
          <p className="dropped">{words.dropped(dropped.map(nameOf).join(', '))}</p>
        ) : (
          <KubeconfigFields
            onLook={(source) => void lookAtKubeconfigs(client, [source]).then(setLooked)}
            onChange={() => setLooked(undefined)}
          />
        )}
        <div ref={found} className="looked-at-kubeconfigs">
          {looked?.fault === undefined ? null : <FaultLine fault={looked.fault} says={words.notReadable} />}
          {looked === undefined || looked.sources.length === 0 ? null : (
            <KubeconfigReport report={looked.report} />
          )}
        </div>
        <AddedKubeconfigs />
      </div>
      <footer>
        <button type="button" className="btn" onClick={ui.actions.closeDialog}>
          {words.close}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <button
          type="button"
          className="btn strong"
          disabled={looked === undefined || looked.report.contexts.length === 0}
          onClick={() => void add()}
        >
          <Icon name="plus" />
          {words.save}
        </button>
      </footer>
    </Modal>
  )
}

function nameOf(source: KubeconfigSource): string {
  return source.kind === 'text' ? source.name : source.path
}
