import { plus, podAmounts, type Amounts, type Defaults } from '../k8s/pod-requests.ts'
import { objectAt } from '../k8s/read-json.ts'
import { surgeAndUnavailable } from '../k8s/surge-and-unavailable.ts'
import type { Batch } from './batch-set.ts'
import { sizeOf, type Planned } from './planned.ts'

/** Pods beyond those that a rollout of this batch keeps, at the size that it will have. Never more than its size. */
export function surgeOf(planned: Planned, batch: Batch): number {
  const desired = sizeOf(planned, batch)
  return Math.min(desired, surgeAndUnavailable(batch.strategy, desired).surge)
}

/**
 * What a release needs at most on top of what runs now. Sizes come first, and grow before they shrink; then one batch
 * after the other surges. 1+16+16+16 at 25 %: 4 pods. Batch 2 grown to 20 and batch 3 shrunk to 12: 4 pods while growing,
 * then 0 more and a surge of 5.
 */
export function extraNeeds(planned: Planned, defaults: Defaults): Defaults & { readonly pods: number } {
  const withPods = (batch: Batch): Defaults => {
    const amounts = podAmounts(objectAt(batch.template, 'spec'), defaults)
    return { ...amounts, requests: { ...amounts.requests, pods: 1 } }
  }
  const growth = planned.sizes.filter(({ batch, to }) => to > batch.desired)
  const need = (of: (amounts: Defaults) => Amounts): Amounts => {
    const change = (sizes: Planned['sizes']): Amounts =>
      sizes.reduce<Amounts>((sum, { batch, to }) => plus(sum, of(withPods(batch)), to - batch.desired), {})
    const peaks = planned.rolled.map((batch) =>
      plus(change(planned.sizes), of(withPods(batch)), surgeOf(planned, batch)),
    )
    return [change(growth), ...peaks].reduce(highest, {})
  }
  const requests = need((amounts) => amounts.requests)
  const { pods = 0, ...others } = requests
  return { pods, requests: others, limits: need((amounts) => amounts.limits) }
}

function highest(a: Amounts, b: Amounts): Amounts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, Math.max(a[name] ?? 0, b[name] ?? 0)]))
}
