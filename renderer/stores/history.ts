import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Target } from '../../shared/contract.ts'
import type { Fault } from '../../shared/fault.ts'
import type { HistoryView } from '../../shared/model/history.ts'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import type { Ports } from './client.ts'
import type { Feeds } from './feeds.ts'
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
}

const empty: HistoryState = { view: undefined, fault: undefined }
const quietMs = 400

/** Reads the history while its tab, or the question of going back, is looked at, and again when the picture shows that something has changed. */
export function keepHistory({ ports, ui, pipeline }: Parts): HistoryKeeping {
  const store = createStore<HistoryState>(() => empty)
  let about = ''
  let asked = ''
  let busy = false
  let cancel: (() => void) | undefined

  function look(): void {
    const { payload } = pipeline.getState()
    const view = payload.kind === 'view' ? payload.view : undefined
    const target = view === undefined ? '' : JSON.stringify(targetOf(view))
    if (target !== about) {
      about = target
      asked = ''
      store.setState(empty, true)
    }
    if (view === undefined || busy || !isWanted() || asked === signOf(view)) return
    busy = true
    cancel = ports.after(store.getState().view === undefined ? 0 : quietMs, () => void read())
  }

  /** The question of going back can be opened from an incident, without its tab. */
  function isWanted(): boolean {
    const { panelTab, dialog } = ui.getState()
    return panelTab === 'history' || dialog === 'go-back'
  }

  async function read(): Promise<void> {
    const { payload } = pipeline.getState()
    if (payload.kind === 'view') {
      const target = targetOf(payload.view)
      asked = signOf(payload.view)
      const reply = await ports.client.call('history/list', { target })
      // Another Service may have been chosen meanwhile.
      if (JSON.stringify(target) === about)
        store.setState((state) =>
          reply.ok ? { view: reply.value, fault: undefined } : { view: state.view, fault: reply.fault },
        )
    }
    busy = false
    look()
  }

  const stops = [pipeline.subscribe(look), ui.subscribe(look)]
  return {
    store,
    reload() {
      asked = ''
      look()
    },
    stop() {
      cancel?.()
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
