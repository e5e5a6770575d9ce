import type { Field, Seen } from '../probe/seen.ts'
import type { Judge } from '../step.ts'

const reference =
  /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/

type Change = { readonly kind: string; readonly images?: readonly { readonly image: string }[] }

/** What is typed for an image is read as what it is, and what is started stands in a field that is to be seen. */
export function imagesSentAreTyped(): Judge {
  return ({ after }) =>
    after.look.seen.flatMap((one) => {
      const images = one.kind === 'sent' ? imagesOf(one) : []
      const picture = (one.kind === 'sent' ? one.press?.picture : undefined) ?? after.look.picture
      const own = picture.fields.filter(isImageField)
      const typed = own.map((field) => field.value.trim()).filter((value) => value !== '')
      return images.flatMap((image) => {
        // What is no image in any reading is for the checks to refuse.
        const understood = typed.some((value) => reference.test(value.replace(/^:/, '')))
        if (!reference.test(image) && understood)
          return [`${image} is no image, typed was ${JSON.stringify(typed)}`]
        if (one.kind !== 'sent' || one.name !== 'release/start' || one.press === undefined) return []
        const isShown =
          picture.dialog !== undefined ||
          own.length === 0 ||
          typed.some((value) => image === value || image.endsWith(value.replace(/^:/, '')))
        return isShown ? [] : [`${image} is started, the fields say ${JSON.stringify(typed)}`]
      })
    })
}

function imagesOf({ name, input }: Extract<Seen, { kind: 'sent' }>): readonly string[] {
  const draft =
    name === 'release/start'
      ? (input as { readonly draft: { readonly change: Change } }).draft
      : name === 'release/check'
        ? (input as { readonly change: Change })
        : undefined
  return (draft?.change.images ?? []).map((one) => one.image)
}

/** By its name, in both languages: on its other tabs the panel has a field for a time, and none for an image. */
const imageField = /^(New tag|Whole image of .*|新标签|.* 的完整镜像)$/

function isImageField({ area, kind, name }: Field): boolean {
  return area === 'panel' && kind === 'text' && imageField.test(name)
}
