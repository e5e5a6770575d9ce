import type { ServicesView } from '../../shared/view/services-view.ts'
import type { ClustersView, ClusterView } from '../../shared/view/clusters-view.ts'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { Language } from '../i18n/language.ts'
import type { Words } from '../i18n/words.ts'
import type { IconName } from '../parts/icon.tsx'
import type { PanelTab } from '../stores/panel-tab.ts'
import type { Stores } from '../stores/stores.ts'
import type { Selection } from '../stores/ui.ts'

/** What there is when the palette is drawn. */
export type PaletteInput = {
  readonly words: Words
  readonly language: Language
  readonly tabs: readonly PanelTab[]
  readonly clusters: ClustersView | undefined
  /** The one that is looked at. */
  readonly cluster: ClusterView | undefined
  readonly services: ServicesView | undefined
  readonly release: ReleaseView | undefined
  /** Whether there is a panel, whose tabs can be shown. */
  readonly panel: boolean
  readonly selection: Selection
}

/** What an entry acts by. */
export type PaletteHands = Pick<Stores, 'ui' | 'verbs'> & { readonly rescan: () => void }

export type PaletteCommand = {
  /** Says what it does: another batch is another entry. */
  readonly id: string
  readonly icon: IconName
  readonly text: string
  /** The keys that do the same; empty where none do. */
  readonly keys: string
  readonly run: (hands: PaletteHands) => void
}

/** A row of the palette's table: the commands of one kind that can be run just now and would change something. */
export type PaletteEntry = (input: PaletteInput) => readonly PaletteCommand[]
