import type { Json, JsonObject } from './json.ts'
import { readQuantity } from './quantity.ts'
import { asObject, listAt, objectAt, textAt } from './read-json.ts'

/** Resource name -> amount in base units. */
export type Amounts = Readonly<Record<string, number>>
export type Defaults = { readonly requests: Amounts; readonly limits: Amounts }

const none: Defaults = { requests: {}, limits: {} }

/**
 * What the scheduler and quotas count for one pod: the containers together, or the largest init container beside the
 * sidecars that run by then, whichever is more, plus the overhead (component-helpers/resource). A container without
 * a request has its limit for one, as the API server sets it.
 */
export function podAmounts(podSpec: JsonObject, defaults: Defaults = none): Defaults {
  return {
    requests: amountsOf(podSpec, (one) => requestsOf(one, defaults)),
    limits: amountsOf(podSpec, (one) => limitsOf(one, defaults)),
  }
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
  const together = combine(running, most, Math.max)
  return plus(together, readAmounts(podSpec['overhead']))
}

function combine(a: Amounts, b: Amounts, how: (x: number, y: number) => number): Amounts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, how(a[name] ?? 0, b[name] ?? 0)]))
}
