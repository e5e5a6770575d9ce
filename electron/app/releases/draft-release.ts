import type { Draft } from '../../../shared/contract.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ReleaseId, Uid } from '../../../shared/ids.ts'
import type { Batch, BatchSet } from '../../../shared/model/batch-set.ts'
import type { Change, Release, TemplateTarget } from '../../../shared/release/release.ts'
import { newRelease } from '../../../shared/release/start/start.ts'
import type { ReleaseApi } from '../../release/release-api.ts'
import { editedTemplates } from '../templates/edited-templates.ts'
import { templateTargets } from '../templates/template-targets.ts'

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
    ...(draft.change.kind === 'image' && { images: draft.change.images }),
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
      return { kind: 'image' }
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
  const edited = editedTemplates(change, set)
  if (edited.kind === 'gone') return failed('conflict', { kind: 'edited-batch-gone' })
  if (edited.kind === 'problem')
    return failed('invalid-input', { kind: 'template-problem', problem: edited.problem })
  const chosen = edited.batches.filter(
    ({ batch }) => !steps.some((step) => step.batch === batch.uid && step.leftOut),
  )
  const { seen } = change
  const moved = seen === undefined ? [] : chosen.filter(({ batch }) => !hasSeen(seen, batch))
  if (moved.length > 0) {
    return failed('moved-on', { kind: 'template-moved', batches: moved.map(({ batch }) => batch.name) })
  }
  const undecided = chosen.find(({ open }) => open.length > 0)
  if (undecided !== undefined) {
    const places = undecided.open.map(({ path }) => path)
    return failed('invalid-input', { kind: 'template-undecided', batch: undecided.batch.name, places })
  }
  return templateTargets(api, target.namespace, chosen)
}

type Seen = NonNullable<Extract<Draft['change'], { readonly kind: 'template' }>['seen']>

/** A batch that nobody has seen compared, because it is new, is none that was agreed to. */
function hasSeen(seen: Seen, { uid, templateDigest }: Batch): boolean {
  return seen.some((one) => one.batch === uid && one.digest === templateDigest)
}
