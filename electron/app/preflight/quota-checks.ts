import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import {
  limitsOf,
  readAmounts,
  requestsOf,
  type Amounts,
  type Defaults,
} from '../../../shared/k8s/pod-requests.ts'
import { quantityText } from '../../../shared/k8s/quantity.ts'
import { listAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import { about, fine, templateOf, touched, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { extraNeeds } from '../../../shared/preflight/room.ts'
import { found, type Findings } from './findings.ts'
import { defaultsOf, limitChecks } from './limit-checks.ts'
import { isInScopes, scopesOf } from './quota-scopes.ts'
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
  const judged = quotas.map((quota) => ({ quota, ...countedBy(quota, planned, defaults) }))
  const counting = judged.filter((one) => one.counted.length > 0)
  const checks = counting.flatMap(({ quota, counted }) => {
    const its = only(planned, counted)
    return [...shortages(quota, its, defaults), ...unset(quota, its, defaults)]
  })
  const unsure = judged.some((one) => one.unsure)
  const enough = counting.length > 0 && checks.length === 0 && !unsure
  const { pods } = extraNeeds(planned, defaults)
  return found([...checks, ...(enough ? [fine({ kind: 'quota-ok', pods })] : [])], unsure ? ['quotas'] : [])
}

/** The batches whose pods a quota counts; `unsure`: of some of them it is not worked out here. */
function countedBy(
  quota: Json,
  planned: Planned,
  defaults: Defaults,
): { readonly counted: readonly Batch[]; readonly unsure: boolean } {
  const scopes = scopesOf(quota)
  const judged = touched(planned).map((batch) => ({
    batch,
    is: isInScopes(scopes, objectAt(templateOf(planned, batch), 'spec'), defaults),
  }))
  return {
    counted: judged.filter((one) => one.is === true).map((one) => one.batch),
    unsure: judged.some((one) => one.is === undefined),
  }
}

/** The part of a plan that concerns some of its batches. */
function only(planned: Planned, batches: readonly Batch[]): Planned {
  return {
    ...planned,
    rolled: planned.rolled.filter((batch) => batches.includes(batch)),
    sizes: planned.sizes.filter(({ batch }) => batches.includes(batch)),
  }
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
      warning({
        kind: 'quota-short',
        quota: nameOf(quota),
        resource,
        needs: text(need),
        left: text(Math.max(0, left)),
      }),
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
  if (resource.startsWith('limits.')) return amount(needs.limits, resource.slice('limits.'.length))
  const bare = resource.replace(/^requests\./, '')
  // Other resources than these are counted under their name with `requests.` alone (podComputeUsageHelper).
  if (bare === resource && !/^(?:cpu|memory|ephemeral-storage|hugepages-.*)$/.test(bare)) return undefined
  return amount(needs.requests, bare)
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
        (batch) =>
          containersOf(templateOf(planned, batch)).some(
            (one) => !Object.hasOwn(amounts(one, defaults), bare),
          ),
        (batches) => warning({ kind: 'quota-unset', quota: nameOf(quota), resource, batches }),
      )
    })
}

function containersOf(template: JsonObject): readonly Json[] {
  const spec = objectAt(template, 'spec')
  return [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
}

function amount(amounts: Amounts, resource: string): number | undefined {
  return Object.hasOwn(amounts, resource) ? amounts[resource] : undefined
}

function nameOf(raw: Json): string {
  return textAt(objectAt(raw, 'metadata'), 'name')
}
