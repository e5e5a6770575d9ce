import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { FoldingSection, Section } from '../parts/section.tsx'
import { tabIds, type PanelTab } from '../stores/panel-tab.ts'
import { useHistory, useStores } from '../stores/store-context.tsx'
import { AsAtTime } from '../history/as-at-time.tsx'
import { PastReleases } from '../history/past-releases.tsx'
import { RevisionRow } from '../history/revision-row.tsx'

/** More batches than these are folded, so that the releases above stay in sight. */
const mostOpen = 4

/** What was released here, and what each batch ran: from every line one can go back. */
function HistoryTab() {
  const { history: words, shell } = useWords()
  const { history } = useStores()
  const format = useFormat()
  const say = useSay()
  const view = useHistory((state) => state.view)
  const fault = useHistory((state) => state.fault)
  return (
    <>
      {fault === undefined ? null : (
        <div className="history-fault">
          <FaultLine fault={fault} />
          <button type="button" className="btn small" onClick={history.reload}>
            {words.readAgain}
          </button>
        </div>
      )}
      {view !== undefined || fault !== undefined ? null : <p className="dim">{shell.loading}</p>}
      {view === undefined ? null : (
        <>
          {view.missing.map((sentence) => (
            <p key={JSON.stringify(sentence)} className="history-missing">
              <Icon name="warn" />
              {say(sentence)}
            </p>
          ))}
          <Section title={words.releases} side={format.number(view.releases.length)}>
            <PastReleases releases={view.releases} />
          </Section>
          <AsAtTime view={view} />
          {view.batches.map((batch) => (
            <FoldingSection
              key={batch.batch}
              title={words.batch(batch.number)}
              side={words.revisions(batch.revisions.length)}
              open={view.batches.length <= mostOpen}
            >
              <p className="mono dim small-text">{batch.name}</p>
              {batch.revisions.length === 0 ? <p className="dim">{words.noRevisions}</p> : null}
              <ul className="revisions">
                {batch.revisions.map((revision) => (
                  <RevisionRow key={revision.digest} batch={batch} revision={revision} />
                ))}
              </ul>
            </FoldingSection>
          ))}
        </>
      )}
    </>
  )
}

export const historyTab: PanelTab = {
  id: tabIds.history,
  name: { en: 'History', zh: '历史' },
  needs: ['history'],
  Body: HistoryTab,
}
