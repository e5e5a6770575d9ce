import type { Judge } from '../step.ts'

/** The total that the page says stays so is the sum of the numbers below it. */
export function totalsAreTheirSums(): Judge {
  return ({ after }) => {
    const { total, batches, folded } = after.look.picture
    if (total === undefined || folded > 0 || batches.length === 0) return []
    // While a number is typed it is not one yet.
    const isTyped = after.look.picture.fields.some(
      (field) => field.focused && field.area === 'main' && field.kind === 'number',
    )
    if (isTyped) return []
    const sum = batches.reduce((all, one) => all + one.pods, 0)
    return sum === total ? [] : [`said are ${String(total)} pods, the cards make ${String(sum)}`]
  }
}
