import { shownService } from '../shown-service.ts'
import type { Judge } from '../step.ts'

/** Whoever drives a release can be asked, unless this very release has been asked for the same already, or is so. */
export function askedIsSaidOfWhoWasAsked(): Judge {
  const asked = new Set<string>()
  return ({ world, after }) => {
    for (const one of after.look.seen)
      if (one.kind === 'sent' && one.name === 'release/ask') {
        const { release, wish } = one.input as { readonly release: string; readonly wish: string }
        asked.add(`${release} ${wish}`)
      }
    const release = shownService(world, after.look.picture.place)?.release
    if (release === undefined || release.driver !== 'other') return []
    return after.controls.flatMap(({ name, enabled }) => {
      const wish = /^Ask .* to (pause|stop)$/.exec(name)?.[1]
      const isSo = wish === 'pause' && release.state === 'paused'
      return wish === undefined || enabled || isSo || asked.has(`${release.id} ${wish}`)
        ? []
        : [`"${name}" is off, and ${release.id} was not asked`]
    })
  }
}
