import { assertNever } from '../../shared/assert-never.ts'
import type { Reply } from '../../shared/fault.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { RollBackMode } from '../../shared/release/release.ts'
import { asked } from './asked.ts'
import type { Asked } from './facts.ts'
import type { Move, ServiceName, Who, WildVerb } from './move.ts'
import type { Operator } from './simulated-operator.ts'
import { stepsOf } from './start-release.ts'
import { names, type World } from './world.ts'

/** A button of the page, with what the page would send for it: each time in the next window. */
export function press(world: World, move: Extract<Move, { kind: 'press' }>): void {
  const operator = world.operator(move.who)
  const view = operator === undefined ? undefined : pictureOf(operator, move)
  const verb = view?.release?.verbs.find((one) => one.verb === move.verb)
  // A button that is off can't be pressed; on an old picture it was on.
  if (operator === undefined || view === undefined || verb?.enabled !== true) return
  for (let window = 0; window < move.times; window++) {
    pressVerb(world, operator, { move, view, verb, stale: move.stale, window })
  }
}

export function pressVerb(
  world: World,
  operator: Operator,
  how: {
    readonly move: Move
    readonly view: PipelineView
    readonly verb: VerbView
    readonly stale: number
    readonly window: number
  },
): Asked | undefined {
  const { move, view, verb, stale, window } = how
  const preview = view.release?.rollBack
  const sent = send(world, operator, {
    view,
    window,
    wish: {
      verb: verb.verb,
      batch: verb.batch,
      step: verb.step,
      mode: preview?.modes[0] ?? 'at-once',
      batches: preview?.batches.map((one) => one.uid),
    },
  })
  return (
    sent &&
    asked(world, { move, from: operator.name, release: view.release?.id, view, stale, offered: true }, sent)
  )
}

/** What a page could send without having been offered it: another window's, an old one's, a wrong program's. */
export function sendUnoffered(world: World, move: Extract<Move, { kind: 'send' }>): void {
  const operator = world.operator(move.who)
  const view = operator === undefined ? undefined : pictureOf(operator, move)
  if (operator === undefined || view?.release === undefined) return
  const batch = view.batches[move.batch]?.uid
  const sent = send(world, operator, {
    view,
    window: 0,
    wish: {
      verb: move.verb,
      batch,
      step: move.batch,
      mode: move.mode,
      batches: view.batches.slice(0, move.batch + 1).map((one) => one.uid),
    },
  })
  if (sent !== undefined)
    asked(
      world,
      { move, from: operator.name, release: view.release.id, view, stale: move.stale, offered: false },
      sent,
    )
}

/** Another plan for the release that the page shows. */
export function changePlan(world: World, move: Extract<Move, { kind: 'plan' }>): void {
  const operator = world.operator(move.who)
  const view = operator?.shown(move.service).at(-1)
  if (operator === undefined || view?.release?.plan === undefined) return
  const { draft } = move
  const planned = view.release.plan.steps.map((one) => one.batch)
  const sized = draft.size === undefined ? undefined : view.batches[draft.size.batch]
  const sent = operator.client(0).call('release/change-plan', {
    request: world.requestId(),
    target: operator.target(move.service),
    release: view.release.id,
    version: view.release.version,
    change: {
      steps: stepsOf(
        draft,
        view.batches.filter((one) => planned.includes(one.uid)),
      ),
      sizes:
        sized === undefined || draft.size === undefined
          ? []
          : [{ batch: sized.uid, from: sized.desired, to: Math.max(0, sized.desired + draft.size.by) }],
      onFailure: draft.onFailure,
      batchLimitSeconds: draft.batchLimitSeconds,
    },
  })
  asked(
    world,
    { move, from: names[move.who], release: view.release.id, view, stale: 0, offered: false },
    sent,
  )
}

/** Back to what each batch ran before, chosen in the history. */
export async function goBack(world: World, move: Extract<Move, { kind: 'go-back' }>): Promise<void> {
  const operator = world.operator(move.who)
  const view = operator?.shown(move.service).at(-1)
  if (operator === undefined || view === undefined) return
  const target = operator.target(move.service)
  const history = await operator.client(0).call('history/list', { target })
  if (!history.ok) return
  const revisions = history.value.batches.flatMap((one) => {
    const past = one.revisions.find((revision) => !revision.current)
    return past === undefined ? [] : [{ batch: one.batch, digest: past.digest }]
  })
  if (revisions.length === 0) return
  const running = view.release !== undefined && view.release.state !== 'ended' ? view.release.id : undefined
  const sent = operator.client(0).call('release/go-back', {
    request: world.requestId(),
    target,
    mode: move.mode,
    revisions,
    from: history.value.batches.map((one) => ({ batch: one.batch, digest: one.digest })),
    ...(running !== undefined && { supersedes: running }),
  })
  asked(world, { move, from: operator.name, release: running, view, stale: 0, offered: false }, sent)
}

function pictureOf(
  operator: Operator,
  { service, stale }: { readonly who: Who; readonly service: ServiceName; readonly stale: number },
): PipelineView | undefined {
  const shown = operator.shown(service)
  return shown.at(-1 - stale) ?? shown[0]
}

type Wish = {
  readonly verb: WildVerb
  readonly batch: string | undefined
  readonly step: number | undefined
  readonly mode: RollBackMode
  readonly batches: readonly string[] | undefined
}

function send(
  world: World,
  operator: Operator,
  { view, window, wish }: { readonly view: PipelineView; readonly window: number; readonly wish: Wish },
): Promise<Reply<unknown>> | undefined {
  const client = operator.client(window)
  const about = {
    request: world.requestId(),
    target: operator.target(view.service.name),
    release: view.release?.id ?? '',
    ...(view.release !== undefined && { version: view.release.version }),
  }
  switch (wish.verb) {
    case 'approve':
      return client.call('release/approve', { ...about, step: wish.step ?? 0 })
    case 'take-over':
      return client.call('release/take-over', about)
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
      return wish.batch === undefined
        ? undefined
        : client.call(`release/${wish.verb}`, { ...about, batch: wish.batch })
    case 'pause':
    case 'resume':
    case 'freeze':
    case 'push-all':
    case 'stop':
      return client.call(`release/${wish.verb}`, about)
    case 'roll-back':
      return wish.batches === undefined
        ? undefined
        : client.call('release/roll-back', { ...about, mode: wish.mode, batches: [...wish.batches] })
    case 'ask-pause':
      return client.call('release/ask', { ...about, wish: 'pause' })
    case 'ask-stop':
      return client.call('release/ask', { ...about, wish: 'stop' })
    case 'forget': {
      const { request, target } = about
      const version = view.unreadable?.version
      return version === undefined ? undefined : client.call('release/forget', { request, target, version })
    }
    default:
      return assertNever(wish.verb)
  }
}
