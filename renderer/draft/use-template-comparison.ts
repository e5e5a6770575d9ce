import { useState } from 'react'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { TemplatePreview } from '../../shared/model/template-preview.ts'
import type { DraftTemplate } from '../stores/draft-data.ts'
import { useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import type { Answers } from '../release/group-conflicts.ts'
import { movedTemplates } from '../release/moved-templates.ts'
import { useTarget } from '../verbs/use-target.ts'
import { useTemplateEdit } from './use-template-edit.ts'

/** What was compared, word for word: that is used, not what stands in the field by now. */
type Compared = {
  readonly edit: Pick<DraftTemplate, 'batch' | 'text' | 'base' | 'answers'>
  readonly preview: TemplatePreview
}

type Changes = Extract<TemplatePreview, { readonly kind: 'changes' }>

function seenIn({ batches }: Changes): DraftTemplate['seen'] {
  return batches.map(({ batch, digest }) => ({ batch, digest }))
}

/** The text of a template, and what it would change on each batch once that was asked for. */
export function useTemplateComparison(view: PipelineView) {
  const { draft } = useStores()
  const target = useTarget()
  const edit = useTemplateEdit(view)
  const { batch, text, base } = edit
  const command = useCommand('template/preview')
  const [compared, setCompared] = useState<Compared>()
  const [answers, setAnswers] = useState<Answers>([])
  const compare = async (given: Answers) => {
    if (target === undefined || batch === undefined || text === undefined) return
    setAnswers(given)
    const about = draft.getState().templateEdit
    const reply = await command.call({
      target,
      batch,
      text,
      answers: [...given],
      ...(base !== undefined && { base }),
    })
    // A text that was edited meanwhile has not been compared.
    if (reply?.ok !== true || draft.getState().templateEdit !== about) return
    setCompared({ edit: { batch, text, base, answers: given }, preview: reply.value })
  }
  const preview = compared?.preview
  const changes = preview?.kind === 'changes' ? preview : undefined
  return {
    edit,
    answers,
    compare,
    busy: command.busy,
    refused: command.fault,
    /** The text is what is shown again, and has to be compared anew. */
    forget: () => setCompared(undefined),
    problem: preview?.kind === 'problem' ? preview.problem : undefined,
    changes,
    /** Batches whose template is another one by now. */
    moved: changes === undefined ? [] : movedTemplates(view, seenIn(changes)),
    /** Into the draft, as it was compared. */
    take: () => {
      if (compared === undefined || changes === undefined) return
      const added = Math.max(...changes.batches.map((one) => one.added))
      const removed = Math.max(...changes.batches.map((one) => one.removed))
      draft.getState().setTemplate({ ...compared.edit, seen: seenIn(changes), added, removed })
    },
  }
}

export type TemplateComparison = ReturnType<typeof useTemplateComparison>
