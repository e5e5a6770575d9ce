import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { VerbName } from '../../../shared/release/verbs.ts'
import { exit, type Ending } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { nextCommand } from './next-command.ts'
import type { AtService } from '../session/command-context.ts'
import { tellFailure } from './tell-failure.ts'

/** Every verb is a command of the terminal: one that lacks a name here does not compile. */
const commandOf: Readonly<Record<VerbName, string>> = {
  approve: 'approve',
  'push-all': 'push-all',
  pause: 'pause',
  resume: 'resume',
  freeze: 'freeze',
  retry: 'retry',
  skip: 'skip',
  adopt: 'adopt',
  restore: 'restore',
  stop: 'stop',
  'roll-back': 'rollback',
  'take-over': 'take-over',
}

/** All that can be done to the release now, as command lines that can be pasted. */
export function tellPossible(at: AtService, { release }: PipelineView): void {
  const verbs = (release?.verbs ?? []).filter((one) => one.enabled)
  const isHeld = release?.state === 'held'
  // Going on with what is on hold is the same as trying its batch again.
  for (const { verb } of verbs) if (!isHeld || verb !== 'resume') nextCommand(at, commandOf[verb])
}

/** A verb that makes no sense any more: what has happened meanwhile, by whom, and what can be done about it. */
export async function refuse(at: AtService, view: PipelineView, verb: VerbName): Promise<Ending> {
  const offered = view.release?.verbs.find((one) => one.verb === verb)
  const what = at.say(view.headline)
  const why = offered?.why === undefined ? '' : at.say(offered.why)
  at.out.put({ kind: 'refused', verb, headline: view.headline.kind, text: what, why }, [what, why])
  if (view.release?.state === 'held') await tellFailure(at, view)
  tellPossible(at, view)
  return exit(exitCodes.held)
}
