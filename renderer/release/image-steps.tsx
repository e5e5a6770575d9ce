import { splitImage, versionOf } from '../../shared/k8s/image.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { imageSteps, stepGroups } from '../../shared/view/image-steps.ts'
import { useWords } from '../i18n/use-words.ts'
import { useDraft } from '../stores/store-context.tsx'
import { draftInput } from '../draft/draft-input.ts'

/** Container, from and to for every batch that takes part, before anything is started: exactly what is sent. */
export function ImageSteps({ view }: { readonly view: PipelineView }) {
  const { release: words } = useWords()
  const draft = useDraft((state) => state)
  const { change, steps } = draftInput(view, draft)
  if (change.kind !== 'image') return null
  const part = steps.flatMap((step) =>
    step.leftOut ? [] : view.batches.filter((batch) => batch.uid === step.batch),
  )
  return (
    <ul className="image-steps" aria-label={words.imageSteps}>
      {stepGroups(imageSteps(part, change.images)).map(({ numbers, container, from, to }) => {
        const moves = splitImage(from).repository !== splitImage(to).repository
        return (
          <li key={[container, from, to].join(' ')}>
            <span>
              {words.stepsOn(numbers.length, ranges(numbers))} <b>{container}</b>
            </span>
            <span className="mono" title={`${from} → ${to}`}>
              {moves ? from : versionOf(from)} → {moves ? to : versionOf(to)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
