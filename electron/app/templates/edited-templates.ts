import type { Draft } from '../../../shared/contract.ts'
import type { JsonObject } from '../../../shared/k8s/json.ts'
import type { Batch, BatchSet } from '../../../shared/model/batch-set.ts'
import type { TemplateProblem } from '../../../shared/model/template-problem.ts'
import { mergeEdit, type EditConflict, type Taken } from '../../../shared/release/change/edit-template.ts'
import { readTemplate } from './read-template.ts'

export type TemplateEdit = Omit<Extract<Draft['change'], { readonly kind: 'template' }>, 'kind'>

/** What an edit makes of one batch. `open`: conflicts that nobody has answered; `all`: those that have been, too. */
type EditedTemplate = {
  readonly batch: Batch
  readonly template: JsonObject
  readonly all: readonly EditConflict[]
  readonly open: readonly EditConflict[]
}

export type EditedTemplates =
  | { readonly kind: 'gone' }
  | { readonly kind: 'problem'; readonly problem: TemplateProblem }
  | { readonly kind: 'edited'; readonly batches: readonly EditedTemplate[] }

/** Brings an edit to every batch of a set: for the preview and for the release alike, so that both say the same. */
export function editedTemplates(edit: TemplateEdit, set: BatchSet): EditedTemplates {
  const batch = set.batches.find((one) => one.uid === edit.batch)
  if (batch === undefined) return { kind: 'gone' }
  const edited = readTemplate(edit.text)
  if (edited.kind === 'problem') return edited
  // As it was shown: the batch may have been changed since, and that is not what the person edited.
  const base = edit.base === undefined ? undefined : readTemplate(edit.base)
  if (base?.kind === 'problem') return base
  const way = { base: base?.template ?? batch.template, edited: edited.template }
  return { kind: 'edited', batches: set.batches.map((one) => editedTemplate(one, way, edit)) }
}

function editedTemplate(
  batch: Batch,
  way: { readonly base: JsonObject; readonly edited: JsonObject },
  { answers = [], otherwise }: TemplateEdit,
): EditedTemplate {
  const answer = (path: string): Taken | undefined =>
    answers.find(
      // An answer is about the template that its person saw.
      (one) => one.batch === batch.uid && one.path === path && one.seen === batch.templateDigest,
    )?.take ?? otherwise
  const { conflicts: all } = mergeEdit(batch.template, way)
  const { template, conflicts: open } = mergeEdit(batch.template, way, answer)
  return { batch, template, all, open }
}
