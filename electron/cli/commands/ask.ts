import type { Command } from './command.ts'
import { seenRelease, type SeenRelease } from '../../../shared/view/seen-release.ts'
import { confirm } from '../prompts/confirm.ts'
import { exit, fault, type Ending, refused } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { follow } from '../session/follow.ts'
import { createNarrator } from '../driving/narrate.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { type CommandContext } from '../session/command-context.ts'

const askWhat = {
  en: 'Say what to ask for: tranche ask pause, or tranche ask stop.',
  zh: '请说明要请求什么：tranche ask pause 或 tranche ask stop。',
}

export const askCommand: Command = {
  name: 'ask',
  takes: ['pause|stop', '[SERVICE]'],
  options: [],
  problem: ({ rest }) => (wishOf(rest) === undefined ? { kind: 'of-command', text: askWhat } : undefined),
  what: {
    en: 'Asks whoever drives the release to pause or stop it.',
    zh: '请求驱动者暂停或停止发布。',
  },
  run: ask,
}

/** Asks whoever drives the release to pause or stop it, and waits until that has been done. */
async function ask(context: CommandContext): Promise<Ending> {
  const at = await openService(context)
  if (!at.ok) return at.ending
  const view = await pictureOf(at.value)
  if (!view.ok) return view.ending
  const { release } = view.value
  const wish = wishOf(context.options.line.rest)
  if (release === undefined || release.state === 'ended' || wish === undefined)
    return refused('not-found', at.value.words.noRelease)
  const verb = release.verbs.find((one) => one.verb === wish)
  const agreed = await confirm(at.value, {
    what: [[at.value.words.change, verb === undefined ? '' : at.value.say(verb.sentence)]],
    question: at.value.words.questions[wish],
    way: 'brake',
  })
  if (!agreed.ok) return agreed.ending
  const ending = await askHolder(at.value, { seen: seenRelease(release), wish, orElse: 'fault' })
  return ending ?? refused('conflict', at.value.words.nobodyDrives)
}

function wishOf([word]: readonly string[]): 'pause' | 'stop' | undefined {
  return word === 'pause' || word === 'stop' ? word : undefined
}

type Asking = {
  readonly seen: SeenRelease
  readonly wish: 'pause' | 'stop'
  /** `take-over`: undefined is given when nobody drives it, so that the caller can. */
  readonly orElse: 'take-over' | 'fault'
}

export async function askHolder(
  at: AtService,
  { seen: about, wish, orElse }: Asking,
): Promise<Ending | undefined> {
  const follower = follow(at.client, 'pipeline', at.target)
  let asked = false
  let narrator: ReturnType<typeof createNarrator> | undefined
  try {
    for (let revision = 0; ;) {
      const { payload, revision: seen } = await follower.next(revision)
      revision = seen
      if (payload.kind !== 'view') continue
      const { view } = payload
      narrator ??= createNarrator(at, view)
      narrator.tell(view)
      const { lock } = view
      const state =
        view.release !== undefined && view.release.id === about.release ? view.release.state : 'ended'
      if (state === 'ended' || (wish === 'pause' && state === 'paused')) return exit(exitCodes.done)
      if (lock.kind === 'other' && lock.expired)
        return refused('conflict', at.words.othersRelease(lock.holder, true))
      if (lock.kind !== 'other') return undefined
      if (asked) continue
      if (orElse === 'take-over' && lock.holder === at.io.person) {
        // This person's own: a process that has ended is taken over at once, a living one is asked.
        const taken = await at.client.call('release/take-over', {
          request: at.newRequest(),
          target: at.target,
          ...about,
          paused: true,
        })
        if (taken.ok) return undefined
      }
      const reply = await at.client.call('release/ask', {
        request: at.newRequest(),
        target: at.target,
        ...about,
        wish,
      })
      if (reply.ok) {
        asked = true
        at.out.remark(at.words.asked(lock.holder, wish))
      } else if (reply.fault.code !== 'conflict') return fault(reply.fault)
    }
  } finally {
    follower.stop()
  }
}
