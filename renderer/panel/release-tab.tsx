import { DraftBody } from '../draft/draft-body.tsx'
import { ReleaseBody } from '../release/release-body.tsx'
import { tabIds, type PanelTab } from '../stores/panel-tab.ts'
import { useIsDrafting } from './use-is-drafting.ts'

/** The release that runs, or the next one that is drafted. */
function ReleaseTab() {
  return useIsDrafting() ? <DraftBody /> : <ReleaseBody />
}

export const releaseTab: PanelTab = {
  id: tabIds.release,
  name: { en: 'Release', zh: '发布' },
  needs: ['pods-in-trouble'],
  Body: ReleaseTab,
  hasOwnStops: true,
}
