import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbName } from '../../shared/release/verbs.ts'
import type { LinkStatus } from './client.ts'

/** To brake and to go back stay offered whatever is known: who presses is told at once that nothing was reached. */
const brakes: readonly VerbName[] = ['pause', 'freeze', 'stop', 'roll-back']

/** The release as it can be steered from here: without the application, what is shown is old and nothing goes forward. */
export function offeredRelease(release: ReleaseView, link: LinkStatus): ReleaseView {
  if (link !== 'lost') return release
  const verbs = release.verbs.map((verb) =>
    brakes.includes(verb.verb) ? verb : { ...verb, enabled: false, why: { kind: 'off-link-lost' } as const },
  )
  return { ...release, verbs }
}
