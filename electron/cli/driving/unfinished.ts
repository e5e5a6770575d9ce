import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { type Ending, refused } from '../session/ending.ts'
import { nextCommand } from './next-command.ts'
import type { AtService } from '../session/command-context.ts'

export function isUnfinished({ release: one }: PipelineView): boolean {
  return one !== undefined && one.state !== 'ended'
}

/** Nothing is begun over a release that has not ended, unless that was said: its journal is the way back. */
export function refuseUnfinished(at: AtService, view: PipelineView, option: string): Ending {
  nextCommand(at, 'resume')
  nextCommand(at, 'rollback')
  nextCommand(at, 'stop')
  return refused('conflict', at.words.unfinished(view, option))
}
