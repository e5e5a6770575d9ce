import type { Json } from '../../../shared/k8s/json.ts'
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
import type { Check } from '../../../shared/model/check.ts'
import { about, touched, warning, type Planned } from '../../../shared/model/planned.ts'

type Range = { readonly name: string; readonly min: Amounts; readonly max: Amounts } & Defaults

/** The container items of LimitRanges: defaults for what a container leaves open, and bounds that it must keep. */
function rangesOf(limitRanges: readonly Json[]): readonly Range[] {
  return limitRanges.flatMap((raw) =>
    listAt(objectAt(raw, 'spec'), 'limits')
      .filter((item) => textAt(item, 'type') === 'Container')
      .map((item) => ({
        name: textAt(objectAt(raw, 'metadata'), 'name'),
        min: readAmounts(objectAt(item, 'min')),
        max: readAmounts(objectAt(item, 'max')),
        requests: readAmounts(objectAt(item, 'defaultRequest')),
        limits: readAmounts(objectAt(item, 'default')),
      })),
  )
}

export function defaultsOf(limitRanges: readonly Json[]): Defaults {
  return rangesOf(limitRanges).reduce<Defaults>(
    (all, { requests, limits }) => ({
      requests: { ...limits, ...requests, ...all.requests },
      limits: { ...limits, ...all.limits },
    }),
    { requests: {}, limits: {} },
  )
}

/** Containers outside the bounds: their pods are refused, and the Deployment itself is accepted all the same. */
export function limitChecks(
  limitRanges: readonly Json[],
  planned: Planned,
  defaults: Defaults,
): readonly Check[] {
  const batches = touched(planned)
  const names = [...new Set(batches.flatMap((batch) => [...containers(batch).keys()]))]
  return rangesOf(limitRanges).flatMap((range) =>
    (['min', 'max'] as const).flatMap((bound) =>
      Object.entries(range[bound]).flatMap(([resource, value]) =>
        names.flatMap((container) =>
          about(
            batches,
            (batch) => breaks(containers(batch).get(container), { bound, resource, value, defaults }),
            (numbers) =>
              warning({
                kind: 'limit-broken',
                limit: range.name,
                container,
                resource,
                bound,
                value: quantityText(value, resource),
                batches: numbers,
              }),
          ),
        ),
      ),
    ),
  )
}

type Rule = {
  readonly bound: 'min' | 'max'
  readonly resource: string
  readonly value: number
  readonly defaults: Defaults
}

/** A minimum holds for the request, a maximum for the limit; a container without the one in question is refused. */
function breaks(container: Json | undefined, { bound, resource, value, defaults }: Rule): boolean {
  if (container === undefined) return false
  const request = requestsOf(container, defaults)[resource]
  const limit = limitsOf(container, defaults)[resource]
  return bound === 'min' ? request === undefined || request < value : limit === undefined || limit > value
}

function containers({ template }: Batch): ReadonlyMap<string, Json> {
  const spec = objectAt(template, 'spec')
  const all = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
  return new Map(all.map((one) => [textAt(one, 'name'), one]))
}
