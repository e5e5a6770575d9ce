import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { CommandInput } from '../../shared/contract.ts'
import type { GoBackWish } from '../../shared/history/go-back-rows.ts'
import { firstOrder, type PodOrder } from './pod-order.ts'
import type { Ports } from './client.ts'

export type Theme = 'light' | 'dark' | 'system'
export type PanelTab = 'release' | 'pods' | 'events' | 'logs' | 'history'
export type Dialog =
  | 'clusters'
  | 'cluster-settings'
  | 'kubeconfigs'
  | 'doctor'
  | 'rights'
  | 'none'
  | 'palette'
  | 'roll-back'
  | 'stop'
  | 'forget'
  | 'disconnect'
  | 'supersede'
  | 'plan'
  | 'change-plan'
  | 'template'
  | 'training-reset'
  | 'go-back'

const aboutAll: readonly Dialog[] = ['clusters', 'kubeconfigs', 'doctor', 'palette']

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
  readonly panelTab: PanelTab
  readonly dialog: Dialog
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
    panelTab: 'release',
    dialog: 'none',
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
  return {
    setLanguage: (language: UiState['language']) => store.setState({ language }),
    setTheme: (theme: Theme) => store.setState({ theme }),
    setNotices: (notices: boolean) => store.setState({ notices }),
    openService: (selection: { readonly [K in keyof Selection]: string }) =>
      store.setState({ ...at(selection), dialog: 'none', sidebarOpen: false, panelTab: 'release' }),
    selectCluster: (connection: string, namespace: string) =>
      store.setState({ ...at({ connection, namespace, service: undefined }), dialog: 'none' }),
    /** Nobody has chosen it just now. Dialogs about all clusters stay: the person may have opened one meanwhile. */
    showCluster: (connection: string, namespace: string) =>
      store.setState(({ dialog }) => ({
        ...at({ connection, namespace, service: undefined }),
        dialog: aboutAll.includes(dialog) ? dialog : 'none',
      })),
    selectNamespace: (namespace: string) =>
      store.setState(({ selection }) => at({ ...selection, namespace, service: undefined })),
    /** Once the application knows it: whoever looks at another cluster meanwhile stays there. */
    selectNamespaceOf: (connection: string, namespace: string) =>
      store.setState((state) =>
        state.selection.connection === connection ? at({ connection, namespace, service: undefined }) : state,
      ),
    selectService: (service: string) =>
      store.setState(({ selection }) => ({
        ...at({ ...selection, service }),
        sidebarOpen: false,
      })),
    setSidebar: (sidebarOpen: boolean) => store.setState({ sidebarOpen }),
    setTab: (panelTab: PanelTab) => store.setState({ panelTab }),
    showLog: (logPod: string) => store.setState({ logPod, panelTab: 'logs' }),
    sortPods: (podOrder: PodOrder) => store.setState({ podOrder }),
    askGoBack: (goBack: GoBackWish) => store.setState({ goBack, dialog: 'go-back' }),
    addKubeconfigs: (dropped: UiState['dropped']) => store.setState({ dropped, dialog: 'kubeconfigs' }),
    open: (dialog: Dialog) => store.setState({ dialog }),
    closeDialog: () => store.setState({ dialog: 'none', dropped: [] }),
  }
}

/** What is looked at, and nothing of what was chosen for what was looked at before. */
function at(selection: Selection): Pick<UiState, 'selection' | 'logPod' | 'goBack'> {
  return { selection, logPod: undefined, goBack: undefined }
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
