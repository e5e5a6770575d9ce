import { isActivePod, type Pod } from './objects.ts'
import { pods, resourceQuotas } from './resources.ts'
import type { Store } from './store.ts'

/** Why one pod more is not allowed, in the API server's words; undefined when it is. */
export function exceededQuota(store: Store, pod: Pod): string | undefined {
  const namespace = pod.metadata.namespace ?? ''
  for (const quota of store.list(resourceQuotas, namespace)) {
    for (const field of ['pods', 'count/pods']) {
      const limit = quota.spec.hard?.[field]
      if (limit === undefined) continue
      const all = store.list(pods, namespace)
      // `pods` counts those that are not finished, `count/pods` every object.
      const used =
        field === 'pods'
          ? all.filter((one) => isActivePod(one) || one.metadata.deletionTimestamp !== undefined).length
          : all.length
      if (used + 1 > Number(limit)) {
        return `pods "${pod.metadata.name}" is forbidden: exceeded quota: ${quota.metadata.name}, requested: ${field}=1, used: ${field}=${used}, limited: ${field}=${limit}`
      }
    }
  }
  return undefined
}
