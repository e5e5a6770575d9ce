import { structuredPatch } from 'diff'
import { stringify } from 'yaml'
import { failed, ok, sentenceOf, type FaultCode, type Reply } from '../../../shared/fault.ts'
import type { Uid } from '../../../shared/ids.ts'
import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import type { Batch, BatchSet } from '../../../shared/model/batch-set.ts'
import type { TemplateDiff, TemplatePreview } from '../../../shared/model/template-preview.ts'
import type { EditConflict } from '../../../shared/release/change/edit-template.ts'
import type { ReleaseApi } from '../../release/release-api.ts'
import { editedTemplates, type TemplateEdit } from './edited-templates.ts'
import { templateTargets } from './template-targets.ts'

/** Beyond so many changed lines the way to the shortest difference takes seconds, and nobody reads it. */
const mostEdits = 4_000

const refusals: readonly FaultCode[] = ['invalid', 'invalid-input', 'forbidden', 'conflict']

export function showTemplate(set: BatchSet, batch: Uid): Reply<{ readonly text: string }> {
  const found = set.batches.find((one) => one.uid === batch)
  return found === undefined ? gone() : ok({ text: templateText(found.template) })
}

/**
 * What differs in each batch between its template and what the server would make of the edited one, found by a dry
 * run: defaults that a pasted manifest leaves out are no change. Nothing is written.
 */
export async function previewTemplate(
  edit: TemplateEdit,
  set: BatchSet,
  api: ReleaseApi,
): Promise<Reply<TemplatePreview>> {
  const edited = editedTemplates(edit, set)
  if (edited.kind === 'gone') return gone()
  if (edited.kind === 'problem') return ok(edited)
  const targets = await templateTargets(api, set.service.meta.namespace, edited.batches)
  // Without an answer nothing is known of what the cluster would say.
  if (!targets.ok && !refusals.includes(targets.fault.code)) return targets
  const batches = edited.batches.map((one) => ({
    ...templateDiff(one.batch, (targets.ok && targets.value.get(one.batch.uid)?.template) || one.template),
    digest: one.batch.templateDigest,
    conflicts: one.all.map((conflict) => conflictText(conflict, one.open)),
  }))
  return ok({ kind: 'changes', batches, ...(!targets.ok && { refused: sentenceOf(targets.fault) }) })
}

function conflictText({ path, base, own, edited }: EditConflict, open: readonly EditConflict[]) {
  return {
    path,
    ...(base !== undefined && { base: valueText(base) }),
    ...(own !== undefined && { own: valueText(own) }),
    ...(edited !== undefined && { edited: valueText(edited) }),
    open: open.some((one) => one.path === path),
  }
}

function valueText(value: Json): string {
  return stringify(value, { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false }).trimEnd()
}

function gone() {
  return failed('conflict', { kind: 'edited-batch-gone' })
}

/** Sorted by key, as kubectl writes it: the server's own order differs between versions. */
function templateText(template: JsonObject): string {
  return stringify(template, { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false })
}

/** What another template would change on a batch, in lines of YAML. */
export function templateDiff(batch: Batch, after: JsonObject): TemplateDiff {
  const [old, young] = [templateText(batch.template), templateText(after)]
  const patch = structuredPatch('', '', old, young, '', '', { context: 3, maxEditLength: mostEdits })
  const hunks =
    patch === undefined
      ? [{ line: 1, lines: [...signed('-', old), ...signed('+', young)] }]
      : patch.hunks.map((hunk) => ({ line: hunk.newStart, lines: hunk.lines }))
  const count = (sign: string) =>
    hunks.flatMap(({ lines }) => lines.filter((one) => one.startsWith(sign))).length
  const { uid, number, name } = batch
  return { batch: uid, number, name, added: count('+'), removed: count('-'), hunks }
}

function signed(sign: string, text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${sign}${line}`)
}
