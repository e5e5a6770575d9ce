import { parse } from 'yaml'
import type { Draft } from '../../shared/contract.ts'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { ReleaseId, Uid } from '../../shared/ids.ts'
import type { Json, JsonObject } from '../../shared/k8s/json.ts'
import type { BatchSet } from '../../shared/model/batch-set.ts'
import { withEdit } from '../../shared/release/edit-template.ts'
import type { Change, Release, TemplateTarget } from '../../shared/release/release.ts'
import { newRelease } from '../../shared/release/start.ts'
import type { ReleaseApi } from '../release/release-api.ts'
import { templateTargets } from './template-targets.ts'

export type DraftContext = {
  readonly id: ReleaseId
  readonly by: string
  readonly now: number
  readonly api: ReleaseApi
  /** The release that runs now, if the draft is to take its place. */
  readonly running?: Release
}

/** The release that a draft asks for. A template is tried at the server first; nothing is written. */
export async function draftRelease(
  draft: Draft,
  set: BatchSet,
  context: DraftContext,
): Promise<Reply<Release>> {
  const { running, api, ...who } = context
  const targets = await targetsOf(draft, set, api)
  if (!targets.ok) return targets
  return newRelease(set, {
    ...who,
    change: changeOf(draft, context.now),
    targets: targets.value,
    sizes: draft.sizes,
    steps: draft.steps,
    onFailure: draft.onFailure,
    batchLimitSeconds: draft.batchLimitSeconds,
    ...(running !== undefined &&
      draft.supersedes !== undefined && { supersede: { release: running, from: draft.supersedes.from } }),
  })
}

function changeOf({ change }: Draft, now: number): Change {
  switch (change.kind) {
    case 'image':
      return { kind: 'image', images: change.images }
    case 'restart':
      return { kind: 'restart', at: now }
    case 'template':
      return { kind: 'template' }
    case 'none':
      return { kind: 'none' }
  }
}

async function targetsOf(
  { change, steps, target }: Draft,
  set: BatchSet,
  api: ReleaseApi,
): Promise<Reply<ReadonlyMap<Uid, TemplateTarget>>> {
  if (change.kind !== 'template') return ok(new Map())
  const base = set.batches.find((batch) => batch.uid === change.batch)
  if (base === undefined) return failed('conflict', 'The batch whose template was edited is gone.')
  const edited = parseTemplate(change.text)
  if (!edited.ok) return edited
  const chosen = set.batches.filter(
    (batch) => !steps.some((step) => step.batch === batch.uid && step.leftOut),
  )
  const edit = { base: base.template, edited: edited.value }
  return templateTargets(
    api,
    target.namespace,
    chosen.map((batch) => ({ batch, template: withEdit(batch.template, edit) })),
  )
}

/** A pod template, or a whole Deployment that it is taken from, in YAML or JSON. */
export function parseTemplate(text: string): Reply<JsonObject> {
  let found: unknown
  try {
    found = parse(text)
  } catch (error) {
    return failed('invalid-input', `This is no valid YAML: ${error instanceof Error ? error.message : ''}`)
  }
  if (!isObject(found)) return failed('invalid-input', 'This is no pod template: it is no object.')
  const spec = found['spec']
  const template = isObject(spec) && isObject(spec['template']) ? spec['template'] : found
  const inner = template['spec']
  return isObject(inner) && Array.isArray(inner['containers'])
    ? ok(template)
    : failed('invalid-input', 'This is no pod template: spec.containers is missing.')
}

function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
