import type { Json } from '../../../shared/k8s/json.ts'
import { limitsOf, readAmounts, requestsOf, type Defaults } from '../../../shared/k8s/pod-requests.ts'
import { quantityText } from '../../../shared/k8s/quantity.ts'
import { listAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check } from '../../../shared/model/check.ts'
import { about, fine, touched, warning, type Planned } from '../../../shared/model/planned.ts'
import { extraNeeds } from '../../../shared/model/room.ts'
import { found, type Findings } from './findings.ts'
import { defaultsOf, limitChecks } from './limit-checks.ts'
import type { Reads } from './reads.ts'

/** Room in the namespace's quotas for the pods that a release needs on top, and the bounds of its LimitRanges. */
export async function quotaChecks(namespace: string, planned: Planned, reads: Reads): Promise<Findings> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`
  const [quotas, ranges] = await Promise.all([
    reads.list(`${path}/resourcequotas`),
    reads.list(`${path}/limitranges`),
  ])
  const limits = ranges.ok ? ranges.value : []
  const defaults = defaultsOf(limits)
  const quotaFound = quotas.ok ? judge(quotas.value, planned, defaults) : found([], ['quotas'])
  return found(
    [...quotaFound.checks, ...limitChecks(limits, planned, defaults)],
    [...quotaFound.unknown, ...(ranges.ok ? [] : (['limits'] as const))],
  )
}

function judge(quotas: readonly Json[], planned: Planned, defaults: Defaults): Findings {
  const judged = quotas.map((quota) => ({ quota, counts: countsPods(quota, planned, defaults) }))
  const counting = judged.filter((one) => one.counts === true).map((one) => one.quota)
  const checks = counting.flatMap((quota) => [
    ...shortages(quota, planned, defaults),
    ...unset(quota, planned, defaults),
  ])
  const unsure = judged.some((one) => one.counts === undefined)
  const enough = counting.length > 0 && checks.length === 0 && !unsure
  const { pods } = extraNeeds(planned, defaults)
  return found([...checks, ...(enough ? [fine({ kind: 'quota-ok', pods })] : [])], unsure ? ['quotas'] : [])
}

/** Whether a quota counts these pods; undefined for scopes that are not worked out here (priority, affinity). */
function countsPods(quota: Json, planned: Planned, defaults: Defaults): boolean | undefined {
  const spec = objectAt(quota, 'spec')
  if ('scopeSelector' in spec) return undefined
  const bestEffort = touched(planned).every((batch) =>
    containersOf(batch).every(
      (one) =>
        Object.keys(requestsOf(one, defaults)).length + Object.keys(limitsOf(one, defaults)).length === 0,
    ),
  )
  const answers = listAt(spec, 'scopes').map((scope) => {
    if (scope === 'NotTerminating') return true
    if (scope === 'Terminating') return false
    if (scope === 'BestEffort') return bestEffort
    return scope === 'NotBestEffort' ? !bestEffort : undefined
  })
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

function shortages(quota: Json, planned: Planned, defaults: Defaults): readonly Check[] {
  const status = objectAt(quota, 'status')
  const hard = readAmounts(status['hard'] ?? objectAt(quota, 'spec')['hard'])
  const used = readAmounts(status['used'])
  const needs = extraNeeds(planned, defaults)
  return Object.entries(hard).flatMap(([resource, limit]): readonly Check[] => {
    const need = needOf(resource, needs, planned)
    const left = limit - (used[resource] ?? 0)
    if (need === undefined || need <= left + 1e-9) return []
    const text = (value: number) => quantityText(value, resource)
    return [
      warning({ kind: 'quota-short', quota: nameOf(quota), resource, needs: text(need), left: text(left) }),
    ]
  })
}

/** What the release adds to one resource of a quota; undefined for what it does not touch. */
function needOf(
  resource: string,
  needs: ReturnType<typeof extraNeeds>,
  { rolled }: Planned,
): number | undefined {
  if (resource === 'pods' || resource === 'count/pods') return needs.pods
  // Each batch that rolls makes one more; old ones go only when the history is full.
  if (resource === 'count/replicasets.apps') return rolled.length
  if (resource.startsWith('limits.')) return needs.limits[resource.slice('limits.'.length)]
  return needs.requests[resource.replace(/^requests\./, '')]
}

/** A quota on a resource refuses pods that say nothing about it. */
function unset(quota: Json, planned: Planned, defaults: Defaults): readonly Check[] {
  const hard = Object.keys(objectAt(objectAt(quota, 'spec'), 'hard'))
  return hard
    .filter((resource) => /^(?:requests\.|limits\.)?(?:cpu|memory)$/.test(resource))
    .flatMap((resource) => {
      const bare = resource.replace(/^(?:requests|limits)\./, '')
      const amounts = resource.startsWith('limits.') ? limitsOf : requestsOf
      return about(
        touched(planned),
        (batch) => containersOf(batch).some((one) => !(bare in amounts(one, defaults))),
        (batches) => warning({ kind: 'quota-unset', quota: nameOf(quota), resource, batches }),
      )
    })
}

function containersOf({ template }: Batch): readonly Json[] {
  const spec = objectAt(template, 'spec')
  return [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
}

function nameOf(raw: Json): string {
  return textAt(objectAt(raw, 'metadata'), 'name')
}
