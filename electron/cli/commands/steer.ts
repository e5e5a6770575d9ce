import { failed, type Reply } from '../../../shared/fault.ts'
import { seenRelease, type SeenRelease } from '../../../shared/view/seen-release.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { VerbView } from '../../../shared/view/verb-views.ts'
import type { BatchAppearance } from '../../../shared/view/batch-view.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import { afterLeavingOut, type LeftBehind } from '../../../shared/view/after-leaving-out.ts'
import { askHolder } from './ask.ts'
import { confirm } from '../prompts/confirm.ts'
import { chosenBatches } from '../arguments/chosen-batches.ts'
import { drive } from '../driving/drive.ts'
import { fault, usage, type Ending, refused } from '../session/ending.ts'
import { refuse } from '../driving/possible-commands.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { type CommandContext } from '../session/command-context.ts'
import type { SteerVerb } from '../arguments/steer-verb.ts'
import { takeOverIfOurs } from './take-over.ts'
import type { Goal } from '../driving/verdict.ts'
import { withChangesOn } from '../prompts/with-changes-on.ts'

/** Does one verb to the release, and drives it on if the verb lets it go on. */
export async function steer(context: CommandContext, verb: SteerVerb): Promise<Ending> {
  const opened = await openService(context)
  if (!opened.ok) return opened.ending
  const at = opened.value
  const picture = await pictureOf(at)
  if (!picture.ok) return picture.ending
  const view = picture.value
  const { release, lock } = view
  if (release === undefined || release.state === 'ended') return refused('not-found', at.words.noRelease)
  const chosen = chosenBatches(view, at.options.batches)
  if (!chosen.ok) return chosen.ending
  if (chosen.value.length > 1)
    return usage({ kind: 'one-batch', names: chosen.value.map(({ number, name }) => `${number} (${name})`) })
  const known = release.verbs.find((one) => one.verb === verb)
  const batch = chosen.value[0]?.uid ?? known?.batch
  const braking = verb === 'pause' || verb === 'stop'
  // What can't be done is not asked about; who takes it up learns why.
  const pointless = release.state === 'held' && (verb === 'approve' || verb === 'push-all')
  const agreed = pointless
    ? { ok: true as const }
    : await confirm(at, {
        what: [[at.words.change, sentenceOf(at, { known, verb, view, batch })]],
        question: questionOf(at, verb, known),
        way: braking || verb === 'freeze' ? 'brake' : 'forward',
      })
  if (!agreed.ok) return agreed.ending
  const guard = at.io.interrupts.guard()
  // The brakes work through whoever drives the release.
  if (braking && lock.kind === 'other' && !lock.expired) {
    const asked = await askHolder(at, { seen: seenRelease(release), wish: verb, orElse: 'take-over' })
    if (asked !== undefined) {
      guard.dispose()
      return asked
    }
  }
  const taken = await takeOverIfOurs(at, view, braking || verb === 'freeze' ? 'brake' : 'forward')
  if (!taken.ok) return taken.ending
  const now = await pictureOf(at)
  if (!now.ok) return now.ending
  const offered = now.value.release?.verbs.find((one) => one.verb === verb)
  const isBrake = braking || verb === 'freeze'
  if (!isBrake && isOvertaken(now.value, { verb, batch })) {
    guard.dispose()
    return refuse(at, now.value, verb)
  }
  const reply = await withChangesOn(at, () => call(at, { verb, seen: seenRelease(release), offered, batch }))
  if (!reply.ok) {
    // It was found only when it was taken up again: what is seen by now says more than that it was refused.
    const after = await pictureOf(at)
    if (isBrake || !after.ok || !isOvertaken(after.value, { verb, batch })) return fault(reply.fault)
    guard.dispose()
    return refuse(at, after.value, verb)
  }
  return drive(at, { id: release.id, goal: goalOf(verb, view), guard, since: view })
}

/** It is on hold, paused, going back or over by now, and this verb is none of those that help. */
function isOvertaken(
  { release }: PipelineView,
  { verb, batch }: { readonly verb: SteerVerb; readonly batch: string | undefined },
): boolean {
  const offered = release?.verbs.find((one) => one.verb === verb)
  if (offered === undefined || offered.enabled || release?.state === 'running') return false
  return batch === undefined || offered.batch === undefined || batch === offered.batch
}

function questionOf({ words }: AtService, verb: SteerVerb, known: VerbView | undefined): string {
  const sentence = known?.sentence
  switch (verb) {
    case 'adopt':
      return words.adoptQuestions[sentence?.kind === 'verb-adopt' ? sentence.as : 'start']
    case 'restore':
      return words.restoreQuestions[sentence?.kind === 'verb-restore' ? sentence.as : 'overwrite']
    default:
      return words.questions[verb]
  }
}

function sentenceOf(
  at: AtService,
  it: {
    readonly known: VerbView | undefined
    readonly verb: SteerVerb
    readonly view: PipelineView
    readonly batch: string | undefined
  },
): string {
  const number = it.view.batches.find((one) => one.uid === it.batch)?.number
  const sentence = it.known?.sentence
  if (it.verb === 'skip' && it.batch !== undefined) return at.say(skipSentence(it.view, it.batch))
  // The sentence on offer is about the batch that holds the release; another one may have been named.
  if (number !== undefined && sentence !== undefined && 'batch' in sentence && sentence.batch !== number)
    return at.words.verbOnBatch(it.verb, number)
  return sentence === undefined ? '' : at.say(sentence)
}

/** What comes of the release without this batch: also where another one is on offer. */
function skipSentence({ batches, release }: PipelineView, skipped: string): Sentence {
  const order = release?.plan?.steps ?? []
  const parts = order.flatMap(({ batch, begun }) => {
    const own = batches.find((one) => one.uid === batch)
    return own === undefined ? [] : [{ ...own, begun, pods: own.desired, stage: stageOf(own.look) }]
  })
  const own = parts.find((one) => one.uid === skipped)
  const { then, pods } = afterLeavingOut(parts, skipped)
  const none = { scales: [], pauses: [], unpauses: [], returns: [], finishes: [], updates: [] }
  const promised = { does: { ...none, then }, pods, tag: release?.tag ?? '' }
  return { kind: 'verb-skip', batch: own?.number ?? 0, begun: own?.begun === true, ...promised }
}

function stageOf(look: BatchAppearance): LeftBehind['stage'] {
  switch (look) {
    case 'skipped':
      return 'left-out'
    case 'done':
      return 'done'
    case 'idle':
    case 'waiting':
    case 'approval':
    case 'returned':
      return 'to-come'
    default:
      return 'begun'
  }
}

type Call = {
  readonly verb: SteerVerb
  readonly seen: SeenRelease
  readonly offered: VerbView | undefined
  readonly batch: string | undefined
}

async function call(at: AtService, { verb, seen, offered, batch }: Call): Promise<Reply<null>> {
  const common = { request: at.newRequest(), target: at.target, ...seen }
  switch (verb) {
    case 'approve':
      if (offered?.step === undefined || !offered.enabled) return off(offered)
      return at.client.call('release/approve', { ...common, step: offered.step })
    case 'push-all':
      return at.client.call('release/push-all', common)
    case 'pause':
      return at.client.call('release/pause', common)
    case 'resume':
      return at.client.call('release/resume', common)
    case 'freeze':
      return at.client.call('release/freeze', common)
    case 'stop':
      return at.client.call('release/stop', common)
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
      if (batch === undefined) return off(offered)
      return at.client.call(`release/${verb}`, { ...common, batch })
  }
}

function off(offered: VerbView | undefined): Reply<null> {
  return failed('conflict', offered?.why ?? { kind: 'off-no-such-batch' })
}

function goalOf(verb: SteerVerb, { release }: PipelineView): Goal {
  switch (verb) {
    case 'pause':
      return 'paused'
    case 'freeze':
      return 'frozen'
    case 'stop':
      return 'stopped'
    default:
      return release?.state === 'rolling-back' ? 'rolled-back' : 'done'
  }
}
