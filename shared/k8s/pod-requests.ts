import type { Json, JsonObject } from './json.ts'
import { readQuantity } from './quantity.ts'
import { asObject, listAt, objectAt, textAt } from './read-json.ts'

/** Resource name -> amount in base units. */
export type Amounts = Readonly<Record<string, number>>
export type Defaults = { readonly requests: Amounts; readonly limits: Amounts }

const none: Defaults = { requests: {}, limits: {} }

/**
 * What the scheduler and quotas count for one pod (PodRequests and PodLimits of component-helpers/resource): the
 * containers together, or the largest init container beside the sidecars that run by then, whichever is more; what the
 * pod says of itself as a whole in their place; plus the overhead, to a limit only where there is one. A container
 * without a request has its limit for one, as the API server sets it, else the LimitRange's default.
 */
export function podAmounts(podSpec: JsonObject, defaults: Defaults = none): Defaults {
  const { requests, limits } = limitRangeAmounts(podSpec, defaults)
  const overhead = readAmounts(podSpec['overhead'])
  const limited = Object.entries(overhead).filter(([name]) => (limits[name] ?? 0) > 0)
  return { requests: plus(requests, overhead), limits: plus(limits, Object.fromEntries(limited)) }
}

/** The same without the overhead: what a LimitRange of type Pod is held against (limitranger's podRequests). */
export function limitRangeAmounts(podSpec: JsonObject, defaults: Defaults = none): Defaults {
  const ofPod = objectAt(podSpec, 'resources')
  const [requests, limits] = [wholePod(ofPod['requests']), wholePod(ofPod['limits'])]
  const together = amountsOf(podSpec, (one) => requestsOf(one, defaults))
  return {
    // A pod that has a limit only asks for what its containers do, or for all of it where they say nothing
    // (SetDefaults_Pod of core/v1).
    requests: { ...limits, ...together, ...requests },
    limits: { ...amountsOf(podSpec, (one) => limitsOf(one, defaults)), ...limits },
  }
}

/** Of a pod as a whole only these are taken (IsSupportedPodLevelResource). */
function wholePod(raw: Json | undefined): Amounts {
  return Object.fromEntries(
    Object.entries(readAmounts(raw)).filter(([name]) => /^(?:cpu|memory|hugepages-.*)$/.test(name)),
  )
}

export function requestsOf(container: Json, defaults: Defaults = none): Amounts {
  const resources = objectAt(container, 'resources')
  const limits = readAmounts(resources['limits'])
  return { ...defaults.requests, ...limits, ...readAmounts(resources['requests']) }
}

export function limitsOf(container: Json, defaults: Defaults = none): Amounts {
  return { ...defaults.limits, ...readAmounts(objectAt(container, 'resources')['limits']) }
}

export function readAmounts(raw: Json | undefined): Amounts {
  return Object.fromEntries(
    Object.entries(asObject(raw)).flatMap(([name, value]) => {
      const amount = readQuantity(value)
      return amount === undefined ? [] : [[name, amount]]
    }),
  )
}

export function plus(a: Amounts, b: Amounts, times = 1): Amounts {
  return combine(a, b, (x, y) => x + y * times)
}

function amountsOf(podSpec: JsonObject, of: (container: Json) => Amounts): Amounts {
  let running = listAt(podSpec, 'containers').reduce<Amounts>((sum, one) => plus(sum, of(one)), {})
  let sidecars: Amounts = {}
  let most: Amounts = {}
  for (const init of listAt(podSpec, 'initContainers')) {
    if (textAt(init, 'restartPolicy') === 'Always') {
      running = plus(running, of(init))
      sidecars = plus(sidecars, of(init))
    } else most = combine(most, plus(sidecars, of(init)), Math.max)
  }
  return combine(running, most, Math.max)
}

function combine(a: Amounts, b: Amounts, how: (x: number, y: number) => number): Amounts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, how(a[name] ?? 0, b[name] ?? 0)]))
}
