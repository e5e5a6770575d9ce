import type { PastRelease } from '../../shared/history/history-view.ts'
import { tagsOf } from '../../shared/view/image-text.ts'
import type { Words } from '../i18n/words.ts'

/** What a release of the past changed: its tags, or a word. */
export function changeText({ change, images }: PastRelease, words: Words['history']): string {
  const tags = change === 'image' ? tagsOf(images.map(({ image }) => image)) : ''
  return tags === '' ? words.change[change] : tags
}
