import { useEffect, useState } from 'react'
import type { KubeconfigReport as Report } from '../../shared/contract.ts'
import type { Fault } from '../../shared/fault.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useStores, useUi } from '../stores/store-context.tsx'
import { AddedKubeconfigs } from './added-kubeconfigs.tsx'
import { KubeconfigFields } from './kubeconfig-fields.tsx'
import { KubeconfigReport } from './kubeconfig-report.tsx'
import type { KubeconfigSource } from './kubeconfig-source.ts'

type Looked = {
  readonly sources: readonly KubeconfigSource[]
  readonly report: Report
  readonly fault: Fault | undefined
}

/** Kubeconfigs are looked at first and added then; what they would run is said before anything is trusted. */
export function KubeconfigDialog() {
  const { kubeconfig: words } = useWords()
  const { ports, ui } = useStores()
  const dropped = useUi((state) => state.dropped)
  const [looked, setLooked] = useState<Looked>()
  const look = async (sources: readonly KubeconfigSource[]) => {
    const replies = await Promise.all(
      sources.map((source) => ports.client.call('kubeconfig/inspect', source)),
    )
    const reports = replies.flatMap((reply) => (reply.ok ? [reply.value] : []))
    setLooked({
      sources: sources.filter((_, index) => replies[index]?.ok === true),
      report: {
        contexts: reports.flatMap((one) => one.contexts),
        problems: reports.flatMap((one) => one.problems),
      },
      fault: replies.flatMap((reply) => (reply.ok ? [] : [reply.fault]))[0],
    })
  }
  // Once for each time that files were dropped.
  useEffect(() => {
    if (dropped.length > 0) void look(dropped)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `look` is new at every drawing and always the same
  }, [dropped])
  const add = async () => {
    if (looked === undefined) return
    const replies = await Promise.all(
      looked.sources.map((source) => ports.client.call('kubeconfig/add', source)),
    )
    const fault = replies.flatMap((reply) => (reply.ok ? [] : [reply.fault]))[0]
    if (fault === undefined) ui.actions.closeDialog()
    else setLooked({ ...looked, fault })
  }
  return (
    <Modal labelledBy="kubeconfig-title" className="kubeconfigs" onClose={ui.actions.closeDialog}>
      <header>
        <Icon name="file" />
        <h2 id="kubeconfig-title">{words.addTitle}</h2>
      </header>
      <div className="kubeconfig-body">
        <p>{words.why}</p>
        <KubeconfigFields onLook={(source) => void look([source])} onChange={() => setLooked(undefined)} />
        {looked === undefined ? null : <KubeconfigReport report={looked.report} />}
        {looked?.fault === undefined ? null : <FaultLine fault={looked.fault} />}
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
