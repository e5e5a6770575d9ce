import { gatedSentence } from '../../shared/view/batch-view.ts'
import { useSay } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { usePipeline } from '../stores/store-context.tsx'

/** Pods that run and that a readiness gate keeps out of the Service: whose word is missing, and what was said. */
export function GatedPods() {
  const say = useSay()
  const batches = usePipeline((view) => view?.batches)
  const lines = (batches ?? []).flatMap(({ number, gated }) =>
    gated === undefined ? [] : [say(gatedSentence(number, gated))],
  )
  return lines.map((text) => (
    <p key={text} className="dialog-warning gated-pods">
      <Icon name="warn" />
      {text}
    </p>
  ))
}
