import { lazy, Suspense, useEffect, useId, useState } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { Opening } from '../stores/opening.ts'
import { useCluster, useNaming, usePipeline, useStores, useUi } from '../stores/store-context.tsx'
import { dialogScopes } from '../stores/ui.ts'
import type { OpenDialog } from '../stores/ui.ts'

// None of these is needed for the first picture, so they come as soon as the page has nothing else to do.
const load: Readonly<Record<OpenDialog | 'naming', () => Promise<ComponentType>>> = {
  palette: () => import('./command-palette.tsx').then((m) => m.CommandPalette),
  'roll-back': () => import('../release/roll-back-dialog.tsx').then((m) => m.RollBackDialog),
  plan: () => import('../plan/plan-dialog.tsx').then((m) => m.PlanDialog),
  'change-plan': () => import('../plan/change-plan-dialog.tsx').then((m) => m.ChangePlanDialog),
  stop: () => import('../release/stop-dialog.tsx').then((m) => m.StopDialog),
  forget: () => import('../release/forget-dialog.tsx').then((m) => m.ForgetDialog),
  disconnect: () => import('../clusters/disconnect-dialog.tsx').then((m) => m.DisconnectDialog),
  template: () => import('../draft/template-dialog.tsx').then((m) => m.TemplateDialog),
  supersede: () => import('../release/supersede-dialog.tsx').then((m) => m.SupersedeDialog),
  'go-back': () => import('../history/go-back-dialog.tsx').then((m) => m.GoBackDialog),
  'training-reset': () => import('../training/training-reset-dialog.tsx').then((m) => m.TrainingResetDialog),
  naming: () => import('../clusters/naming-dialog.tsx').then((m) => m.NamingDialog),
  rights: () => import('../clusters/rights-dialog.tsx').then((m) => m.RightsDialog),
  doctor: () => import('../clusters/doctor-dialog.tsx').then((m) => m.DoctorDialog),
  about: () => import('../clusters/about-dialog.tsx').then((m) => m.AboutDialog),
  kubeconfigs: () => import('../clusters/kubeconfig-dialog.tsx').then((m) => m.KubeconfigDialog),
  clusters: () => import('../clusters/clusters-dialog.tsx').then((m) => m.ClustersDialog),
  'cluster-settings': () =>
    import('../clusters/cluster-settings-dialog.tsx').then((m) => m.ClusterSettingsDialog),
}
const dialogs = Object.fromEntries(
  Object.entries(load).map(([name, get]) => [name, lazy(() => get().then((one) => ({ default: one })))]),
) as Record<keyof typeof load, LazyExoticComponent<ComponentType>>

type DialogName = keyof typeof load
/** Those that have come by now. One that React has to wait for, for however short, is shown 300 ms later. */
const come: Partial<Record<DialogName, ComponentType>> = {}

/** An incident must not wait for a script: keys pressed while a dialog loads would be lost. */
function useEarlyDialogs(): void {
  useEffect(() => {
    const id = requestIdleCallback(() => {
      // A page that is being left can't fetch any more; a dialog that is really opened fetches again.
      for (const name of Object.keys(load) as DialogName[])
        load[name]().then(
          (one) => (come[name] = one),
          () => undefined,
        )
    })
    return () => cancelIdleCallback(id)
  }, [])
}

/** The dialog that is open, and above it the question that waits for a typed name. Each opening is another dialog. */
export function Dialogs() {
  useEarlyDialogs()
  const dialog = useUi((state) => state.dialog)
  const opened = useUi((state) => state.opened)
  const naming = useNaming()
  const { ui, naming: answerer } = useStores()
  return (
    <Suspense fallback={null}>
      {dialog === 'none' ? null : (
        <Opening key={opened} value={opened}>
          <ErrorBoundary
            subject={opened}
            fallback={(message) => (
              <Unshown message={message} onClose={() => ui.actions.closeDialog(opened)} />
            )}
          >
            <Open dialog={dialog} />
          </ErrorBoundary>
        </Opening>
      )}
      {naming === undefined ? null : (
        <ErrorBoundary
          subject={naming}
          fallback={(message) => <Unshown message={message} onClose={() => answerer.answer(false)} />}
        >
          <Come name="naming" />
        </ErrorBoundary>
      )}
    </Suspense>
  )
}

type UnshownProps = { readonly message: string; readonly onClose: () => void }

/** Instead of a dialog that could not be drawn: what is not closed would keep the keys from what lies beneath. */
function Unshown({ message, onClose }: UnshownProps) {
  const { shell } = useWords()
  const id = useId()
  return (
    <Modal alert labelledBy={id} className="confirm" onClose={onClose}>
      <div id={id} className="dialog-text">
        <FaultLine fault={{ code: 'internal', message }} />
      </div>
      <footer>
        <button type="button" className="btn" data-first-focus onClick={onClose}>
          {shell.close}
        </button>
      </footer>
    </Modal>
  )
}

/** Nothing is asked about what is not there: unseen, it would also keep the keys from what lies beneath. */
function Open({ dialog }: { readonly dialog: OpenDialog }) {
  const there = useIsThere(dialog)
  useCloseWhen(!there)
  return there ? <Come name={dialog} /> : null
}

/** Stays the one that it was opened as: another component in its place would forget what was typed. */
function Come({ name }: { readonly name: DialogName }) {
  const [{ Dialog }] = useState(() => ({ Dialog: come[name] ?? dialogs[name] }))
  return <Dialog />
}

function useIsThere(dialog: OpenDialog): boolean {
  const cluster = useCluster((one) => one !== undefined)
  const namespace = useUi((state) => state.selection.namespace !== undefined)
  const service = usePipeline((view) => view !== undefined)
  switch (dialogScopes[dialog]) {
    case 'nothing':
      return true
    case 'cluster':
      return cluster
    case 'namespace':
      return cluster && namespace
    case 'service':
      return service
  }
}
