import { type Reply } from '../../../shared/fault.ts'
import type { PlanChange } from '../../../shared/release/command-context.ts'
import type { ReleaseCommand } from '../../../shared/release/command-context.ts'
import { permitted, type Permit } from '../command-ways.ts'
import { goBack, type GoBack } from '../history/go-back.ts'
import { runOncePerRequest } from '../async/run-once-per-request.ts'
import type { Acts, Parsed } from '../command-handlers.ts'

import type { HandlerOptions } from './handler-options.ts'

/** What a person does to a release. */
export function steeringHandlers(
  options: HandlerOptions,
): Pick<
  Acts,
  | 'release/start'
  | 'release/pause'
  | 'release/resume'
  | 'release/freeze'
  | 'release/retry'
  | 'release/skip'
  | 'release/adopt'
  | 'release/restore'
  | 'release/change-plan'
  | 'release/ask'
  | 'release/forget'
  | 'release/approve'
  | 'release/push-all'
  | 'release/stop'
  | 'release/take-over'
  | 'release/roll-back'
  | 'release/go-back'
> {
  const { releaseService } = options
  const remembered = runOncePerRequest()

  function steer(
    { request, target, ...about }: Parsed<'release/pause'>,
    wish: ReleaseCommand,
    permit: Permit,
  ): Promise<Reply<null>> {
    return remembered(request, () => releaseService.steer(target, wish, { ...about, permit }))
  }

  return {
    'release/start': ({ request, draft }, permit) =>
      remembered(request, () => releaseService.start(draft, permit)),
    'release/pause': (input) => steer(input, { kind: 'pause' }, permitted),
    'release/resume': (input, permit) => steer(input, { kind: 'resume' }, permit),
    'release/freeze': (input) => steer(input, { kind: 'freeze' }, permitted),
    'release/retry': ({ batch, ...input }, permit) => steer(input, { kind: 'retry', batch }, permit),
    'release/skip': ({ batch, ...input }, permit) => steer(input, { kind: 'skip', batch }, permit),
    'release/adopt': ({ batch, ...input }, permit) => steer(input, { kind: 'adopt', batch }, permit),
    'release/restore': ({ batch, ...input }, permit) => steer(input, { kind: 'restore', batch }, permit),
    'release/change-plan': ({ change, ...input }, permit) =>
      steer(input, { kind: 'change-plan', change: planChange(change) }, permit),
    'release/ask': ({ request, target, wish, ...about }) =>
      remembered(request, () => releaseService.ask(target, wish, about)),
    'release/forget': ({ request, target, version }) =>
      remembered(request, () => releaseService.forget(target, version)),
    'release/approve': ({ step, ...input }, permit) => steer(input, { kind: 'approve', step }, permit),
    'release/push-all': (input, permit) => steer(input, { kind: 'push-all' }, permit),
    'release/stop': (input) => steer(input, { kind: 'stop' }, permitted),
    'release/take-over': ({ request, target, paused, ...about }, permit) =>
      remembered(request, () =>
        releaseService.takeOver(target, { ...about, paused: paused === true, permit }),
      ),
    'release/roll-back': ({ mode, batches, ...input }) =>
      steer(input, { kind: 'roll-back', mode, batches }, permitted),
    'release/go-back': ({ request, ...wish }) => remembered(request, () => goBack(options, present(wish))),
  }
}

function present({
  at,
  supersedes,
  withoutLock,
  ...wish
}: Omit<Parsed<'release/go-back'>, 'request'>): GoBack {
  return {
    ...wish,
    ...(at !== undefined && { at }),
    ...(supersedes !== undefined && { supersedes }),
    ...(withoutLock !== undefined && { withoutLock }),
  }
}

/** What was left open stays open: an absent field is none, not one that is undefined. */
function planChange(change: Parsed<'release/change-plan'>['change']): PlanChange {
  const { onFailure, batchLimitSeconds } = change
  return {
    steps: change.steps,
    sizes: change.sizes,
    ...(onFailure !== undefined && { onFailure }),
    ...(batchLimitSeconds !== undefined && { batchLimitSeconds }),
  }
}
