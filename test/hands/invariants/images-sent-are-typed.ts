import type { Judge } from '../step.ts'

const reference =
  /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/

type Change = { readonly kind: string; readonly images?: readonly { readonly image: string }[] }

/** An image that a press starts is one that there can be, and its version stands in a field that is to be seen. */
export function imagesSentAreTyped(): Judge {
  return ({ after }) =>
    after.look.seen.flatMap((one) => {
      if (one.kind !== 'sent' || one.press === undefined || one.name !== 'release/start') return []
      const { change } = (one.input as { readonly draft: { readonly change: Change } }).draft
      const { fields } = one.press.picture
      const typed = fields
        .filter((field) => field.area === 'panel' && field.kind !== 'radio')
        .map((field) => field.value.trim())
        .filter((value) => value !== '')
      return (change.images ?? []).flatMap(({ image }) => {
        if (!reference.test(image)) return [`${image} is no image, typed was ${JSON.stringify(typed)}`]
        const isShown =
          one.press?.picture.dialog !== undefined ||
          !fields.some((field) => field.area === 'panel' && field.kind === 'text') ||
          typed.some((value) => image === value || image.endsWith(value.replace(/^:/, '')))
        return isShown ? [] : [`${image} is started, the fields say ${JSON.stringify(typed)}`]
      })
    })
}
