import type { Ports } from './client.ts'
import { createClock } from './clock.ts'
import type { ClockStore } from './clock.ts'
import { createDraftStore, type DraftSubject } from './draft.ts'
import { createFeeds } from './feeds.ts'
import type { Feeds } from './feeds.ts'
import { keepHistory } from './history.ts'
import type { HistoryKeeping } from './history.ts'
import { wireFeeds } from './feed-wiring.ts'
import { createUiStore, dialogScopes } from './ui.ts'
import type { Selection, UiStore } from './ui.ts'
import { changingClient } from './changing-client.ts'
import { createNaming, endWithSubject } from './naming.ts'
import { keepNotices } from './notices.ts'
import type { NoticeKeeping } from './notices.ts'
import { createNotes } from './notes.ts'
import type { Notes } from './notes.ts'
import type { PanelTab } from './panel-tab.ts'
import { createVerbs } from './verbs.ts'
import type { Verbs } from './verbs.ts'
import type { Naming } from './naming.ts'

export type Stores = Feeds & {
  readonly ports: Ports
  readonly ui: UiStore
  readonly tabs: readonly PanelTab[]
  readonly draft: ReturnType<typeof createDraftStore>
  readonly clock: ClockStore
  readonly history: HistoryKeeping
  readonly naming: Naming
  readonly notices: NoticeKeeping
  readonly notes: Notes
  readonly verbs: Verbs
}

function subjectOf({ connection, namespace, service }: Selection): DraftSubject | undefined {
  return connection === undefined || namespace === undefined || service === undefined
    ? undefined
    : { connection, namespace, service }
}

/** Everything the page knows, wired to the application behind it. `stop` ends subscriptions and timers. */
export function createStores(
  given: Ports,
  preferred: 'en' | 'zh',
  tabs: readonly PanelTab[],
): { stores: Stores; stop: () => void } {
  const ui = createUiStore(given, preferred)
  const feeds = createFeeds()
  const naming = createNaming()
  const client = changingClient(given.client, {
    clusters: () => feeds.clusters.getState().payload,
    picture: () => {
      const { payload } = feeds.pipeline.getState()
      return payload.kind === 'view' ? payload.view : undefined
    },
    naming,
  })
  const ports = { ...given, client }
  const clock = createClock(ports)
  const draft = createDraftStore()
  const history = keepHistory({ ports, ui, pipeline: feeds.pipeline, tabs })
  const notices = keepNotices(ports, ui)
  const notes = createNotes()
  const verbs = createVerbs({ ports, ui, notes, pipeline: feeds.pipeline })
  const stores: Stores = {
    ...feeds,
    ports,
    ui,
    tabs,
    draft,
    clock: clock.store,
    history,
    naming,
    notices,
    notes,
    verbs,
  }
  // Before the feeds, which follow the selection: nothing that comes in finds the draft of another Service.
  const show = () => draft.getState().show(subjectOf(ui.getState().selection))
  show()
  const stops = [
    ui.subscribe(show),
    // A question that went with what it was about has not been answered.
    ui.subscribe(({ selection, dialog }, before) => {
      if (dialog === before.dialog || before.dialog === 'none' || selection === before.selection) return
      if (dialogScopes[before.dialog] === 'nothing') return
      const what = { kind: 'dialog', dialog: before.dialog } as const
      notes.add({ key: before.dialog, place: before.selection, what, told: { kind: 'closed' } })
    }),
    endWithSubject({ naming, ui, notes }),
    feeds.pipeline.subscribe(({ payload }) => {
      if (payload.kind !== 'view') return
      const { connection, namespace, service, batches } = payload.view
      draft.getState().follow({ connection, namespace, service: service.name }, batches)
    }),
  ]
  const unwire = wireFeeds({ ports, ui, feeds, tabs })
  return {
    stores,
    stop: () => {
      unwire()
      for (const stop of stops) stop()
      history.stop()
      notices.stop()
      clock.stop()
    },
  }
}
