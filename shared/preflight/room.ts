import type { JsonObject } from '../k8s/json.ts'
import { plus, podAmounts, type Amounts, type Defaults } from '../k8s/pod-requests.ts'
import { objectAt } from '../k8s/read-json.ts'
import { surgeAndUnavailable } from '../k8s/surge-and-unavailable.ts'
import type { Batch } from '../model/batch-set.ts'
import { sizeOf, templateOf, type Planned } from './planned.ts'

/** Pods beyond those that a rollout of this batch keeps, at the size that it will have. Never more than its size. */
export function surgeOf(planned: Planned, batch: Batch): number {
  const desired = sizeOf(planned, batch)
  return Math.min(desired, surgeAndUnavailable(batch.strategy, desired).surge)
}

/**
 * What a release needs at most on top of what runs now. Sizes come first, and grow before they shrink; then one batch
 * after the other surges. 1+16+16+16 at 25 %: 4 pods. Batch 2 grown to 20 and batch 3 shrunk to 12: 4 pods while growing,
 * then 0 more and a surge of 5. Where new pods ask for more than old ones, the last old pod to go sees the most of them.
 */
export function extraNeeds(planned: Planned, defaults: Defaults): Defaults & { readonly pods: number } {
  const ofTemplate = (template: JsonObject): Defaults => {
    const amounts = podAmounts(objectAt(template, 'spec'), defaults)
    return { ...amounts, requests: { ...amounts.requests, pods: 1 } }
  }
  const growth = planned.sizes.filter(({ batch, to }) => to > batch.desired)
  const need = (of: (amounts: Defaults) => Amounts): Amounts => {
    const old = (batch: Batch): Amounts => of(ofTemplate(batch.template))
    const change = (sizes: Planned['sizes']): Amounts =>
      sizes.reduce<Amounts>((sum, { batch, to }) => plus(sum, old(batch), to - batch.desired), {})
    let most = change(growth)
    let now = change(planned.sizes)
    for (const batch of planned.rolled) {
      const [size, surge] = [sizeOf(planned, batch), surgeOf(planned, batch)]
      const fresh = of(ofTemplate(templateOf(planned, batch)))
      const done = plus(plus(now, fresh, size), old(batch), -size)
      most = [plus(now, fresh, surge), plus(done, old(batch), surge)].reduce(highest, most)
      now = done
    }
    return highest({}, most)
  }
  const requests = need((amounts) => amounts.requests)
  const { pods = 0, ...others } = requests
  return { pods, requests: others, limits: need((amounts) => amounts.limits) }
}

function highest(a: Amounts, b: Amounts): Amounts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, Math.max(a[name] ?? 0, b[name] ?? 0)]))
}
