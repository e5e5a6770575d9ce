import type { Target } from '../../shared/contract.ts'
import type { Clock } from '../cluster/clock/clock.ts'
import { createListeners, type Listeners } from './async/listeners.ts'
import type { Clusters } from './clusters/clusters.ts'
import { startFeed } from './feed.ts'
import type { PortForwards } from './forwards/port-forwards.ts'
import type { ReleaseService } from './releases/release-service.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import type { NamespaceModel, NamespaceModels } from './watching/namespace-models.ts'

export type NamespaceFeedOptions = {
  readonly clock: Clock
  readonly clusters: Clusters
  readonly models: NamespaceModels
  readonly releaseService: ReleaseService
  readonly settings: SettingsFile
  readonly forwards: Pick<PortForwards, 'of' | 'onChange'>
}

type Place = { readonly connection: Target['connection']; readonly namespace: string }

/** A feed about one namespace, whose watches are opened for it as soon as they can be. */
export function startNamespaceFeed<T>(
  options: NamespaceFeedOptions,
  place: Place,
  { send, build }: { send: (payload: T) => void; build: (model: NamespaceModel | undefined) => T },
): () => void {
  const { clock, clusters, models, releaseService } = options
  const changes = createListeners()
  let opened = follow(models, place, changes)
  const stopClusters = clusters.onChange(() => {
    // Connected, or lost, since: the namespace is opened as soon as it can be.
    if (opened !== undefined && clusters.get(place.connection) === undefined) {
      opened.stop()
      opened = undefined
    }
    opened ??= follow(models, place, changes)
    changes.tell()
  })
  const stopDesk = releaseService.onChange(changes.tell)
  const stopSettings = options.settings.onChange(changes.tell)
  const stopForwards = options.forwards.onChange(changes.tell)
  const stopFeed = startFeed({ clock, send, build: () => build(opened?.model), onChange: changes.add })
  return () => {
    stopFeed()
    stopDesk()
    stopSettings()
    stopForwards()
    stopClusters()
    opened?.stop()
  }
}

function follow(
  models: NamespaceModels,
  place: Place,
  changes: Listeners,
): { readonly model: NamespaceModel; readonly stop: () => void } | undefined {
  const opened = models.look(place.connection, place.namespace)
  if (opened === undefined) return undefined
  const stopModel = opened.model.onChange(changes.tell)
  return {
    model: opened.model,
    stop() {
      stopModel()
      opened.dispose()
    },
  }
}
