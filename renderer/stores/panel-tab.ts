import type { ComponentType } from 'react'

/** What has to be read while a tab is shown. The picture of the Service is read for every one. */
type TabNeed =
  | 'pods'
  /** Only while something fails: the failing pod's last event stands beside the reason. */
  | 'pods-in-trouble'
  | 'history'

/** All that a tab of the panel is. Panel, palette, keyboard and subscriptions are made from it. */
export type PanelTab = {
  readonly id: string
  readonly name: Readonly<Record<'en' | 'zh', string>>
  readonly needs: readonly TabNeed[]
  readonly Body: ComponentType
  /** A letter that shows it, as P pauses. */
  readonly key?: string
  /** It begins with fields of its own: the Tab key goes to these, not to the whole of it. */
  readonly hasOwnStops?: true
}

/** Those to which something else on the page leads. A test holds that each is in the table. */
export const tabIds = { release: 'release', events: 'events', logs: 'logs', history: 'history' } as const

/** The one that is shown. A name that none has (any longer) is that of the first, as when the page begins. */
export function shownTab(tabs: readonly PanelTab[], id: string): PanelTab | undefined {
  return tabs.find((tab) => tab.id === id) ?? tabs[0]
}
