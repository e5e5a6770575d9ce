import type { ClusterView } from '../../shared/view/clusters-view.ts'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { Words } from '../i18n/words.ts'
import type { Dialog } from '../stores/ui.ts'
import { verbIcons } from '../verbs/verb-icons.ts'
import { verbTitle } from '../verbs/verb-title.ts'
import type { PaletteEntry } from './palette-entry.ts'
import { nextTheme } from './theme.ts'

/** Everything that the palette offers, in its order. */
export const paletteTable: readonly PaletteEntry[] = [
  ({ release, words }) =>
    (release?.verbs ?? [])
      .filter((verb) => verb.enabled)
      .map((verb) => ({
        id: verbId(release, verb),
        icon: verbIcons[verb.verb],
        text: verbTitle(verb, words.release),
        keys: verbKeys[verb.verb] ?? '',
        run: ({ verbs }) => verbs.run(verb),
      })),
  ({ services, selection, words }) =>
    (services?.services ?? [])
      .filter(({ name }) => name !== selection.service)
      .map(({ name }) => ({
        id: `service ${name}`,
        icon: 'arrow',
        text: words.shell.command.goTo(name),
        keys: '',
        run: ({ ui }) => ui.actions.selectService(name),
      })),
  ({ clusters, selection, words }) =>
    (clusters?.clusters ?? [])
      .filter(({ id }) => id !== selection.connection)
      .map((cluster) => ({
        id: `cluster ${cluster.id}`,
        icon: 'plug',
        text: words.shell.command.cluster(bothNames(cluster, words.shell)),
        keys: '',
        run: ({ ui }) => ui.actions.selectCluster(cluster.id, cluster.namespace),
      })),
  ({ panel, tabs, language, words }) =>
    (panel ? tabs : []).map(({ id, name, key }) => ({
      id: `tab ${id}`,
      icon: 'list',
      text: words.shell.command.tab(name[language]),
      keys: key?.toUpperCase() ?? '',
      run: ({ ui }) => ui.actions.setTab(id),
    })),
  ({ words }) => [
    {
      id: 'theme',
      icon: 'moon',
      text: words.shell.command.theme,
      keys: '',
      run: ({ ui }) => ui.actions.setTheme(nextTheme(ui.getState().theme)),
    },
  ],
  ({ words }) => [
    {
      id: 'language',
      icon: 'globe',
      text: words.shell.command.language,
      keys: '',
      run: ({ ui }) => ui.actions.setLanguage(ui.getState().language === 'en' ? 'zh' : 'en'),
    },
  ],
  ({ words }) => [
    {
      id: 'rescan',
      icon: 'retry',
      text: words.shell.command.rescan,
      keys: '',
      run: ({ rescan }) => rescan(),
    },
  ],
  opens('clusters', ({ cluster }) => cluster.all),
  opens(
    'rights',
    ({ rights }) => rights.open,
    ({ cluster, selection }) => cluster?.state.kind === 'connected' && selection.namespace !== undefined,
  ),
  opens('doctor', ({ doctorPage }) => doctorPage.open),
  opens('about', ({ about }) => about.open),
  opens('kubeconfigs', ({ kubeconfig }) => kubeconfig.add),
  // The training cluster has none.
  opens(
    'cluster-settings',
    ({ production }) => production.settings,
    ({ cluster }) => cluster !== undefined && !cluster.training,
  ),
]

function opens(
  dialog: Dialog,
  text: (words: Words) => string,
  hasPlace: (input: Parameters<PaletteEntry>[0]) => boolean = () => true,
): PaletteEntry {
  return (input) =>
    hasPlace(input)
      ? [
          {
            id: dialog,
            icon: 'list',
            text: text(input.words),
            keys: '',
            run: ({ ui }) => ui.actions.open(dialog),
          },
        ]
      : []
}

const verbKeys: Readonly<Record<string, string>> = { pause: 'P', 'roll-back': 'Ctrl ⌫' }

function verbId(release: ReleaseView | undefined, { verb, step, batch }: VerbView): string {
  return ['verb', verb, release?.id, step, batch].join(' ')
}

/** Found by what the person calls it and by its context's name. */
function bothNames({ alias, name, training }: ClusterView, shell: Words['shell']): string {
  if (training) return shell.trainingCluster
  return alias === undefined ? name : `${alias} (${name})`
}
