import { lazy, memo, Suspense } from 'react'
import { Rail } from '../clusters/rail.tsx'
import { Panel } from '../release/panel.tsx'
import { useCluster, useUi } from '../stores/store-context.tsx'
import { LiveRegion } from './live-region.tsx'
import { MainColumn } from './main-column.tsx'
import { Sidebar } from './sidebar.tsx'
import { useDocumentAttributes } from './theme.ts'
import { TitleBar } from './title-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'

// None of these is needed for the first picture.
const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then((m) => ({ default: m.CommandPalette })),
)
const RollBackDialog = lazy(() =>
  import('../release/roll-back-dialog.tsx').then((m) => ({ default: m.RollBackDialog })),
)
const StopDialog = lazy(() => import('../release/stop-dialog.tsx').then((m) => ({ default: m.StopDialog })))
const TrainingResetDialog = lazy(() =>
  import('../training/training-reset-dialog.tsx').then((m) => ({ default: m.TrainingResetDialog })),
)

/** The window: title bar, rail, sidebar, picture, panel. */
export const Shell = memo(function Shell() {
  useDocumentAttributes()
  useShortcuts()
  const training = useCluster((cluster) => cluster?.training ?? false)
  const sidebarOpen = useUi((state) => state.sidebarOpen)
  return (
    <div className={`window ${training ? 'in-training' : ''} ${sidebarOpen ? 'sidebar-open' : ''}`}>
      <TitleBar />
      <Rail />
      <Sidebar />
      <MainColumn />
      <Panel />
      <Dialogs />
      <LiveRegion />
    </div>
  )
})

function Dialogs() {
  const dialog = useUi((state) => state.dialog)
  return (
    <Suspense fallback={null}>
      {dialog === 'palette' ? <CommandPalette /> : null}
      {dialog === 'roll-back' ? <RollBackDialog /> : null}
      {dialog === 'stop' ? <StopDialog /> : null}
      {dialog === 'training-reset' ? <TrainingResetDialog /> : null}
    </Suspense>
  )
}
