import type { Uid } from '../../shared/ids.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { TemplateProblem } from '../../shared/model/template-problem.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'

type TemplateTextProps = {
  readonly view: PipelineView
  readonly batch: Uid | undefined
  /** `undefined` while it is being read. */
  readonly text: string | undefined
  readonly problem: TemplateProblem | undefined
  readonly onChoose: (batch: Uid) => void
  readonly onText: (text: string) => void
  readonly onDone: () => void
}

/** The text itself, with the batch from which it was taken and what is wrong with it. */
export function TemplateText(props: TemplateTextProps) {
  const { view, batch, text, problem, onChoose, onText, onDone } = props
  const { change: words, shell } = useWords()
  return (
    <div className="template-text">
      <label className="picker">
        <span className="picker-label">{words.template.of}</span>
        <select
          value={batch ?? ''}
          onChange={(event) => {
            const chosen = view.batches.find((one) => one.uid === event.target.value)
            if (chosen !== undefined) onChoose(chosen.uid)
          }}
        >
          {view.batches.map((one) => (
            <option key={one.uid} value={one.uid}>
              {words.template.batch(one.number, one.name)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </label>
      {text === undefined ? (
        <p className="dim">{shell.loading}</p>
      ) : (
        <textarea
          className="mono"
          data-first-focus
          value={text}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-label={words.template.text}
          aria-invalid={problem !== undefined}
          aria-describedby="template-problem"
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onDone()
          }}
        />
      )}
      <p id="template-problem" className="template-problem" role="alert">
        {problem === undefined ? null : (
          <>
            <Icon name="fail" />
            <span>{words.template.problem(problem)}</span>
          </>
        )}
      </p>
    </div>
  )
}
