import { useId } from 'react'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { answerOf, withAnswers, type Answers, type ConflictGroup, type Taken } from './group-conflicts.ts'

type ConflictsProps = {
  readonly groups: readonly ConflictGroup[]
  readonly answers: Answers
  readonly onAnswer: (answers: Answers) => void
}

/** Where the edit and a batch have both changed a place: one question each, and one answer for all of them. */
export function TemplateConflicts({ groups, answers, onAnswer }: ConflictsProps) {
  const { change } = useWords()
  const words = change.conflicts
  if (groups.length === 0) return null
  const open = groups.filter((group) => answerOf(answers, group) === undefined).length
  return (
    <section className="conflicts" aria-label={words.title(groups.length)}>
      <p className={open === 0 ? 'dialog-text' : 'dialog-warning'} role="status">
        {open === 0 ? null : <Icon name="warn" />}
        <span>{open === 0 ? words.answered(groups.length) : words.open(open)}</span>
      </p>
      {groups.length < 2 ? null : (
        <div className="button-row">
          {(['own', 'edited'] as const).map((take) => (
            <button
              key={take}
              type="button"
              className="btn small"
              onClick={() => onAnswer(withAnswers(answers, groups, take))}
            >
              {words.all[take]}
            </button>
          ))}
        </div>
      )}
      {groups.map((group) => (
        <Conflict
          key={group.key}
          group={group}
          taken={answerOf(answers, group)}
          onTake={(take) => onAnswer(withAnswers(answers, [group], take))}
        />
      ))}
    </section>
  )
}

function Conflict({
  group,
  taken,
  onTake,
}: {
  readonly group: ConflictGroup
  readonly taken: Taken | undefined
  readonly onTake: (take: Taken) => void
}) {
  const { change } = useWords()
  const words = change.conflicts
  const name = useId()
  const numbers = group.batches.map(({ number }) => number)
  return (
    <fieldset className="conflict">
      <legend>
        <span>{change.template.onBatches(ranges(numbers), numbers.length)}</span>{' '}
        <code className="mono">{group.path}</code>
      </legend>
      <p className="dim small-text">
        {words.from} <Value text={group.base} />
      </p>
      {(['own', 'edited'] as const).map((take) => (
        <label key={take}>
          <input type="radio" name={name} checked={taken === take} onChange={() => onTake(take)} />
          <span>{words.take[take]}</span>
          <Value text={group[take]} />
        </label>
      ))}
    </fieldset>
  )
}

function Value({ text }: { readonly text: string | undefined }) {
  const { change } = useWords()
  if (text === undefined) return <i className="dim">{change.conflicts.absent}</i>
  return text.includes('\n') ? <pre className="mono">{text}</pre> : <code className="mono">{text}</code>
}
