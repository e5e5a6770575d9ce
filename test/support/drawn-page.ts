import { renderToStaticMarkup } from 'react-dom/server'
import type { ReactNode } from 'react'
import { LanguageContext } from '../../renderer/i18n/use-words.ts'
import { jsx } from '../../renderer/jsx/jsx-runtime.ts'
import type { PanelTab } from '../../renderer/stores/panel-tab.ts'
import { StoresProvider } from '../../renderer/stores/store-context.tsx'
import { createStores, type Stores } from '../../renderer/stores/stores.ts'
import { createMemoryClient } from '../visual/memory-client.ts'
import { scenario } from '../visual/scenario.ts'

export type DrawnPage = {
  readonly stores: Stores
  /** Feeds that are subscribed to now. */
  readonly open: () => readonly string[]
  /** The markup as it stands now, without a browser. */
  draw(element: ReactNode): string
}

/** The page over one state of the fixtures, with these tabs. */
export function drawnPage(state: string, tabs: readonly PanelTab[]): DrawnPage {
  const { payloads, link, selection } = scenario(state)
  const { client } = createMemoryClient(payloads, link)
  const open: string[] = []
  const { stores } = createStores(
    {
      client: {
        ...client,
        subscribe(feed, params, listener) {
          open.push(feed)
          const stop = client.subscribe(feed, params, listener)
          return () => {
            open.splice(open.indexOf(feed), 1)
            stop()
          }
        },
      },
      monotonic: () => 0,
      after: () => () => undefined,
      every: () => () => undefined,
      requestId: () => 'request',
      onVisible: () => () => undefined,
      storage: { read: () => null, write: () => undefined },
    },
    'en',
    tabs,
  )
  stores.ui.setState({ selection })
  return {
    stores,
    open: () => [...open],
    draw: (element) =>
      renderToStaticMarkup(
        jsx(LanguageContext, {
          value: stores.ui.getState().language,
          children: jsx(StoresProvider, { value: asTheyStand(stores), children: element }),
        }),
      ),
  }
}

/** React draws without a browser what stores began with: here they begin with what stands in them. */
function asTheyStand(stores: Stores): Stores {
  const { ui, pipeline, pods, clusters, link, clock, draft, history } = stores
  return {
    ...stores,
    ui: asItStands(ui),
    pipeline: asItStands(pipeline),
    pods: asItStands(pods),
    clusters: asItStands(clusters),
    link: asItStands(link),
    clock: asItStands(clock),
    draft: asItStands(draft),
    history: { ...history, store: asItStands(history.store) },
  }
}

function asItStands<S extends { readonly getState: () => unknown }>(store: S): S {
  return { ...store, getInitialState: store.getState }
}
