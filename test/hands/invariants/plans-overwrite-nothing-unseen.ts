import type { PlanView } from '../../../shared/view/plan-view.ts'
import type { Judge, Step } from '../step.ts'
import { shownService } from '../shown-service.ts'
import { viewOf } from './sizes-sent-are-shown.ts'

type Parts = Readonly<Record<string, string>>
type Change = Partial<Pick<PlanView, 'onFailure' | 'batchLimitSeconds'>> & {
  readonly steps: readonly { readonly batch: string; readonly gates: unknown; readonly leftOut: boolean }[]
}

/** Who changes one thing of a plan takes back nothing of what somebody else has changed of it meanwhile. */
export function plansOverwriteNothingUnseen(): Judge {
  const opened = new Map<number, Parts>()
  return (step) => {
    const { before, after, window } = step
    const found = after.look.seen.flatMap((one) => {
      const first = opened.get(window)
      const now = one.kind === 'sent' ? viewOf(one.view)?.release?.plan : undefined
      if (
        one.kind !== 'sent' ||
        one.name !== 'release/change-plan' ||
        first === undefined ||
        now === undefined
      )
        return []
      const sent = partsOf((one.input as { readonly change: Change }).change)
      const present = partsOf(now)
      return Object.entries(sent).flatMap(([part, value]) =>
        first[part] === value && present[part] !== undefined && present[part] !== value
          ? [`${part}: ${value} is sent again, it was changed to ${present[part]} meanwhile`]
          : [],
      )
    })
    const id = after.look.picture.dialog?.id
    if (id === undefined) opened.delete(window)
    else if (before.look.picture.dialog?.id !== id || isKept(step)) opened.set(window, planAt(step))
    return found
  }
}

/** What somebody else has changed was listed beside this button: whoever presses it has seen it. */
function isKept({ after }: Step): boolean {
  return after.look.seen.some(
    (one) =>
      one.kind === 'press' &&
      one.press.type === 'click' &&
      /^(Keep my edit|保留我的编辑)/.test(one.press.control),
  )
}

function planAt({ world, after }: Step): Parts {
  const release = shownService(world, after.look.picture.place)?.release
  return release === undefined ? {} : partsOf(release)
}

function partsOf({ onFailure, batchLimitSeconds, steps }: Change): Parts {
  return {
    ...(onFailure !== undefined && { onFailure }),
    ...(batchLimitSeconds !== undefined && { batchLimitSeconds: String(batchLimitSeconds) }),
    ...Object.fromEntries(
      steps.map(({ batch, gates, leftOut }) => [`batch ${batch}`, sorted({ ...(gates as object), leftOut })]),
    ),
  }
}

function sorted(value: object): string {
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
}
