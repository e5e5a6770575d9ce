import { useContext, useEffect, useMemo, useRef, useState } from 'react'
import { ok } from '../../shared/fault.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { Opening, useCloseDialog } from '../stores/opening.ts'
import { useStores, useUi } from '../stores/store-context.tsx'
import type { Stores } from '../stores/stores.ts'
import { useAnswer } from '../stores/use-answer.ts'
import { AddedKubeconfigs } from './added-kubeconfigs.tsx'
import { KubeconfigFields } from './kubeconfig-fields.tsx'
import { KubeconfigReport } from './kubeconfig-report.tsx'
import { addKubeconfigs, lookAtKubeconfigs, nameOf } from './look-at-kubeconfigs.ts'
import type { Refused } from './look-at-kubeconfigs.ts'
import { lookAtNew } from './look-at-new.ts'
import type { DroppedFile } from '../stores/ui.ts'
import type { KubeconfigSource } from './kubeconfig-source.ts'
import { RefusedKubeconfigs } from './refused-kubeconfigs.tsx'

const none: readonly never[] = []

/** Kubeconfigs are looked at first and added then; what they would run is said before anything is trusted. */
export function KubeconfigDialog() {
  const { kubeconfig: words } = useWords()
  const stores = useStores()
  const { ports, ui } = stores
  const close = useCloseDialog()
  const opened = useContext(Opening)
  const dropped = useUi((state) => state.dropped)
  const [typed, setTyped] = useState<readonly KubeconfigSource[]>(none)
  const [rest, setRest] = useState<readonly Refused[]>(none)
  const [adding, setAdding] = useState(false)
  const { client } = ports
  const found = useRef<HTMLDivElement>(null)
  // What is added is what was looked at and is still there: an answer about another text or other files is dropped.
  const sources = useMemo(() => (dropped.length > 0 ? readOf(dropped) : typed), [dropped, typed])
  const subject = useMemo(() => (sources.length === 0 ? undefined : JSON.stringify(sources)), [sources])
  const looking = useAnswer({
    subject,
    ask: async () => ok(await lookAtKubeconfigs(client, sources)),
  })
  const looked = looking.value
  // What it would run must not stand below the edge while the button that adds it can be pressed.
  useEffect(() => {
    if (looked !== undefined && dropped.length === 0) found.current?.scrollIntoView({ block: 'nearest' })
  }, [looked, dropped])
  const change = (sources: readonly KubeconfigSource[]) => {
    setTyped(sources)
    setRest(none)
  }
  const add = async () => {
    if (looked === undefined || adding) return
    const known = stores.clusters.getState().payload?.clusters ?? []
    setAdding(true)
    const refused = await addKubeconfigs(client, looked.sources)
    setAdding(false)
    setRest(refused)
    // What was refused just now is still to be read: here, or as a note where this dialog has been left meanwhile.
    if (refused.length === 0) close()
    if (ui.getState().opened !== opened || ui.getState().dialog === 'none') tellRefused(stores, refused)
    if (refused.length < looked.sources.length) lookAtNew(stores, known)
  }
  return (
    <Modal labelledBy="kubeconfig-title" className="kubeconfigs" onClose={close}>
      <header>
        <Icon name="file" />
        <h2 id="kubeconfig-title">{words.addTitle}</h2>
      </header>
      <div className="kubeconfig-body" tabIndex={0} role="region" aria-labelledby="kubeconfig-title">
        <p>{words.why}</p>
        {dropped.length > 0 ? (
          <p className="dropped">{words.dropped(dropped.map(nameOfDropped).join(', '))}</p>
        ) : (
          <KubeconfigFields onLook={(source) => change([source])} onChange={() => change(none)} />
        )}
        <div ref={found} className="looked-at-kubeconfigs">
          <RefusedKubeconfigs dropped={dropped} refused={[...(looked?.refused ?? none), ...rest]} />
          {looked === undefined || looked.sources.length === 0 ? null : (
            <KubeconfigReport report={looked.report} />
          )}
        </div>
        <AddedKubeconfigs />
      </div>
      <footer>
        <button type="button" className="btn" onClick={close}>
          {words.close}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <button
          type="button"
          className="btn strong"
          disabled={looked === undefined || looked.report.contexts.length === 0}
          aria-busy={adding}
          onClick={() => void add()}
        >
          <Icon name="plus" />
          {words.save}
        </button>
      </footer>
    </Modal>
  )
}

function tellRefused({ notes }: Pick<Stores, 'notes'>, refused: readonly Refused[]): void {
  for (const { name, fault } of refused)
    notes.add({
      key: `kubeconfig/add ${name}`,
      place: { connection: undefined, namespace: undefined, service: name },
      what: { kind: 'command', name: 'kubeconfig/add' },
      told: { kind: 'fault', fault },
    })
}

function readOf(dropped: readonly DroppedFile[]): readonly KubeconfigSource[] {
  return dropped.flatMap((one) => (one.kind === 'read' ? [one.source] : []))
}

function nameOfDropped(one: DroppedFile): string {
  return one.kind === 'read' ? nameOf(one.source) : one.name
}
