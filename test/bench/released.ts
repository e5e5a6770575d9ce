import { randomUUID } from 'node:crypto'
import type { CommandInput } from '../../shared/contract.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { Desk } from '../support/app-on-training.ts'
import { repository } from './bench-cluster.ts'
import { wordsOf } from '../support/spoken.ts'

/** What the page would send for this tag: no approvals, no bake. */
async function draftFor(desk: Desk, tag: string): Promise<CommandInput<'release/check'>> {
  const draft = await desk.draft('demo-http', { images: { 'demo-aone': `${repository}:${tag}` } })
  const steps = draft.steps.map((step) => ({ ...step, gates: { ...step.gates, approval: false } }))
  return { ...draft, steps }
}

export async function start(desk: Desk, tag: string): Promise<string> {
  const draft = await draftFor(desk, tag)
  const started = await desk.client.call('release/start', { request: randomUUID(), draft })
  if (!started.ok) throw new Error(wordsOf(started.fault))
  return started.value.release
}

export function ended(desk: Desk, release: string): Promise<PipelineView> {
  return desk.picture('demo-http', (view) => view.release?.id === release && view.release.state === 'ended')
}
