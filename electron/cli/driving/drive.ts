import { faultOf } from '../../../shared/fault.ts'
import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { exit, fault, refused, type Ending } from '../session/ending.ts'
import { endingWordsIn } from '../words/ending-words.ts'
import { exitCodes } from '../session/exit-code.ts'
import { tellFailure } from './tell-failure.ts'
import { follow } from '../session/follow.ts'
import type { Guard, Interrupt } from '../session/interrupts.ts'
import { createNarrator } from './narrate.ts'
import { nextCommand } from './next-command.ts'
import { tellPossible } from './possible-commands.ts'
import type { AtService } from '../session/command-context.ts'
import { withChangesOn } from '../prompts/with-changes-on.ts'
import { timedOut } from './timed-out.ts'
import { judge, type Goal, type Verdict } from './verdict.ts'

export type DriveOptions = {
  readonly id: string
  readonly goal: Goal
  /** Interrupts of the release, from before the command that began it. */
  readonly guard: Guard
  /** What was known before. */
  readonly since?: PipelineView
}

type Turn =
  | { readonly kind: 'view'; readonly revision: number; readonly view: PipelineView }
  | { readonly kind: 'missing'; readonly why: FaultSentence }
  | { readonly kind: 'interrupt'; readonly interrupt: Interrupt }

/** Stays with a release that this process drives, says each change, and ends when it gets no further by itself. */
export async function drive(at: AtService, options: DriveOptions): Promise<Ending> {
  const { guard } = options
  const narrator = createNarrator(at, options.since)
  // A new subscription begins with the picture as it is now: nothing from before the command is judged.
  const follower = follow(at.client, 'pipeline', at.target)
  let revision = 0
  let asked: Asked | undefined

  async function look(): Promise<Turn> {
    for (;;) {
      const { payload, revision: seen } = await follower.next(revision)
      revision = seen
      if (payload.kind === 'view') return { kind: 'view', revision: seen, view: payload.view }
      if (payload.kind === 'missing') return { kind: 'missing', why: payload.why }
    }
  }
  const interrupted = async (): Promise<Turn> => ({ kind: 'interrupt', interrupt: await guard.raised() })

  try {
    for (let view: Promise<Turn> = look(); ;) {
      const turn = await Promise.race([interrupted(), view, ...(asked === undefined ? [] : [asked.answer])])
      if (turn === 'approved') {
        asked = undefined
        continue
      }
      if (turn === 'not-now') return waitsForApproval(at)
      switch (turn.kind) {
        case 'interrupt': {
          const ending = await leave(at, options.id, turn.interrupt)
          if (ending !== undefined) return ending
          guard.stay()
          continue
        }
        case 'missing':
          return fault(faultOf('not-found', turn.why))
        case 'view':
          break
      }
      narrator.tell(turn.view)
      const verdict = judge(turn.view, options)
      if (asked !== undefined && (verdict.kind !== 'approval' || verdict.step !== asked.step)) {
        asked.withdraw()
        asked = undefined
      }
      if (verdict.kind === 'approval') {
        if (at.io.ask === undefined || at.options.untilApproval) return waitsForApproval(at)
        asked ??= askApproval(at, { release: options.id, version: turn.view.release?.version }, verdict)
      } else if (verdict.kind !== 'go-on') return await endAs(at, verdict, turn.view)
      view = look()
    }
  } finally {
    asked?.withdraw()
    follower.stop()
    guard.dispose()
  }
}

type Asked = {
  readonly step: number
  readonly answer: Promise<'approved' | 'not-now'>
  withdraw(): void
}

/** Asks the person at this terminal for the gate that the release waits at. Withdrawn when things move on. */
function askApproval(
  at: AtService,
  seen: { readonly release: string; readonly version: number | undefined },
  gate: Extract<Verdict, { readonly kind: 'approval' }>,
): Asked {
  const withdrawal = new AbortController()
  async function answer(): Promise<'approved' | 'not-now'> {
    at.out.notice([at.say(gate.sentence)])
    const word = await at.io.ask?.(at.words.approve, withdrawal.signal)
    // Withdrawn: whoever withdrew it goes on without an answer.
    if (withdrawal.signal.aborted) return new Promise(() => undefined)
    const wish = at.words.approvalAnswer(word ?? '')
    if (wish === 'no') return 'not-now'
    const reply = await withChangesOn(at, () => {
      const common = { request: at.newRequest(), target: at.target, ...seen }
      return wish === 'all'
        ? at.client.call('release/push-all', common)
        : at.client.call('release/approve', { ...common, step: gate.step })
    })
    if (!reply.ok) at.out.remark(at.words.fault(reply.fault))
    return 'approved'
  }
  return { step: gate.step, answer: answer(), withdraw: () => withdrawal.abort() }
}

function waitsForApproval(at: AtService): Ending {
  nextCommand(at, 'approve')
  nextCommand(at, 'rollback')
  return exit(exitCodes.approval)
}

async function endAs(
  at: AtService,
  verdict: Extract<Verdict, { readonly kind: 'end' | 'lost' }>,
  view: PipelineView,
): Promise<Ending> {
  if (verdict.kind === 'lost') {
    const why = view.release?.fault
    if (why !== undefined) return fault(why)
    return refused('conflict', at.words.lost(view.lock.kind === 'other' ? view.lock.holder : ''))
  }
  switch (verdict.why) {
    case 'reached':
    case 'ended':
      break
    case 'held':
      await tellFailure(at, view)
      tellPossible(at, view)
      break
    case 'paused':
      nextCommand(at, 'resume')
      nextCommand(at, 'rollback')
      break
  }
  if (verdict.exit === exitCodes.done && view.release?.state !== 'ended') nextCommand(at, 'resume')
  return exit(verdict.exit)
}

/** Pauses before this process goes, so that nothing begins unseen; undefined when it had better stay. */
async function leave(at: AtService, release: string, interrupt: Interrupt): Promise<Ending | undefined> {
  const reply = await at.client.call('release/pause', {
    request: at.newRequest(),
    target: at.target,
    release,
  })
  const ending = interrupt === 'timeout' ? await timedOut(at) : exit(exitCodes.interrupted)
  if (reply.ok) {
    at.out.remark(at.words.pausedBeforeLeaving)
    nextCommand(at, 'resume')
    nextCommand(at, 'rollback')
    return ending
  }
  const found = await follow(at.client, 'pipeline', at.target).next(0)
  const state = found.payload.kind === 'view' ? found.payload.view.release?.state : undefined
  if (state === 'rolling-back') {
    if (interrupt !== 'timeout') {
      at.out.remark(at.words.rollBackGoesOn)
      return undefined
    }
    at.out.remark(endingWordsIn(at.options.language).rollBackLeft)
    nextCommand(at, 'take-over')
    return ending
  }
  // Held, paused or over already: nothing would begin by itself.
  if (state === 'held' || state === 'paused' || state === 'ended') {
    nextCommand(at, 'resume')
    return ending
  }
  return fault(reply.fault)
}
