import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import {
  limitRangeAmounts,
  limitsOf,
  readAmounts,
  requestsOf,
  type Amounts,
  type Defaults,
} from '../../../shared/k8s/pod-requests.ts'
import { quantityText } from '../../../shared/k8s/quantity.ts'
import { listAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check, LimitBound } from '../../../shared/preflight/check.ts'
import { about, templateOf, touched, warning, type Planned } from '../../../shared/preflight/planned.ts'

/** One bound of a LimitRange on one resource, of each container or of the pod as a whole. */
type Rule = {
  readonly limit: string
  readonly of: 'container' | 'pod'
  readonly bound: LimitBound
  readonly resource: string
  readonly value: number
}

const bounds: readonly LimitBound[] = ['min', 'max', 'maxLimitRequestRatio']

/** PersistentVolumeClaims have bounds as well, and are no part of a release. */
function rulesOf(limitRanges: readonly Json[]): readonly Rule[] {
  return limitRanges.flatMap((raw) =>
    listAt(objectAt(raw, 'spec'), 'limits').flatMap((item) => {
      const type = textAt(item, 'type')
      if (type !== 'Container' && type !== 'Pod') return []
      return bounds.flatMap((bound) =>
        Object.entries(readAmounts(objectAt(item, bound))).map(([resource, value]): Rule => ({
          limit: textAt(objectAt(raw, 'metadata'), 'name'),
          of: type === 'Pod' ? 'pod' : 'container',
          ...{ bound, resource, value },
        })),
      )
    }),
  )
}

/** What a container that leaves it open gets: only the items about containers give any. The first one wins. */
export function defaultsOf(limitRanges: readonly Json[]): Defaults {
  return limitRanges
    .flatMap((raw) => listAt(objectAt(raw, 'spec'), 'limits'))
    .filter((item) => textAt(item, 'type') === 'Container')
    .reduce<Defaults>(
      (all, item) => {
        const limits = readAmounts(objectAt(item, 'default'))
        const requests = readAmounts(objectAt(item, 'defaultRequest'))
        return {
          requests: { ...limits, ...requests, ...all.requests },
          limits: { ...limits, ...all.limits },
        }
      },
      { requests: {}, limits: {} },
    )
}

/**
 * Containers and pods outside the bounds: the pods are refused, and the Deployment itself is accepted all the same.
 * As the LimitRanger does (PodValidateLimitFunc of plugin/pkg/admission/limitranger).
 */
export function limitChecks(
  limitRanges: readonly Json[],
  planned: Planned,
  defaults: Defaults,
): readonly Check[] {
  const batches = touched(planned)
  const specOf = (batch: Batch) => objectAt(templateOf(planned, batch), 'spec')
  const containersOf = (batch: Batch) => containers(specOf(batch))
  const names = [...new Set(batches.flatMap((batch) => [...containersOf(batch).keys()]))]
  return rulesOf(limitRanges).flatMap((rule) => {
    const { limit, resource, bound } = rule
    const said = { limit, resource, bound, value: valueText(rule) }
    if (rule.of === 'pod') {
      return about(
        batches,
        (batch) => breaks(limitRangeAmounts(specOf(batch), defaults), rule),
        (numbers) => warning({ kind: 'limit-broken-pod', ...said, batches: numbers }),
      )
    }
    return names.flatMap((container) =>
      about(
        batches,
        (batch) => {
          const found = containersOf(batch).get(container)
          if (found === undefined) return false
          return breaks({ requests: requestsOf(found, defaults), limits: limitsOf(found, defaults) }, rule)
        },
        (numbers) => warning({ kind: 'limit-broken', container, ...said, batches: numbers }),
      ),
    )
  })
}

/**
 * A minimum needs a request, a maximum a limit, a ratio both; and neither request nor limit may be beyond the bound
 * (minConstraint, maxConstraint, limitRequestRatioConstraint).
 */
function breaks({ requests, limits }: Defaults, { bound, resource, value }: Rule): boolean {
  const [request, limit] = [amount(requests, resource), amount(limits, resource)]
  switch (bound) {
    case 'min':
      return request === undefined || request < value || (limit !== undefined && limit < value)
    case 'max':
      return limit === undefined || limit > value || (request !== undefined && request > value)
    case 'maxLimitRequestRatio':
      if (request === undefined || limit === undefined || request === 0 || limit === 0) return true
      return limit / request > value * (1 + 1e-9)
  }
}

function amount(amounts: Amounts, resource: string): number | undefined {
  return Object.hasOwn(amounts, resource) ? amounts[resource] : undefined
}

function valueText({ bound, resource, value }: Rule): string {
  // A ratio of two amounts of memory is no amount of memory.
  return bound === 'maxLimitRequestRatio' ? `${value}` : quantityText(value, resource)
}

function containers(spec: JsonObject): ReadonlyMap<string, Json> {
  const all = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
  return new Map(all.map((one) => [textAt(one, 'name'), one]))
}
