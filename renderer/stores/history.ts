import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Target } from '../../shared/contract.ts'
import { failedInWords, type Fault } from '../../shared/fault.ts'
import type { HistoryView } from '../../shared/history/history-view.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { createAsking } from './asking.ts'
import type { Ports } from './client.ts'
import type { Feeds } from './feeds.ts'
import { shownTab, type PanelTab } from './panel-tab.ts'
import type { UiStore } from './ui.ts'

/** `loading`: nothing of this Service has arrived yet. With a fault, what was read before it is kept. */
export type HistoryState = {
  readonly view: HistoryView | undefined
  readonly fault: Fault | undefined
}

export type HistoryKeeping = {
  readonly store: StoreApi<HistoryState>
  /** Reads it once more, as after a fault. */
  reload(): void
  stop(): void
}

type Parts = {
  readonly ports: Pick<Ports, 'client' | 'after'>
  readonly ui: UiStore
  readonly pipeline: Feeds['pipeline']
  readonly tabs: readonly PanelTab[]
}

const empty: HistoryState = { view: undefined, fault: undefined }
const quietMs = 400

/** Reads the history while a tab that shows it, or the question of going back, is looked at, and again when the picture shows that something has changed. */
export function keepHistory({ ports, ui, pipeline, tabs }: Parts): HistoryKeeping {
  const asking = createAsking<HistoryView>(ports)
  const store = createStore<HistoryState>(() => empty)
  const stopCopying = asking.store.subscribe(({ value, fault }) =>
    store.setState(value === undefined && fault === undefined ? empty : { view: value, fault }, true),
  )

  function look(): void {
    const { payload } = pipeline.getState()
    const view = payload.kind === 'view' ? payload.view : undefined
    const subject = view === undefined ? undefined : JSON.stringify(targetOf(view))
    if (view !== undefined && isWanted()) {
      const target = targetOf(view)
      const ask = () => ports.client.call('history/list', { target })
      asking.about({ subject, occasion: signOf(view), laterMs: quietMs, ask })
    } else if (asking.store.getState().subject !== subject) {
      // Of another Service: it is read once it is looked at.
      asking.about({ subject: undefined, ask: () => Promise.resolve(failedInWords('not-found', '')) })
    }
  }

  /** The question of going back can be opened from an incident, without its tab. */
  function isWanted(): boolean {
    const { panelTab, dialog } = ui.getState()
    return dialog === 'go-back' || shownTab(tabs, panelTab)?.needs.includes('history') === true
  }

  const stops = [pipeline.subscribe(look), ui.subscribe(look), stopCopying, asking.stop]
  return {
    store,
    reload: asking.again,
    stop() {
      for (const stop of stops) stop()
    },
  }
}

function targetOf({ connection, namespace, service }: PipelineView): Target {
  return { connection, namespace, service: service.name }
}

/** Whatever the history could have got longer by: a release and its record, templates, rollouts that have ended. */
function signOf({ release, batches, freshness }: PipelineView): string {
  const run = [release?.id, release?.state, release?.log.length]
  const each = batches.map((batch) => [batch.uid, batch.digest, batch.updated === batch.desired])
  return JSON.stringify([freshness.kind, run, each])
}
