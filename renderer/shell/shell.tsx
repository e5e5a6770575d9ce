import { memo, useCallback } from 'react'
import { Rail } from '../clusters/rail.tsx'
import { useDroppedFiles } from '../clusters/use-dropped-files.ts'
import { OpenRights } from '../parts/open-rights.ts'
import { OpenService } from '../parts/open-service.ts'
import { Panel } from '../panel/panel.tsx'
import { useCluster, useLink, useStores, useUi } from '../stores/store-context.tsx'
import { Dialogs } from './dialogs.tsx'
import { LiveRegion } from './live-region.tsx'
import { MainColumn } from './main-column.tsx'
import { NoteStack } from './note-stack.tsx'
import { useOnePress } from './one-press.ts'
import { Region } from './region.tsx'
import { Sidebar } from './sidebar.tsx'
import { useDocumentAttributes } from './theme.ts'
import { TitleBar } from './title-bar.tsx'
import { useNotices } from './use-notices.ts'
import { useServiceOpener } from './use-service-opener.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useWindowTitle } from './use-window-title.ts'
import { isCutOff } from '../stores/client.ts'

/** The window: title bar, rail, sidebar, picture, panel. */
export const Shell = memo(function Shell() {
  useDocumentAttributes()
  useOnePress()
  useShortcuts()
  useWindowTitle()
  useNotices()
  useDroppedFiles()
  const training = useCluster((cluster) => cluster?.training ?? false)
  const production = useCluster((cluster) => cluster?.production !== undefined)
  const sidebarOpen = useUi((state) => state.sidebarOpen)
  const lost = isCutOff(useLink())
  const kind = training ? 'in-training' : production ? 'on-production' : ''
  const { ui } = useStores()
  const connected = useCluster((cluster) => cluster?.state.kind === 'connected')
  const openRights = useCallback(() => ui.actions.open('rights'), [ui])
  const openService = useServiceOpener(useCallback(() => ui.getState().selection, [ui]))
  return (
    <OpenService value={openService}>
      <OpenRights value={connected ? openRights : undefined}>
        <div className={`window ${kind} ${sidebarOpen ? 'sidebar-open' : ''} ${lost ? 'link-lost' : ''}`}>
          <Region area="title">
            <TitleBar />
          </Region>
          <Region area="rail">
            <Rail />
          </Region>
          <Region area="sidebar">
            <Sidebar />
          </Region>
          <Region area="main">
            <MainColumn />
          </Region>
          <Region area="panel">
            <Panel />
          </Region>
          <Region area="notes">
            <NoteStack />
          </Region>
          <Dialogs />
          <Region area="spoken">
            <LiveRegion />
          </Region>
        </div>
      </OpenRights>
    </OpenService>
  )
})
