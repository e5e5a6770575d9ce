import { usedOf } from '../admission/resource-quota.ts'
import { equalJson } from '../objects/json.ts'
import type { Labels } from '../objects/objects.ts'
import { resourceQuotas } from '../objects/resources.ts'
import type { Change } from '../objects/watch-log.ts'
import { type ControllerContext, splitKey, keyOf } from './controller-context.ts'
import { createWorkQueue } from './work-queue.ts'

/** Keeps in the status of each quota what is used of it. Returns its stop. */
export function startQuotaController(context: ControllerContext): () => void {
  const { store, clock, lifecycle } = context
  const queue = createWorkQueue(clock, sync)

  function sync(key: string): void {
    const quota = store.get(resourceQuotas, ...splitKey(key))
    if (quota === undefined) return
    const { hard = {} } = quota.spec
    const used: Labels = Object.fromEntries(
      Object.keys(hard).map((field) => [field, String(usedOf(store, field, quota.metadata.namespace ?? ''))]),
    )
    const status = { hard, used }
    if (!equalJson(quota.status, status)) lifecycle.update(resourceQuotas, { ...quota, status }, 'status')
  }

  const unsubscribe = store.subscribe(({ resource, object, type }: Change) => {
    if (resource.plural === resourceQuotas.plural && type !== 'DELETED') queue.add(keyOf(object))
    else for (const quota of store.list(resourceQuotas, object.metadata.namespace)) queue.add(keyOf(quota))
  })
  return () => {
    unsubscribe()
    queue.stop()
  }
}
