import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useStores, useTraining } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { trainingSpeeds } from './tags.ts'

/** The training cluster's own controls: how fast its time runs, and a fresh start. Always marked as training. */
export function TrainingBox() {
  const { training: words } = useWords()
  const { ui } = useStores()
  const speed = useTraining((view) => (view.kind === 'on' ? view.speed : undefined))
  const command = useCommand('training/speed')
  if (speed === undefined) return null
  return (
    <section className="training-box" aria-label={words.title}>
      <h3>
        <Icon name="train" />
        {words.title}
        <span>{words.note}</span>
      </h3>
      <fieldset className="training-speed" title={words.speedNote}>
        <legend>
          <Icon name="speed" />
          {words.speed}
        </legend>
        {trainingSpeeds.map((factor) => (
          <label key={factor}>
            <input
              type="radio"
              name="training-speed"
              aria-label={words.speedLabel(factor)}
              checked={speed === factor}
              onChange={() => void command.call({ factor })}
            />
            <span>{words.speedValue(factor)}</span>
          </label>
        ))}
      </fieldset>
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
      <button type="button" className="btn small" onClick={() => ui.actions.open('training-reset')}>
        <Icon name="retry" />
        {words.reset}
      </button>
    </section>
  )
}
