import type { BatchView } from '../../shared/view/batch-view.ts'
import type { Words } from '../i18n/words.ts'
import { isSamePlan, lastPart, type PlanEdit } from '../plan/plan-edit.ts'
import { gateText, limitMinutes } from '../plan/plan-texts.ts'

type Named = Pick<BatchView, 'uid' | 'number'>

/** What of a plan is another than it was, each as it is now, in a line. */
export function planDifferences(
  before: PlanEdit,
  now: PlanEdit,
  { words, batches }: { readonly words: Words['plan']; readonly batches: readonly Named[] },
): readonly string[] {
  const numberOf = (uid: string) => batches.find((batch) => batch.uid === uid)?.number ?? 0
  const last = lastPart(now)
  const steps = now.steps.flatMap((step) => {
    const old = before.steps.find((one) => one.batch === step.batch)
    const alone = (one: PlanEdit['steps'][number]): PlanEdit => ({ ...now, steps: [one] })
    if (old !== undefined && isSamePlan(alone(old), alone(step))) return []
    const text = step.leftOut ? words.leftOut : gateText(step.gates, step.batch === last, words)
    return [`${words.batch(numberOf(step.batch))}: ${text}`]
  })
  const common = (one: PlanEdit, other: PlanEdit) =>
    one.steps
      .map((step) => step.batch)
      .filter((batch) => other.steps.some((step) => step.batch === batch))
      .join()
  const order = now.steps.map((step) => numberOf(step.batch)).join(' → ')
  return [
    ...(common(before, now) === common(now, before) ? [] : [words.newOrder(order)]),
    ...steps,
    ...(before.onFailure === now.onFailure ? [] : [words.failureLine(words.policies[now.onFailure])]),
    ...(before.batchLimitSeconds === now.batchLimitSeconds
      ? []
      : [words.limitLine(limitMinutes(now.batchLimitSeconds))]),
  ]
}
