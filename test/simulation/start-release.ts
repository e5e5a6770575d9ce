import { defaultGates } from '../../shared/release/gates/gate-table.ts'
import type { CommandInput } from '../../shared/contract.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { asked } from './asked.ts'
import type { Draft, Move, ServiceName } from './move.ts'
import type { Operator } from './simulated-operator.ts'
import { repository } from './simulated-scenario.ts'
import { names, type World } from './world.ts'

type DraftInput = CommandInput<'release/start'>['draft']

/** A person starts a release from what the page shows now. */
export function startRelease(world: World, move: Extract<Move, { kind: 'start' }>): void {
  const operator = world.operator(move.who)
  const view = operator?.shown(move.service).at(-1)
  if (operator === undefined || view === undefined || view.batches.length === 0) return
  const draft = draftInput(operator, view, move)
  asked(
    world,
    { move, from: names[move.who], release: view.release?.id, view, stale: 0, offered: false },
    operator.client(0).call('release/start', { request: world.requestId(), draft }),
  )
}

function draftInput(
  operator: Operator,
  view: PipelineView,
  { service, draft }: { readonly service: ServiceName; readonly draft: Draft },
): DraftInput {
  const sized = draft.size === undefined ? undefined : view.batches[draft.size.batch]
  const running = view.release !== undefined && view.release.state !== 'ended' ? view.release : undefined
  return {
    target: operator.target(service),
    change: changeOf(draft, view.batches),
    sizes: view.batches.map(({ uid, desired }) => ({
      batch: uid,
      from: desired,
      to: uid === sized?.uid ? Math.max(0, desired + (draft.size?.by ?? 0)) : desired,
    })),
    steps: stepsOf(draft, view.batches),
    onFailure: draft.onFailure,
    batchLimitSeconds: draft.batchLimitSeconds,
    ...(draft.over !== undefined &&
      running !== undefined && { supersedes: { release: running.id, from: draft.over } }),
  }
}

/** One step for each batch, as the plan editor sends them. */
export function stepsOf(draft: Draft, batches: readonly BatchView[]): DraftInput['steps'] {
  const { tolerance, bakeSeconds, restartsAllowed, approval, waitForEnding } = draft
  const gates = { ...defaultGates, tolerance, bakeSeconds, restartsAllowed, approval, waitForEnding }
  return batches.map((batch, index) => ({ batch: batch.uid, gates, leftOut: draft.leftOut === index }))
}

function changeOf(draft: Draft, batches: readonly BatchView[]): DraftInput['change'] {
  const image = (tag: string): DraftInput['change'] => ({
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
    case 'template':
      return {
        kind: 'template',
        batch: batches[0]?.uid ?? '',
        text: templateText(draft),
      }
    case 'none':
      return { kind: 'none' }
  }
}

/** What a person has pasted for the whole template: the same image, and a variable. */
function templateText({ tag }: Draft): string {
  return JSON.stringify({
    metadata: { labels: { app: 'web' } },
    spec: {
      containers: [
        {
          name: 'web',
          image: `${repository}:v${tag}`,
          env: [{ name: 'LEVEL', value: String(tag) }],
        },
      ],
    },
  })
}
