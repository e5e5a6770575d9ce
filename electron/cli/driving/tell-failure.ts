import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { BatchView } from '../../../shared/view/batch-view.ts'
import { until } from '../session/follow.ts'
import type { AtService } from '../session/command-context.ts'

const logLines = 5

/** Which batch fails, why, and what its first failing pod said last. */
export async function tellFailure(at: AtService, view: PipelineView): Promise<void> {
  for (const batch of view.batches.filter((one) => one.look === 'failing')) {
    const { reason, message, pods, pod, container, told = false } = await troubleOf(at, batch, view)
    const log = pod === undefined ? [] : await lastLines(at, { pod, container })
    at.out.put(
      {
        kind: 'failure',
        batch: batch.number,
        name: batch.name,
        reason,
        message,
        pods,
        ...(pod !== undefined && { pod }),
        ...(container !== undefined && { container }),
        log,
      },
      [
        at.out.paint('red', told ? message : at.words.failure(batch, { reason, pods })),
        ...(message === '' || told ? [] : [`  ${message}`]),
        ...(pod === undefined
          ? []
          : [`  ${at.words.firstFailingPod(pod, isAlone(batch) ? undefined : container)}`]),
        // Tabs move the cursor: a log is laid out with them.
        ...log.map((line) => `  | ${line.replaceAll('\t', '    ')}`),
      ],
    )
  }
}

type Failure = {
  readonly reason: string
  readonly message: string
  readonly pods: number
  readonly pod?: string
  readonly container?: string
  /** The message says all, and the reason is for machines alone. */
  readonly told?: true
}

/** A pod that has restarted, or starts again just now, is in no trouble to be seen: then the headline says why. */
async function troubleOf(at: AtService, batch: BatchView, view: PipelineView): Promise<Failure> {
  if (batch.trouble !== undefined) return batch.trouble
  const found = await until(at.client, ['pods', at.target], ({ kind }) => kind !== 'loading')
  const pods = found.kind === 'view' ? found.view.pods : []
  const fresh = pods.filter((one) => one.batch === batch.number && one.isNew)
  const restarted = fresh.filter((one) => one.restarts > 0)
  const suspects = restarted.length > 0 ? restarted : fresh.filter((one) => !one.ready)
  const first = suspects[0]
  return {
    reason: view.headline.kind,
    message: at.say(view.headline),
    told: true,
    pods: suspects.length,
    ...(first !== undefined && { pod: first.name, container: first.telling }),
  }
}

/** With one container there is nothing to tell apart. */
function isAlone(batch: BatchView): boolean {
  return batch.images.length === 1
}

/** What it said before it was restarted, if it was. A pod that never ran has no log: then nothing is said. */
async function lastLines(
  { client, target }: AtService,
  { pod, container }: { readonly pod: string; readonly container: string | undefined },
): Promise<readonly string[]> {
  for (const previous of [true, false]) {
    const reply = await client.call('pod/log', {
      target,
      pod,
      ...(container !== undefined && { container }),
      previous,
    })
    if (reply.ok && reply.value.lines.length > 0) return reply.value.lines.slice(-logLines)
  }
  return []
}
