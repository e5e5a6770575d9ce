import type { Reply } from '../../shared/fault.ts'
import type { CommandInput } from '../../shared/contract.ts'
import type { BatchView, PipelineView, VerbName, VerbView } from '../../shared/model/pipeline.ts'
import type { Asked } from './facts.ts'
import type { Draft, Move, ServiceName } from './move.ts'
import { names, type World } from './world.ts'
import type { Operator } from './simulated-operator.ts'
import { repository } from './simulated-scenario.ts'
import { actAsStranger, mergePatch } from './stranger.ts'

/** One move of the world. Where it makes no sense now, nothing happens. */
export async function play(world: World, move: Move): Promise<void> {
  switch (move.kind) {
    case 'start':
      start(world, move)
      return
    case 'press':
      for (let count = 0; count < move.times; count++) press(world, move)
      return
    case 'strange':
      actAsStranger(world.cluster, move)
      return
    case 'trouble':
      world.trouble(move.who, move)
      return
    case 'cut-watches':
      world.network.cutStreams()
      return
    case 'forget-history':
      world.cluster.training.hooks.compact()
      return
    case 'kill':
      world.kill(move.who)
      return
    case 'open':
      await world.open(move.who)
      return
    case 'jump':
      world.operator(move.who)?.jump(move.ms)
      return
    case 'lease': {
      const path = `/apis/coordination.k8s.io/v1/namespaces/demo/leases/${leaseOf(move.service)}`
      if (move.act === 'delete') world.cluster.ask('DELETE', path)
      else
        world.cluster.ask('PATCH', path, {
          body: { metadata: { annotations: { 'tranche.dev/release': 'no journal' } } },
          contentType: mergePatch,
        })
    }
  }
}

function leaseOf(service: ServiceName): string {
  return `tranche-${service}`
}

/** Sends it, and notes what came of it. */
export function asked(
  world: World,
  about: Omit<Asked, 'at' | 'reply' | 'repliedAt'>,
  sent: Promise<Reply<unknown>>,
): Asked {
  const note: Asked = { ...about, at: world.time.now() }
  world.facts.asked.push(note)
  void sent.then((reply) => {
    note.reply = reply
    note.repliedAt = world.time.now()
  })
  return note
}

let requests = 0
export function requestId(): string {
  requests += 1
  return `request-${requests}`
}

function start(world: World, move: Extract<Move, { kind: 'start' }>): void {
  const operator = world.operator(move.who)
  const view = operator?.shown(move.service).at(-1)
  if (operator === undefined || view === undefined || view.batches.length === 0) return
  const draft = draftInput(operator, view, move)
  asked(
    world,
    { move, from: names[move.who], release: view.release?.id, view, stale: 0, offered: false },
    operator.client.call('release/start', { request: requestId(), draft }),
  )
}

function draftInput(
  operator: Operator,
  view: PipelineView,
  { service, draft }: { readonly service: ServiceName; readonly draft: Draft },
): CommandInput<'release/start'>['draft'] {
  const gates = {
    tolerance: draft.tolerance,
    bakeSeconds: draft.bakeSeconds,
    restartsAllowed: 0,
    approval: draft.approval,
    waitForEnding: false,
  }
  const sized = draft.size === undefined ? undefined : view.batches[draft.size.batch]
  const running = view.release !== undefined && view.release.state !== 'ended' ? view.release : undefined
  return {
    target: operator.target(service),
    change: changeOf(draft, view.batches),
    sizes:
      sized === undefined || draft.size === undefined
        ? []
        : [{ batch: sized.uid, from: sized.desired, to: Math.max(0, sized.desired + draft.size.by) }],
    steps: view.batches.map((batch) => ({ batch: batch.uid, gates, leftOut: false })),
    onFailure: draft.onFailure,
    batchLimitSeconds: draft.batchLimitSeconds,
    ...(draft.over !== undefined &&
      running !== undefined && { supersedes: { release: running.id, from: draft.over } }),
  }
}

function changeOf(
  draft: Draft,
  batches: readonly BatchView[],
): CommandInput<'release/start'>['draft']['change'] {
  const image = (tag: string): CommandInput<'release/start'>['draft']['change'] => ({
    kind: 'image',
    images: batches.map((batch) => {
      const container = batch.images.find((one) => !one.init)?.container ?? 'web'
      const path = container === 'web' ? repository : 'registry.example/team/side'
      return { batch: batch.uid, container, image: `${path}:${tag}` }
    }),
  })
  switch (draft.change) {
    case 'image':
      return image(`v${draft.tag}`)
    case 'bad-image':
      return image(`v${draft.tag}-${['crash', 'missing', 'never-ready', 'dies'][draft.tag % 4] ?? 'crash'}`)
    case 'slow-image':
      return image(`v${draft.tag}-slow`)
    case 'restart':
      return { kind: 'restart' }
    case 'none':
      return { kind: 'none' }
  }
}

/** A button of the page, with what the page would send for it. */
function press(world: World, move: Extract<Move, { kind: 'press' }>): void {
  const operator = world.operator(move.who)
  if (operator === undefined) return
  const shown = operator.shown(move.service)
  const view = shown.at(-1 - move.stale) ?? shown[0]
  const release = view?.release
  const verb = release?.verbs.find((one) => one.verb === move.verb)
  // A button that is off can't be pressed; on an old picture it was on.
  if (view === undefined || release === undefined || verb?.enabled !== true) return
  pressVerb(world, operator, { move, view, verb, stale: move.stale })
}

export function pressVerb(
  world: World,
  operator: Operator,
  how: { readonly move: Move; readonly view: PipelineView; readonly verb: VerbView; readonly stale: number },
): Asked | undefined {
  const { move, view, verb, stale } = how
  const release = view.release?.id
  if (release === undefined) return undefined
  const sent = send(operator, view, verb)
  return sent === undefined
    ? undefined
    : asked(world, { move, from: operator.name, release, view, stale, offered: true }, sent)
}

function send(operator: Operator, view: PipelineView, verb: VerbView): Promise<Reply<unknown>> | undefined {
  const target = operator.target(view.service.name)
  const release = view.release?.id ?? ''
  const request = requestId()
  const about = { request, target, release }
  const name: VerbName = verb.verb
  switch (name) {
    case 'approve':
      return operator.client.call('release/approve', { ...about, step: verb.step ?? 0 })
    case 'take-over':
      return operator.client.call('release/take-over', about)
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
      return verb.batch === undefined
        ? undefined
        : operator.client.call(`release/${name}`, { ...about, batch: verb.batch })
    case 'pause':
    case 'resume':
    case 'freeze':
    case 'push-all':
    case 'stop':
      return operator.client.call(`release/${name}`, { request, target })
    case 'roll-back': {
      const preview = view.release?.rollBack
      return preview === undefined
        ? undefined
        : operator.client.call('release/roll-back', {
            ...about,
            mode: preview.modes[0] ?? 'at-once',
            batches: preview.batches.map((one) => one.uid),
          })
    }
  }
}
