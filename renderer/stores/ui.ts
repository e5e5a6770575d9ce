import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { CommandInput } from '../../shared/contract.ts'
import type { GoBackWish } from '../../shared/history/go-back-rows.ts'
import { tabIds } from './panel-tab.ts'
import { firstOrder, type PodOrder } from './pod-order.ts'
import type { Ports } from './client.ts'

export type Theme = 'light' | 'dark' | 'system'
/**
 * Every dialog, with what it is about: it does not outlive that. `nothing` of what is looked at; else the cluster, or the
 * Service on it, that is looked at.
 */
export const dialogScopes = {
  clusters: 'nothing',
  kubeconfigs: 'nothing',
  doctor: 'nothing',
  about: 'nothing',
  palette: 'nothing',
  'cluster-settings': 'cluster',
  disconnect: 'cluster',
  'training-reset': 'cluster',
  rights: 'namespace',
  'roll-back': 'service',
  stop: 'service',
  forget: 'service',
  supersede: 'service',
  plan: 'service',
  'change-plan': 'service',
  template: 'service',
  'go-back': 'service',
} as const satisfies Readonly<Record<string, 'nothing' | keyof typeof depths>>
export type OpenDialog = keyof typeof dialogScopes
export type Dialog = OpenDialog | 'none'

/** How much of the selection each of them is. */
export const depths = { cluster: 1, namespace: 2, service: 3 } as const

/** A file that was dropped: its text, or why there is none. What can't be read hides nothing of the others. */
export type DroppedFile =
  | { readonly kind: 'read'; readonly source: CommandInput<'kubeconfig/add'> }
  | { readonly kind: 'unread'; readonly name: string; readonly why: 'not-readable' | 'too-large' }

/** What the person looks at. Each part may be missing: nothing is chosen for them but what there is only one of. */
export type Selection = {
  readonly connection: string | undefined
  readonly namespace: string | undefined
  readonly service: string | undefined
}

export type UiState = {
  readonly language: 'en' | 'zh'
  readonly theme: Theme
  /** Whether releases are told of outside the window. */
  readonly notices: boolean
  readonly selection: Selection
  readonly sidebarOpen: boolean
  /** Its id: see `panel-tab.ts`. */
  readonly panelTab: string
  readonly dialog: Dialog
  /** Counts dialogs: whoever closes one, late, says which it means. */
  readonly opened: number
  /** Kubeconfigs that were dropped on the window, to be looked at. */
  readonly dropped: readonly DroppedFile[]
  /** The pod whose log is shown. */
  readonly logPod: string | undefined
  /** How the list of pods goes. It stays when another Service is looked at. */
  readonly podOrder: PodOrder
  /** What the dialog of going back begins with. */
  readonly goBack: GoBackWish | undefined
}

export type UiStore = StoreApi<UiState> & { readonly actions: UiActions }
export type UiActions = ReturnType<typeof createActions>

const storageKey = 'tranche.ui'
const persisted = ['language', 'theme', 'notices', 'selection'] as const

/** The page's own state. Language, theme, notices and selection outlive the page. */
export function createUiStore(ports: Pick<Ports, 'storage'>, preferred: 'en' | 'zh'): UiStore {
  const store = createStore<UiState>(() => ({
    language: preferred,
    theme: 'system',
    notices: true,
    selection: { connection: undefined, namespace: undefined, service: undefined },
    ...readPersisted(ports.storage.read(storageKey)),
    sidebarOpen: false,
    panelTab: tabIds.release,
    dialog: 'none',
    opened: 0,
    dropped: [],
    logPod: undefined,
    podOrder: firstOrder,
    goBack: undefined,
  }))
  store.subscribe((state, before) => {
    if (persisted.every((key) => state[key] === before[key])) return
    ports.storage.write(
      storageKey,
      JSON.stringify(Object.fromEntries(persisted.map((key) => [key, state[key]]))),
    )
  })
  return { ...store, actions: createActions(store) }
}

function createActions(store: StoreApi<UiState>) {
  /** The only way to another selection: what was open about the one before does not stay. */
  const select = (selection: Selection, besides: Partial<UiState> = {}) =>
    store.setState((state) => ({ ...selected(state, selection), ...besides }))
  /** The only way to open a dialog. */
  const open = (dialog: Dialog, besides: Partial<Pick<UiState, 'goBack' | 'dropped'>> = {}) =>
    store.setState(({ opened }) => ({ ...besides, dialog, opened: opened + 1 }))
  return {
    setLanguage: (language: UiState['language']) => store.setState({ language }),
    setTheme: (theme: Theme) => store.setState({ theme }),
    setNotices: (notices: boolean) => store.setState({ notices }),
    openService: (selection: { readonly [K in keyof Selection]: string }) =>
      select(selection, { dialog: 'none', sidebarOpen: false, panelTab: tabIds.release }),
    selectCluster: (connection: string, namespace: string) =>
      select({ connection, namespace, service: undefined }, { dialog: 'none' }),
    /** Nobody has chosen it just now. Dialogs about nothing of it stay: the person may have opened one meanwhile. */
    showCluster: (connection: string, namespace: string) =>
      select({ connection, namespace, service: undefined }),
    selectNamespace: (namespace: string) =>
      select({ ...store.getState().selection, namespace, service: undefined }),
    /** Once the application knows it: whoever has gone elsewhere since it was `asked` for stays there. */
    selectNamespaceOf: (asked: Selection & { readonly connection: string }, namespace: string) => {
      const { connection } = asked
      if (isSameTo(depths.service, store.getState().selection, asked))
        select({ connection, namespace, service: undefined })
    },
    selectService: (service: string) =>
      select({ ...store.getState().selection, service }, { sidebarOpen: false }),
    setSidebar: (sidebarOpen: boolean) => store.setState({ sidebarOpen }),
    setTab: (panelTab: string) => store.setState({ panelTab }),
    showLog: (logPod: string) => store.setState({ logPod, panelTab: tabIds.logs }),
    sortPods: (podOrder: PodOrder) => store.setState({ podOrder }),
    askGoBack: (goBack: GoBackWish) => open('go-back', { goBack }),
    addKubeconfigs: (dropped: UiState['dropped']) => open('kubeconfigs', { dropped }),
    open: (dialog: Dialog) => open(dialog),
    /** `opened`: only that one; another may stand there by now. */
    closeDialog: (opened?: number) =>
      store.setState((state) =>
        opened === undefined || opened === state.opened ? { dialog: 'none', dropped: [] } : state,
      ),
  }
}

/** What is looked at, and nothing of what was chosen for what was looked at before. */
function at(selection: Selection): Pick<UiState, 'selection' | 'logPod' | 'goBack'> {
  return { selection, logPod: undefined, goBack: undefined }
}

function selected({ dialog, selection: before }: UiState, selection: Selection): Partial<UiState> {
  if (dialog === 'none') return at(selection)
  const scope = dialogScopes[dialog]
  const stays = scope === 'nothing' || isSameTo(depths[scope], before, selection)
  return stays ? at(selection) : { ...at(selection), dialog: 'none', dropped: [] }
}

export function isSameTo(depth: number, one: Selection, other: Selection): boolean {
  return (['connection', 'namespace', 'service'] as const)
    .slice(0, depth)
    .every((part) => one[part] === other[part])
}

/** Whatever stands in the storage may come from an older version: only what is understood is taken. */
function readPersisted(text: string | null): Partial<Pick<UiState, (typeof persisted)[number]>> {
  const found = parse(text)
  const { language, theme, notices, selection } = found
  return {
    ...(language === 'en' || language === 'zh' ? { language } : {}),
    ...(theme === 'light' || theme === 'dark' || theme === 'system' ? { theme } : {}),
    ...(typeof notices === 'boolean' ? { notices } : {}),
    ...(isRecord(selection)
      ? {
          selection: {
            connection: textOrNothing(selection['connection']),
            namespace: textOrNothing(selection['namespace']),
            service: textOrNothing(selection['service']),
          },
        }
      : {}),
  }
}

function parse(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
