import type { Judge } from '../step.ts'

/** A day that there is not, and an hour that the clocks leave out, is asked for again, not moved to another one. */
export function timesTypedAreTimesMeant(): Judge {
  return ({ before, after, fresh }) => {
    const opened = after.look.picture.dialog
    if (fresh || before.look.picture.dialog !== undefined || opened?.id !== 'go-back-title') return []
    const press = after.look.seen.findLast((one) => one.kind === 'press')
    const typed = press?.press.picture.fields.find(
      (field) => field.area === 'panel' && isTime(field.value),
    )?.value
    if (typed === undefined || press?.press.picture.focus?.form !== true) return []
    const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)/.exec(typed) ?? []
    const date = new Date(Number(year), Number(month) - 1, Number(day))
    return date.getMonth() + 1 === Number(month) ? [] : [`${typed} is no day, and is taken for one`]
  }
}

function isTime(value: string): boolean {
  return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(value)
}
