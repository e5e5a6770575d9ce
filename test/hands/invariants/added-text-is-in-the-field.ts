import type { Judge } from '../step.ts'

/** A kubeconfig that is added is the one that stands in the field. */
export function addedTextIsInTheField(): Judge {
  return ({ after }) =>
    after.look.seen.flatMap((one) => {
      if (one.kind !== 'sent' || one.press === undefined || one.name !== 'kubeconfig/add') return []
      const fields = one.press.picture.fields.filter((field) => field.area === 'dialog')
      const text = fields.find((field) => field.kind === 'textarea')?.value
      if (text === undefined) return []
      const path = fields.find((field) => field.kind === 'text')?.value ?? ''
      const given = one.input as { readonly text?: string; readonly path?: string; readonly tooLong?: number }
      if (given.tooLong !== undefined)
        return text.length > 20_000 - 100 ? [] : ['a long text is added, a short one stands there']
      const isShown =
        given.text === undefined ? given.path === path.trim() && text.trim() === '' : given.text === text
      return isShown
        ? []
        : [`added is ${JSON.stringify(given).slice(0, 80)}, in the field stands ${text.slice(0, 40) || path}`]
    })
}
