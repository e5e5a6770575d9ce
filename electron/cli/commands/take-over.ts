import type { Command } from './command.ts'
import type { Reply } from '../../../shared/fault.ts'
import { seenRelease } from '../../../shared/view/seen-release.ts'
import type { PipelineView, ReleaseView } from '../../../shared/view/pipeline.ts'
import type { LockView } from '../../../shared/view/lock-view.ts'
import { confirm } from '../prompts/confirm.ts'
import { drive } from '../driving/drive.ts'
import { endingAs, exit, fault, type Ending, type OrEnding, refused } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { follow } from '../session/follow.ts'
import { nextCommand } from '../driving/next-command.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { type CommandContext } from '../session/command-context.ts'
import { timedOut } from '../driving/timed-out.ts'
import { withChangesOn } from '../prompts/with-changes-on.ts'

export const takeOverCommand: Command = {
  name: 'take-over',
  takes: ['[SERVICE]'],
  options: ['until', 'production'],
  what: {
    en: 'Goes on with a release whose holder is gone, once that is certain.',
    zh: '确认驱动者已离开后，接着进行发布。',
  },
  run: takeOver,
}

/** Goes on with a release whose holder is gone. Waits until that is certain: a lock that is renewed stays with its holder. */
async function takeOver(context: CommandContext): Promise<Ending> {
  const at = await openService(context)
  if (!at.ok) return at.ending
  const view = await pictureOf(at.value)
  if (!view.ok) return view.ending
  const { release, lock } = view.value
  if (release === undefined || isOver(release)) return refused('not-found', at.value.words.noRelease)
  const holder = lock.kind === 'other' ? lock.holder : ''
  const agreed = await confirm(at.value, {
    what: [[at.value.words.change, at.value.say({ kind: 'verb-take-over', holder })]],
    question: at.value.words.questions['take-over'],
    way: 'forward',
  })
  if (!agreed.ok) return agreed.ending
  const guard = context.io.interrupts.guard()
  const taken = await Promise.race([waitAndTake(at.value, release.id), guard.raised()])
  if (typeof taken === 'string') return taken === 'timeout' ? timedOut(at.value) : exit(exitCodes.interrupted)
  if (!taken.ok) return taken.ending
  const goal = release.state === 'rolling-back' ? 'rolled-back' : 'done'
  return drive(at.value, { id: release.id, goal, guard, since: view.value })
}

/** It has ended, and leaves nothing to be cleared by whoever takes it over. */
function isOver({ state, verbs }: ReleaseView): boolean {
  return state === 'ended' && verbs.every(({ verb }) => verb !== 'take-over')
}

async function waitAndTake(at: AtService, release: string): Promise<OrEnding<null>> {
  const follower = follow(at.client, 'pipeline', at.target)
  let told = false
  try {
    for (let revision = 0; ;) {
      const { payload, revision: seen } = await follower.next(revision)
      revision = seen
      if (payload.kind !== 'view') continue
      const { lock, release: shown } = payload.view
      if (shown?.id !== release || isOver(shown)) return endingAs(refused('conflict', at.words.noRelease))
      // An earlier run of this installation counts as gone at once: only trying tells.
      if (told && lock.kind === 'other' && !lock.expired) continue
      const reply = await withChangesOn(at, () =>
        at.client.call('release/take-over', {
          request: at.newRequest(),
          target: at.target,
          ...seenRelease(shown),
        }),
      )
      if (reply.ok) return { ok: true, value: null }
      if (lock.kind !== 'other' || lock.expired) return endingAs(fault(reply.fault))
      at.out.remark(at.words.waitsForHolder(lock.holder, lock.seconds))
      told = true
    }
  } finally {
    follower.stop()
  }
}

/** A lock that is renewed once more stays with its holder: that is not waited for. */
const spareSeconds = 5

/** Tries what takes the lock: once more where what may be an earlier run of ours has been silent for long enough. */
export async function onceCertain(
  at: AtService,
  lock: LockView,
  take: () => Promise<Reply<null>>,
): Promise<Reply<null>> {
  const reply = await take()
  if (reply.ok || reply.fault.code !== 'conflict') return reply
  if (lock.kind !== 'other' || lock.inDoubt !== true || lock.expired) return reply
  at.out.remark(at.words.waitsForHolder(lock.holder, lock.seconds))
  return (await isGoneWithin(at, lock.seconds + spareSeconds)) ? take() : reply
}

async function isGoneWithin(at: AtService, seconds: number): Promise<boolean> {
  const follower = follow(at.client, 'pipeline', at.target)
  let stopTimer = (): void => undefined
  const late = new Promise<undefined>((resolve) => {
    stopTimer = at.io.setTimer(seconds, () => resolve(undefined))
  })
  try {
    for (let revision = 0; ;) {
      const seen = await Promise.race([follower.next(revision), late])
      if (seen === undefined) return false
      revision = seen.revision
      if (seen.payload.kind !== 'view') continue
      const { lock } = seen.payload.view
      if (lock.kind !== 'other' || lock.expired) return true
    }
  } finally {
    stopTimer()
    follower.stop()
  }
}

/**
 * Before a release that this process does not drive is steered: takes over what nobody holds, or what this person left
 * behind, which after a reboot is certain only once it has been silent for a while. What somebody else left behind needs
 * an explicit `take-over`. To brake, it is taken over paused.
 */
export async function takeOverIfOurs(
  at: AtService,
  view: PipelineView,
  way: 'forward' | 'brake',
): Promise<OrEnding<null>> {
  const { lock, release } = view
  if (release === undefined) return endingAs(refused('not-found', at.words.noRelease))
  if (lock.kind === 'other' && lock.holder !== at.io.person)
    return endingAs(refused('conflict', at.words.othersRelease(lock.holder, lock.expired)))
  const take = () =>
    withChangesOn(at, () =>
      at.client.call('release/take-over', {
        request: at.newRequest(),
        target: at.target,
        ...seenRelease(release),
        ...(way === 'brake' && { paused: true }),
      }),
    )
  const reply = await onceCertain(at, lock, take)
  if (reply.ok) return { ok: true, value: null }
  // After a reboot, say: whether an earlier run of ours is gone is certain only once it has been silent for a while.
  if (lock.kind === 'other' && !lock.expired) nextCommand(at, 'take-over')
  return endingAs(fault(reply.fault))
}
