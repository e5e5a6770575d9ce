import type { PipelineView, ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { VerbName } from '../../shared/release/verbs.ts'

/** No release is running: a new one can be drafted. One that has ended still offers its roll back. */
export function isOver(view: Pick<PipelineView, 'release'>): boolean {
  return view.release === undefined || view.release.state === 'ended'
}

/** The next release is being drafted while this one, and no other, runs and is driven here. */
export function isDraftedOver(
  view: PipelineView,
  over: ReleaseView['id'] | undefined,
): view is PipelineView & { readonly release: ReleaseView } {
  return !isOver(view) && view.release?.driving === true && view.release.id === over
}

export function verbOf(release: ReleaseView, name: VerbName): VerbView | undefined {
  return release.verbs.find((verb) => verb.verb === name)
}

/**
 * The one next action: take over when nobody drives it, approve while it runs, resume when paused, roll back when it is
 * held by a failure. What somebody else has written is no failure: it is accepted or put back first.
 * A disabled approve stays in its place and says when it opens.
 */
export function primaryVerb(release: ReleaseView): VerbView | undefined {
  const takeOver = verbOf(release, 'take-over')
  if (takeOver?.enabled === true) return takeOver
  switch (release.state) {
    case 'running':
      return verbOf(release, 'approve')
    case 'paused':
      return verbOf(release, 'resume')
    case 'held':
      return (
        (['adopt', 'restore', 'roll-back'] as const)
          .map((name) => verbOf(release, name))
          .find((verb) => verb?.enabled === true) ?? verbOf(release, 'retry')
      )
    case 'rolling-back':
      return undefined
    case 'ended':
      return undefined
  }
}

const listed: Readonly<Record<ReleaseView['state'], readonly VerbName[]>> = {
  running: ['push-all', 'pause', 'freeze', 'skip', 'stop', 'roll-back'],
  paused: ['freeze', 'skip', 'stop', 'roll-back'],
  held: ['retry', 'adopt', 'restore', 'freeze', 'skip', 'stop', 'roll-back'],
  'rolling-back': ['retry', 'skip', 'stop', 'roll-back'],
  ended: ['roll-back'],
}

/** Listed even when they can't be used now, with the reason; the others only where they make sense. */
const always: readonly VerbName[] = ['take-over', 'pause', 'stop', 'roll-back']

/** The other verbs that make sense now, in the order in which they are listed: roll back always last. */
export function otherVerbs(release: ReleaseView): readonly VerbView[] {
  const primary = primaryVerb(release)
  return (['take-over', ...listed[release.state]] as const)
    .filter((name) => name !== primary?.verb)
    .map((name) => verbOf(release, name))
    .filter((verb) => verb !== undefined)
    .filter((verb) => verb.enabled || worthShowing(release, verb))
}

/** After the end only what can be done is listed; "approve all" only while there are several gates to open. */
function worthShowing(release: ReleaseView, verb: VerbView): boolean {
  // That it goes back stands above the rows; in a low window its own row would cover the ways out.
  if (release.state === 'rolling-back' && verb.verb === 'roll-back') return false
  return release.state !== 'ended' && always.includes(verb.verb)
}
