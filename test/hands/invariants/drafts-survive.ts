import { targetOf } from '../targeted.ts'
import { shownCluster } from '../shown-service.ts'
import type { Step, Judge } from '../step.ts'

const byHand = ['fill', 'empty', 'key', 'hold']

/** What was typed into a draft stands there until it is sent, or a person takes it out. */
export function draftsSurvive(): Judge {
  const started = new Map<string, unknown>()
  return (step) => {
    const { move, before, after, fresh } = step
    const done: string[] = []
    for (const one of after.look.seen) {
      if (one.kind === 'sent' && one.name === 'release/start') started.set(one.id, one.input)
      if (one.kind === 'reply' && started.has(one.id)) {
        const target = targetOf(started.get(one.id))
        done.push(`${target?.connection ?? ''} ${target?.service ?? ''}`, ` ${target?.service ?? ''}`)
      }
    }
    if (fresh || byHand.includes(move.kind) || isDiscarded(step) || isReset(step) || !isSamePlace(step))
      return []
    // Over the real application nobody knows the cluster by its name.
    const cluster = shownCluster(step.world, after.look.picture.place)?.id ?? ''
    if (done.includes(`${cluster} ${after.look.picture.place[2] ?? ''}`)) return []
    const fields = after.look.picture.fields.filter(isDraft)
    return before.look.picture.fields.filter(isDraft).flatMap(({ name, value }) => {
      const now = fields.find((one) => one.name === name)
      const isLost = value !== '' && now !== undefined && now.value === ''
      return isLost ? [`"${value}" is gone from "${name}" by ${move.kind}`] : []
    })
  }
}

/** The button that does nothing else: its own words say so. */
function isDiscarded({ move }: Step): boolean {
  return move.kind === 'click' && /^(Discard draft|放弃草稿)/.test(move.at.name)
}

/** The training cluster begins anew, as its question has said: nothing of it is left that a draft could be about. */
function isReset({ after }: Step): boolean {
  return after.look.seen.some((one) => one.kind === 'reply' && one.name === 'training/reset')
}

function isDraft(field: { readonly area: string; readonly kind: string }): boolean {
  return field.area === 'panel' && (field.kind === 'text' || field.kind === 'textarea')
}

function isSamePlace({ before, after }: Step): boolean {
  return before.look.picture.place.join() === after.look.picture.place.join()
}
