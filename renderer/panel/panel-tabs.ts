import type { PanelTab } from '../stores/panel-tab.ts'
import { eventsTab } from './events-tab.tsx'
import { historyTab } from './history-tab.tsx'
import { logsTab } from './logs-tab.tsx'
import { podsTab } from './pods-tab.tsx'
import { releaseTab } from './release-tab.tsx'

/** Every tab of the panel, in its order. The first is shown when nothing else was chosen. */
export const panelTabs: readonly PanelTab[] = [releaseTab, podsTab, eventsTab, logsTab, historyTab]
