import type { Pod } from '../objects/objects.ts'
import { allResources, groupResource, pods, resourceQuotas, type Resource } from '../objects/resources.ts'
import type { Store } from '../objects/store.ts'
import type { AdmissionRule } from './admission-rule.ts'

/** What a quota's field counts: `pods` those that are not finished, `count/deployments.apps` every object. */
function counted(field: string): { readonly resource: Resource; readonly all: boolean } | undefined {
  if (field === 'pods') return { resource: pods, all: false }
  const resource = allResources.find((one) => field === `count/${groupResource(one)}`)
  return resource === undefined ? undefined : { resource, all: true }
}

export function usedOf(store: Store, field: string, namespace: string): number {
  const what = counted(field)
  if (what === undefined) return 0
  const objects = store.list(what.resource, namespace)
  if (what.all) return objects.length
  return (objects as readonly Pod[]).filter(({ status }) => {
    return status?.phase !== 'Succeeded' && status?.phase !== 'Failed'
  }).length
}

/** One object more than a quota allows, in the API server's words. */
export const resourceQuota: AdmissionRule = ({ store, resource, object }) => {
  const { namespace = '' } = object.metadata
  for (const quota of store.list(resourceQuotas, namespace)) {
    const over = Object.entries(quota.spec.hard ?? {})
      .filter(([field]) => counted(field)?.resource === resource)
      .map(([field, limit]) => ({ field, limit, used: usedOf(store, field, namespace) }))
      .filter(({ limit, used }) => used + 1 > Number(limit))
    if (over.length === 0) continue
    const told = (name: string, value: (one: (typeof over)[number]) => string) =>
      `${name}: ${over.map((one) => `${one.field}=${value(one)}`).join(',')}`
    const parts = [
      told('requested', () => '1'),
      told('used', ({ used }) => String(used)),
      told('limited', ({ limit }) => limit),
    ]
    return { why: `exceeded quota: ${quota.metadata.name}, ${parts.join(', ')}` }
  }
  return undefined
}
