import { memo } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { TabList } from '../parts/tab-list.tsx'
import { useDraft, usePipeline, useStores, useUi } from '../stores/store-context.tsx'
import type { PanelTab } from '../stores/ui.ts'
import { DraftActions } from '../draft/draft-actions.tsx'
import { DraftBody } from '../draft/draft-body.tsx'
import { DraftPlanProvider } from '../draft/draft-plan.tsx'
import { HistoryTab } from '../history/history-tab.tsx'
import { EventsTab } from './events-tab.tsx'
import { LogsTab } from './logs-tab.tsx'
import { PodsTab } from './pods-tab.tsx'
import { ReleaseActions } from '../release/release-actions.tsx'
import { ReleaseBody } from '../release/release-body.tsx'
import { isDraftedOver, isOver } from '../verbs/stage.ts'

/** Right of the picture: what happens next. Tabs change the upper part only, the actions below stay on each of them. */
export const Panel = memo(function Panel() {
  const { release } = useWords()
  const view = usePipeline((one) => one)
  const over = useDraft((state) => state.over)
  if (view === undefined || view.batches.length === 0) return null
  return (
    <aside className="panel" aria-label={release.panel} data-area="panel">
      {isOver(view) || isDraftedOver(view, over) ? (
        <DraftPlanProvider view={view}>
          <Inside release={<DraftBody />} actions={<DraftActions />} />
        </DraftPlanProvider>
      ) : (
        <Inside release={<ReleaseBody />} actions={<ReleaseActions />} />
      )}
    </aside>
  )
})

const tabs = ['release', 'pods', 'events', 'logs', 'history'] as const

function Inside({ release, actions }: { readonly release: ReactNode; readonly actions: ReactNode }) {
  const { release: words } = useWords()
  const { ui } = useStores()
  const tab = useUi((state) => state.panelTab)
  return (
    <>
      <TabList
        label={words.panel}
        id="panel"
        tabs={tabs.map((key) => ({ key, text: words.tabs[key] }))}
        current={tab}
        onChange={ui.actions.setTab}
      />
      <div
        id="panel-panel"
        className="panel-body"
        role="tabpanel"
        aria-labelledby={`panel-tab-${tab}`}
        tabIndex={tab === 'release' ? -1 : 0}
      >
        {tab === 'release' ? release : <OtherTab tab={tab} />}
      </div>
      <div className="panel-actions">{actions}</div>
    </>
  )
}

function OtherTab({ tab }: { readonly tab: Exclude<PanelTab, 'release'> }) {
  switch (tab) {
    case 'pods':
      return <PodsTab />
    case 'events':
      return <EventsTab />
    case 'logs':
      return <LogsTab />
    case 'history':
      return <HistoryTab />
  }
}
