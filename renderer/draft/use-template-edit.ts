import { useEffect, useState } from 'react'
import type { Fault } from '../../shared/fault.ts'
import type { Uid } from '../../shared/ids.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useDraft, useStores } from '../stores/store-context.tsx'
import { useTarget } from '../verbs/use-target.ts'

/** The text that is being edited. It is kept in the draft, so that a dialog closed by mistake loses nothing. */
export function useTemplateEdit(view: PipelineView) {
  const { ports, draft } = useStores()
  const target = useTarget()
  const edit = useDraft((state) => state.templateEdit)
  const [fault, setFault] = useState<Fault>()
  const first = view.batches[0]?.uid
  const batch = view.batches.some((one) => one.uid === edit?.batch) ? edit?.batch : first
  const text = edit !== undefined && edit.batch === batch ? edit.text : undefined
  const base = edit !== undefined && edit.batch === batch ? edit.base : undefined
  const missing = text === undefined
  useEffect(() => {
    if (!missing || target === undefined || batch === undefined) return
    let wanted = true
    void ports.client.call('template/show', { target, batch }).then((reply) => {
      if (!wanted) return
      setFault(reply.ok ? undefined : reply.fault)
      if (reply.ok)
        draft.getState().setTemplateEdit({ batch, text: reply.value.text, base: reply.value.text })
    })
    return () => {
      wanted = false
    }
  }, [ports, draft, target, batch, missing])
  return {
    batch,
    text,
    base,
    fault,
    setText: (next: string) => {
      if (batch !== undefined) draft.getState().setTemplateEdit({ batch, text: next, base })
    },
    choose: (next: Uid) =>
      draft.getState().setTemplateEdit({ batch: next, text: undefined, base: undefined }),
  }
}
