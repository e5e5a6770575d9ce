import { changes } from '../targeted.ts'
import type { Judge } from '../step.ts'

const text = ['text', 'search', 'textarea', 'number', 'password']

/** A key in a field that has a purpose of its own, a filter or a time, steers no release. */
export function keysActWhereTheyAre(): Judge {
  return ({ after }) =>
    after.look.seen.flatMap((one) => {
      if (one.kind !== 'sent' || one.press === undefined || !changes(one.name)) return []
      const { picture, key } = one.press
      if (!key.startsWith('Control+') || picture.dialog !== undefined || picture.focus === undefined)
        return []
      const isElsewhere = picture.focus.area === 'sidebar' || picture.focus.form
      return isElsewhere && text.includes(picture.focus.kind) && one.name.startsWith('release/')
        ? [`${key} in "${picture.focus.name}" sent ${one.name}`]
        : []
    })
}
