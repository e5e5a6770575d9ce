import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { SettingsFile } from '../storage/settings-file.ts'

/** Remembers which cluster each context led to: names and addresses are given to new ones, a uid never is. */
export type ClusterIdentities = {
  /** Takes note of what answers, by the cluster's own time; true if it is another cluster than the last time. */
  isReplaced(id: ConnectionId, found: { readonly uid: string | undefined; readonly at: number }): boolean
  view(id: ConnectionId): Pick<ClusterView, 'replacedAt'>
  forget(id: ConnectionId): void
}

export function createClusterIdentities(options: {
  readonly settings: SettingsFile
  /** It is new at each start. */
  readonly training: ConnectionId | undefined
}): ClusterIdentities {
  const { settings } = options
  const replaced = new Map<ConnectionId, number>()
  return {
    isReplaced(id, { uid, at }) {
      const known = settings.read().clusters[id]?.uid
      if (uid === undefined || uid === known || id === options.training) return false
      settings.change((old) => ({
        ...old,
        clusters: { ...old.clusters, [id]: { ...old.clusters[id], uid } },
      }))
      if (known === undefined) return false
      replaced.set(id, at)
      return true
    },
    view(id) {
      const at = replaced.get(id)
      return at === undefined ? {} : { replacedAt: at }
    },
    forget: (id) => void replaced.delete(id),
  }
}
