import type { PipelineView, ReleaseView } from '../../../shared/view/pipeline.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import { exitCodes, type ExitCode } from '../session/exit-code.ts'

/** What a command wants of the release that it drives. */
export type Goal = 'done' | 'rolled-back' | 'paused' | 'frozen' | 'stopped'

export type Verdict =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'approval'; readonly step: number; readonly sentence: Sentence }
  | { readonly kind: 'end'; readonly exit: ExitCode; readonly why: 'reached' | 'held' | 'paused' | 'ended' }
  /** Somebody else has the lock now. */
  | { readonly kind: 'lost' }

/** Whether the release `id`, which this process drives, is where it was to go, or can't get there by itself. */
export function judge(
  view: PipelineView,
  { id, goal }: { readonly id: string; readonly goal: Goal },
): Verdict {
  const { release } = view
  if (release?.id !== id) return end(exitCodes.held, 'ended')
  if (release.state === 'ended') return release.driving ? { kind: 'go-on' } : ended(release, goal)
  if (!release.driving) return { kind: 'lost' }
  switch (release.state) {
    case 'rolling-back':
      return isStranded(view) ? end(exitCodes.held, 'held') : { kind: 'go-on' }
    case 'held':
    case 'paused': {
      if (goal === 'frozen' && release.frozen === 'sent') return end(exitCodes.done, 'reached')
      if (goal === 'frozen' && release.frozen === 'sending') return { kind: 'go-on' }
      if (goal === 'paused') return end(exitCodes.done, 'reached')
      return end(exitCodes.held, release.state)
    }
    case 'running': {
      const approve = release.verbs.find((one) => one.verb === 'approve')
      return approve?.enabled === true && approve.step !== undefined
        ? { kind: 'approval', step: approve.step, sentence: approve.sentence }
        : { kind: 'go-on' }
    }
  }
}

/** Its pods had the time of a batch, and a person is waited for: a script must not wait for ever. */
function isStranded({ headline }: PipelineView): boolean {
  return headline.kind === 'release-rolling-back' && headline.waits?.overdue === true
}

function ended({ outcome }: ReleaseView, goal: Goal): Verdict {
  const wanted = { done: 'done', 'rolled-back': 'rolled-back', stopped: 'stopped', paused: '', frozen: '' }[
    goal
  ]
  return outcome === wanted ? end(exitCodes.done, 'reached') : end(exitCodes.held, 'ended')
}

function end(exit: ExitCode, why: Extract<Verdict, { readonly kind: 'end' }>['why']): Verdict {
  return { kind: 'end', exit, why }
}
