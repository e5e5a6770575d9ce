import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import { limitsOf, requestsOf, type Defaults } from '../../../shared/k8s/pod-requests.ts'
import { listAt, numberAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'

/** One requirement on the pods that a quota counts. */
export type QuotaScope = {
  readonly name: string
  readonly operator: string
  readonly values: readonly Json[]
}

/** A list of names and a selector are two ways to write one thing (getScopeSelectorsFromQuota of the quota plugin). */
export function scopesOf(quota: Json): readonly QuotaScope[] {
  const spec = objectAt(quota, 'spec')
  return [
    ...listAt(spec, 'scopes').map((name) => ({
      name: typeof name === 'string' ? name : '',
      operator: 'Exists',
      values: [],
    })),
    ...listAt(objectAt(spec, 'scopeSelector'), 'matchExpressions').map((one) => ({
      name: textAt(one, 'scopeName'),
      operator: textAt(one, 'operator'),
      values: listAt(one, 'values'),
    })),
  ]
}

/**
 * Whether a quota counts the pods of a template: all of its scopes have to hold (podMatchesScopeFunc of
 * pkg/quota/v1/evaluator/core). Undefined where that is not known.
 */
export function isInScopes(
  scopes: readonly QuotaScope[],
  podSpec: JsonObject,
  defaults: Defaults,
): boolean | undefined {
  const answers = scopes.map((scope) => holds(scope, podSpec, defaults))
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

function holds(scope: QuotaScope, podSpec: JsonObject, defaults: Defaults): boolean | undefined {
  switch (scope.name) {
    case 'Terminating':
      return isTerminating(podSpec)
    case 'NotTerminating':
      return !isTerminating(podSpec)
    case 'BestEffort':
      return isBestEffort(podSpec, defaults)
    case 'NotBestEffort':
      return !isBestEffort(podSpec, defaults)
    case 'CrossNamespacePodAffinity':
      return looksElsewhere(podSpec)
    case 'PriorityClass':
      return hasPriority(scope, textAt(podSpec, 'priorityClassName'))
    default:
      return undefined
  }
}

/** Not of a pod that is going away: of one that has a deadline. No Deployment's pods have. */
function isTerminating(podSpec: JsonObject): boolean {
  return numberAt(podSpec, 'activeDeadlineSeconds', -1) >= 0
}

/**
 * No container asks for cpu or memory, and none for 0 of them counts (GetPodQOS of apis/core/v1/helper/qos). What else
 * it asks for, as disk, makes no difference.
 */
function isBestEffort(podSpec: JsonObject, defaults: Defaults): boolean {
  const ofPod = objectAt(podSpec, 'resources')
  const containers = [...listAt(podSpec, 'containers'), ...listAt(podSpec, 'initContainers')]
  const all = [
    ...[requestsOf({ resources: ofPod }), limitsOf({ resources: ofPod })],
    ...containers.flatMap((one) => [requestsOf(one, defaults), limitsOf(one, defaults)]),
  ]
  return all.every((amounts) => !((amounts['cpu'] ?? 0) > 0) && !((amounts['memory'] ?? 0) > 0))
}

function looksElsewhere(podSpec: JsonObject): boolean {
  return ['podAffinity', 'podAntiAffinity'].some((kind) => {
    const affinity = objectAt(objectAt(podSpec, 'affinity'), kind)
    const terms = [
      ...listAt(affinity, 'requiredDuringSchedulingIgnoredDuringExecution'),
      ...listAt(affinity, 'preferredDuringSchedulingIgnoredDuringExecution').map((one) =>
        objectAt(one, 'podAffinityTerm'),
      ),
    ]
    return terms.some(
      (term) =>
        listAt(term, 'namespaces').length > 0 ||
        (typeof term === 'object' && term !== null && 'namespaceSelector' in term),
    )
  })
}

/** A pod without a class may be given the cluster's default one when it is made. */
function hasPriority({ operator, values }: QuotaScope, name: string): boolean | undefined {
  if (name === '') return undefined
  switch (operator) {
    case 'Exists':
      return true
    case 'DoesNotExist':
      return false
    case 'In':
      return values.includes(name)
    case 'NotIn':
      return !values.includes(name)
    default:
      return undefined
  }
}
