import type { PodsView } from '../../../shared/view/pods-view.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import {
  outsideChanges,
  snapshotOf,
  type OutsideChange,
  type Snapshot,
} from '../../../shared/view/outside-changes.ts'
import { outsideText } from '../words/outside-words.ts'
import type { CommandContext } from '../session/command-context.ts'
import { clockText } from '../output/time-text.ts'

/** What changes together is told together: once nothing more has come for so long, */
const quietSeconds = 2
/** but at the latest after so long. */
const longestSeconds = 6

export type OutsideTeller = {
  see(view: PipelineView, pods: PodsView | undefined): void
  stop(): void
}

/**
 * Tells of what changes without a release: who set an image, scaled, deleted pods, and what fails or is well again. While
 * a release runs its own record says what happens to its batches.
 */
export function createOutsideTeller(context: CommandContext): OutsideTeller {
  let told: Snapshot | undefined
  let latest: Snapshot | undefined
  let stopQuiet = (): void => undefined
  let stopLongest: (() => void) | undefined

  function tell(): void {
    stopQuiet()
    stopLongest?.()
    stopLongest = undefined
    if (told === undefined || latest === undefined) return
    for (const change of outsideChanges(told, latest)) put(change)
    told = latest
  }

  function put(change: OutsideChange): void {
    const text = outsideText(change, context.options.language)
    const line = `${context.out.paint('dim', clockText(change.at))}  ${text}`
    const { batches, names, ...rest } = change
    context.out.put({ kind: 'change', ...rest, batches: [...batches], names: [...names], text }, line)
  }

  return {
    see(view, pods) {
      // What is old is compared once it is new again.
      if (view.freshness.kind !== 'live') return
      latest = snapshotOf(view, pods)
      if (told === undefined || (view.release !== undefined && view.release.state !== 'ended')) {
        told = latest
        return
      }
      told = withPods(told, latest)
      if (outsideChanges(told, latest).length === 0) return
      stopQuiet()
      stopQuiet = context.io.setTimer(quietSeconds, tell)
      stopLongest ??= context.io.setTimer(longestSeconds, tell)
    },
    stop() {
      stopQuiet()
      stopLongest?.()
    },
  }
}

/** Pods come by a feed of their own: the first time they are known is no news. */
function withPods(told: Snapshot, latest: Snapshot): Snapshot {
  if (told.batches.some((one) => one.pods.length > 0)) return told
  return {
    ...told,
    batches: told.batches.map((one) => ({
      ...one,
      pods: latest.batches.find(({ batch }) => batch.uid === one.batch.uid)?.pods ?? [],
    })),
  }
}
