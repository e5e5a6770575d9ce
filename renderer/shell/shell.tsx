import { lazy, memo, Suspense, useCallback, useEffect } from 'react'
import { Rail } from '../clusters/rail.tsx'
import { useDroppedFiles } from '../clusters/use-dropped-files.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { OpenRights } from '../parts/open-rights.ts'
import { OpenService, type ServiceOpener } from '../parts/open-service.ts'
import { Panel } from '../release/panel.tsx'
import { useCluster, useLink, useNaming, useStores, useUi } from '../stores/store-context.tsx'
import { Broken } from './broken.tsx'
import { LiveRegion } from './live-region.tsx'
import { MainColumn } from './main-column.tsx'
import { Sidebar } from './sidebar.tsx'
import { useDocumentAttributes } from './theme.ts'
import { TitleBar } from './title-bar.tsx'
import { useNotices } from './use-notices.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useWindowTitle } from './use-window-title.ts'

// None of these is needed for the first picture, so they come as soon as the page has nothing else to do.
const load = {
  palette: () => import('./command-palette.tsx'),
  rollBack: () => import('../release/roll-back-dialog.tsx'),
  plan: () => import('../release/plan-dialog.tsx'),
  changePlan: () => import('../release/change-plan-dialog.tsx'),
  stop: () => import('../release/stop-dialog.tsx'),
  forget: () => import('../release/forget-dialog.tsx'),
  disconnect: () => import('../clusters/disconnect-dialog.tsx'),
  template: () => import('../release/template-dialog.tsx'),
  supersede: () => import('../release/supersede-dialog.tsx'),
  goBack: () => import('../history/go-back-dialog.tsx'),
  trainingReset: () => import('../training/training-reset-dialog.tsx'),
  naming: () => import('../clusters/naming-dialog.tsx'),
  rights: () => import('../clusters/rights-dialog.tsx'),
  doctor: () => import('../clusters/doctor-dialog.tsx'),
  kubeconfigs: () => import('../clusters/kubeconfig-dialog.tsx'),
  clusters: () => import('../clusters/clusters-dialog.tsx'),
  clusterSettings: () => import('../clusters/cluster-settings-dialog.tsx'),
}
const CommandPalette = lazy(() => load.palette().then((m) => ({ default: m.CommandPalette })))
const RollBackDialog = lazy(() => load.rollBack().then((m) => ({ default: m.RollBackDialog })))
const PlanDialog = lazy(() => load.plan().then((m) => ({ default: m.PlanDialog })))
const ChangePlanDialog = lazy(() => load.changePlan().then((m) => ({ default: m.ChangePlanDialog })))
const StopDialog = lazy(() => load.stop().then((m) => ({ default: m.StopDialog })))
const ForgetDialog = lazy(() => load.forget().then((m) => ({ default: m.ForgetDialog })))
const DisconnectDialog = lazy(() => load.disconnect().then((m) => ({ default: m.DisconnectDialog })))
const TemplateDialog = lazy(() => load.template().then((m) => ({ default: m.TemplateDialog })))
const SupersedeDialog = lazy(() => load.supersede().then((m) => ({ default: m.SupersedeDialog })))
const GoBackDialog = lazy(() => load.goBack().then((m) => ({ default: m.GoBackDialog })))
const TrainingResetDialog = lazy(() => load.trainingReset().then((m) => ({ default: m.TrainingResetDialog })))
const NamingDialog = lazy(() => load.naming().then((m) => ({ default: m.NamingDialog })))
const RightsDialog = lazy(() => load.rights().then((m) => ({ default: m.RightsDialog })))
const DoctorDialog = lazy(() => load.doctor().then((m) => ({ default: m.DoctorDialog })))
const KubeconfigDialog = lazy(() => load.kubeconfigs().then((m) => ({ default: m.KubeconfigDialog })))
const ClustersDialog = lazy(() => load.clusters().then((m) => ({ default: m.ClustersDialog })))
const ClusterSettingsDialog = lazy(() =>
  load.clusterSettings().then((m) => ({ default: m.ClusterSettingsDialog })),
)

/** An incident must not wait for a script: keys pressed while a dialog loads would be lost. */
function useEarlyDialogs(): void {
  useEffect(() => {
    const id = requestIdleCallback(() => {
      // A page that is being left can't fetch any more; a dialog that is really opened fetches again.
      for (const one of Object.values(load)) one().catch(() => undefined)
    })
    return () => cancelIdleCallback(id)
  }, [])
}

/** The window: title bar, rail, sidebar, picture, panel. */
export const Shell = memo(function Shell() {
  useDocumentAttributes()
  useShortcuts()
  useWindowTitle()
  useNotices()
  useEarlyDialogs()
  useDroppedFiles()
  const training = useCluster((cluster) => cluster?.training ?? false)
  const production = useCluster((cluster) => cluster?.production !== undefined)
  const sidebarOpen = useUi((state) => state.sidebarOpen)
  const selection = useUi((state) => state.selection)
  const lost = useLink() === 'lost'
  const kind = training ? 'in-training' : production ? 'on-production' : ''
  const { ui } = useStores()
  const connected = useCluster((cluster) => cluster?.state.kind === 'connected')
  const openRights = useCallback(() => ui.actions.open('rights'), [ui])
  const openService = useServiceOpener()
  return (
    <OpenService value={openService}>
      <OpenRights value={connected ? openRights : undefined}>
        <div className={`window ${kind} ${sidebarOpen ? 'sidebar-open' : ''} ${lost ? 'link-lost' : ''}`}>
          <TitleBar />
          <Rail />
          <Sidebar />
          <ErrorBoundary subject={selection} fallback={broken}>
            <MainColumn />
          </ErrorBoundary>
          <ErrorBoundary subject={selection} fallback={broken}>
            <Panel />
          </ErrorBoundary>
          <Dialogs />
          <LiveRegion />
        </div>
      </OpenRights>
    </OpenService>
  )
})

/** The same cluster; without a namespace, the same namespace. */
function useServiceOpener(): ServiceOpener {
  const { ui } = useStores()
  return useCallback(
    (service, namespace) => {
      const { selection } = ui.getState()
      const { connection } = selection
      const at = namespace ?? selection.namespace
      if (connection !== undefined && at !== undefined)
        ui.actions.openService({ connection, namespace: at, service })
    },
    [ui],
  )
}

function broken(message: string, retry: () => void) {
  return <Broken message={message} retry={retry} />
}

function Dialogs() {
  const dialog = useUi((state) => state.dialog)
  const naming = useNaming()
  return (
    <Suspense fallback={null}>
      {dialog === 'palette' ? <CommandPalette /> : null}
      {dialog === 'roll-back' ? <RollBackDialog /> : null}
      {dialog === 'plan' ? <PlanDialog /> : null}
      {dialog === 'change-plan' ? <ChangePlanDialog /> : null}
      {dialog === 'stop' ? <StopDialog /> : null}
      {dialog === 'forget' ? <ForgetDialog /> : null}
      {dialog === 'disconnect' ? <DisconnectDialog /> : null}
      {dialog === 'template' ? <TemplateDialog /> : null}
      {dialog === 'supersede' ? <SupersedeDialog /> : null}
      {dialog === 'go-back' ? <GoBackDialog /> : null}
      {dialog === 'training-reset' ? <TrainingResetDialog /> : null}
      {dialog === 'rights' ? <RightsDialog /> : null}
      {dialog === 'doctor' ? <DoctorDialog /> : null}
      {dialog === 'kubeconfigs' ? <KubeconfigDialog /> : null}
      {dialog === 'clusters' ? <ClustersDialog /> : null}
      {dialog === 'cluster-settings' ? <ClusterSettingsDialog /> : null}
      {naming === undefined ? null : <NamingDialog />}
    </Suspense>
  )
}
