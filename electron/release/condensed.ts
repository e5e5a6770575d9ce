import type { Release } from '../../shared/release/release.ts'
import { versionOf } from '../../shared/release/release-version.ts'

/** How much is left of what a release tells about itself: the newest events, and the beginning of what others said. */
export type Condensing = { readonly events: number; readonly words: number }

/** What goes first is what is only told. The last of them leaves nothing but what is needed to go on and to go back. */
export const condensings: readonly Condensing[] = [
  { events: 100, words: 200 },
  { events: 30, words: 100 },
  { events: 5, words: 40 },
  { events: 1, words: 0 },
]

/**
 * The same release in fewer words, oldest events first. How many there have been stays known by its version: whoever
 * decided on one that is not kept any more is told so.
 */
export function condensed(release: Release, { events, words }: Condensing): Release {
  const fewer = { ...release, log: release.log.slice(-events), version: versionOf(release) }
  // The shape stays what it was: no more than texts are cut in it.
  return shortened(fewer, words) as Release
}

/** Templates are taken back to the letter, and are never cut. */
const whole: readonly string[] = ['template', 'target', 'baseline', 'start', 'images', 'plan']

function shortened(value: unknown, words: number): unknown {
  if (Array.isArray(value)) return value.map((one) => shortened(one, words))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (whole.includes(key)) return [key, part]
      return [key, key === 'message' ? cut(part, words) : shortened(part, words)]
    }),
  )
}

function cut(text: unknown, words: number): unknown {
  if (typeof text !== 'string' || text.length <= words) return text
  return words === 0 ? '' : `${text.slice(0, words)}…`
}
