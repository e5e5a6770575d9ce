import type { ServicesView } from '../../shared/view/services-view.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { Words } from '../i18n/words.ts'
import type { IconName } from '../parts/icon.tsx'
import { verbIcons } from '../verbs/verb-icons.ts'
import { verbTitle } from '../verbs/verb-title.ts'
import type { PanelTab, Selection } from '../stores/ui.ts'

export type PaletteAction =
  | { readonly kind: 'verb'; readonly verb: VerbView }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'cluster'; readonly id: string; readonly namespace: string }
  | { readonly kind: 'tab'; readonly tab: PanelTab }
  | { readonly kind: 'theme' }
  | { readonly kind: 'language' }
  | { readonly kind: 'rescan' }
  | {
      readonly kind: 'dialog'
      readonly dialog: 'clusters' | 'doctor' | 'about' | 'kubeconfigs' | 'cluster-settings' | 'rights'
    }

export type PaletteCommand = {
  readonly id: string
  readonly icon: IconName
  readonly text: string
  readonly keys: string
  readonly action: PaletteAction
}

type PaletteInput = {
  readonly words: Words
  readonly clusters: ClustersView | undefined
  /** The one that is looked at. */
  readonly cluster: ClusterView | undefined
  readonly services: ServicesView | undefined
  readonly release: ReleaseView | undefined
  /** Whether there is a panel, whose tabs can be shown. */
  readonly panel: boolean
  readonly selection: Selection
}

const tabs = ['release', 'pods', 'events', 'logs', 'history'] as const
const keysOf: Readonly<Record<string, string>> = { pause: 'P', 'roll-back': 'Ctrl ⌫' }

/**
 * Everything that can be run just now and changes something: verbs that are open, services and clusters that are not
 * looked at already, tabs, and the switches. An id says what an entry does: another batch is another entry.
 */
export function paletteCommands({
  words,
  clusters,
  cluster: current,
  services,
  release,
  panel,
  selection,
}: PaletteInput): readonly PaletteCommand[] {
  const { shell } = words
  const verbs = (release?.verbs ?? []).filter((verb) => verb.enabled)
  return [
    ...verbs.map((verb) =>
      command(verbId(release, verb), verbTitle(verb, words.release), { kind: 'verb', verb }),
    ),
    ...(services?.services ?? [])
      .filter(({ name }) => name !== selection.service)
      .map(({ name }) => command(`service ${name}`, shell.command.goTo(name), { kind: 'service', name })),
    ...(clusters?.clusters ?? [])
      .filter(({ id }) => id !== selection.connection)
      .map((cluster) =>
        command(`cluster ${cluster.id}`, shell.command.cluster(bothNames(cluster, shell)), {
          kind: 'cluster',
          id: cluster.id,
          namespace: cluster.namespace,
        }),
      ),
    ...(panel ? tabs : []).map((tab) =>
      command(`tab ${tab}`, shell.command.tab(words.release.tabs[tab]), { kind: 'tab', tab }),
    ),
    command('theme', shell.command.theme, { kind: 'theme' }),
    command('language', shell.command.language, { kind: 'language' }),
    command('rescan', shell.command.rescan, { kind: 'rescan' }),
    command('clusters', words.cluster.all, { kind: 'dialog', dialog: 'clusters' }),
    ...(current?.state.kind === 'connected' && selection.namespace !== undefined
      ? [command('rights', words.rights.open, { kind: 'dialog', dialog: 'rights' })]
      : []),
    command('doctor', words.doctorPage.open, { kind: 'dialog', dialog: 'doctor' }),
    command('about', words.about.open, { kind: 'dialog', dialog: 'about' }),
    command('kubeconfigs', words.kubeconfig.add, { kind: 'dialog', dialog: 'kubeconfigs' }),
    // The training cluster has none.
    ...(current === undefined || current.training
      ? []
      : [command('settings', words.production.settings, { kind: 'dialog', dialog: 'cluster-settings' })]),
  ]
}

function verbId(release: ReleaseView | undefined, { verb, step, batch }: VerbView): string {
  return ['verb', verb, release?.id, step, batch].join(' ')
}

/** Found by what the person calls it and by its context's name. */
function bothNames({ alias, name, training }: ClusterView, shell: Words['shell']): string {
  if (training) return shell.trainingCluster
  return alias === undefined ? name : `${alias} (${name})`
}

const icons: Readonly<Record<PaletteAction['kind'], IconName>> = {
  verb: 'play',
  service: 'arrow',
  cluster: 'plug',
  tab: 'list',
  theme: 'moon',
  language: 'globe',
  rescan: 'retry',
  dialog: 'list',
}

function command(id: string, text: string, action: PaletteAction): PaletteCommand {
  const keys = action.kind === 'verb' ? (keysOf[action.verb.verb] ?? '') : ''
  const icon = action.kind === 'verb' ? verbIcons[action.verb.verb] : icons[action.kind]
  return { id, icon, text, keys, action }
}

/** Commands whose text holds every word that was typed, in any order. */
export function matching(commands: readonly PaletteCommand[], text: string): readonly PaletteCommand[] {
  const wanted = text.toLocaleLowerCase('en').split(/\s+/)
  return commands.filter((one) => {
    const own = one.text.toLocaleLowerCase('en')
    return wanted.every((word) => own.includes(word))
  })
}
