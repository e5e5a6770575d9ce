import { memo } from 'react'
import type { ReactNode } from 'react'
import { useLanguage, useWords } from '../i18n/use-words.ts'
import { TabList } from '../parts/tab-list.tsx'
import { shownTab } from '../stores/panel-tab.ts'
import { usePipeline, useStores, useUi } from '../stores/store-context.tsx'
import { DraftActions } from '../draft/draft-actions.tsx'
import { DraftPlanProvider } from '../draft/draft-plan.tsx'
import { ReleaseActions } from '../release/release-actions.tsx'
import { useIsDrafting } from './use-is-drafting.ts'

/** Right of the picture: what happens next. Tabs change the upper part only, the actions below stay on each of them. */
export const Panel = memo(function Panel() {
  const { release } = useWords()
  const view = usePipeline((one) => one)
  const drafting = useIsDrafting()
  if (view === undefined || view.batches.length === 0) return null
  return (
    <aside className="panel" aria-label={release.panel} data-area="panel">
      {drafting ? (
        <DraftPlanProvider view={view}>
          <Inside actions={<DraftActions />} />
        </DraftPlanProvider>
      ) : (
        <Inside actions={<ReleaseActions />} />
      )}
    </aside>
  )
})

function Inside({ actions }: { readonly actions: ReactNode }) {
  const { release: words } = useWords()
  const language = useLanguage()
  const { ui, tabs } = useStores()
  const chosen = useUi((state) => state.panelTab)
  const tab = shownTab(tabs, chosen)
  if (tab === undefined) return null
  return (
    <>
      <TabList
        label={words.panel}
        id="panel"
        tabs={tabs.map(({ id, name }) => ({ key: id, text: name[language] }))}
        current={tab.id}
        onChange={ui.actions.setTab}
      />
      <div
        id="panel-panel"
        className="panel-body"
        role="tabpanel"
        aria-labelledby={`panel-tab-${tab.id}`}
        tabIndex={tab.hasOwnStops === true ? -1 : 0}
      >
        <tab.Body />
      </div>
      <div className="panel-actions">{actions}</div>
    </>
  )
}
