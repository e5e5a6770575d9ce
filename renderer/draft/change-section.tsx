import { useWords } from '../i18n/use-words.ts'
import { useDraft } from '../stores/store-context.tsx'
import { TrainingTags } from '../training/training-tags.tsx'
import { ChangeKindChoice } from './change-kind.tsx'
import { ImageField } from './image-field.tsx'
import { Section } from '../parts/section.tsx'
import { TemplateField } from './template-field.tsx'

/** What the release changes. Typing a tag, the common way, stands open from the start. */
export function ChangeSection() {
  const { change: words } = useWords()
  return (
    <Section title={words.title}>
      <div data-feeds="draft">
        <ChangeKindChoice />
        <Change />
      </div>
    </Section>
  )
}

function Change() {
  const { change: words } = useWords()
  const kind = useDraft((state) => state.kind)
  switch (kind) {
    case 'image':
      return (
        <>
          <ImageField />
          <TrainingTags />
        </>
      )
    case 'restart':
      return <p className="change-note">{words.restartNote}</p>
    case 'template':
      return <TemplateField />
  }
}
