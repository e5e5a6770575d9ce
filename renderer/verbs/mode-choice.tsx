import type { RollBackMode } from '../../shared/release/release.ts'
import { useWords } from '../i18n/use-words.ts'

type ModeChoiceProps = {
  readonly modes: readonly RollBackMode[]
  readonly mode: RollBackMode
  readonly onChange: (mode: RollBackMode) => void
}

/** At once, or batch by batch. */
export function ModeChoice({ modes, mode, onChange }: ModeChoiceProps) {
  const { release: words } = useWords()
  const texts = {
    'at-once': [words.atOnce, words.atOnceNote],
    'batch-by-batch': [words.batchByBatch, words.batchByBatchNote],
  } as const
  return (
    <fieldset className="modes">
      <legend className="sr">{words.mode}</legend>
      {modes.map((one) => (
        <label key={one} className={one === mode ? 'chosen' : ''}>
          <input type="radio" name="mode" checked={one === mode} onChange={() => onChange(one)} />
          <span>
            <b>{texts[one][0]}</b>
            <span>{texts[one][1]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
