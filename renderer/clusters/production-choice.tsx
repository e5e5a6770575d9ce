import { useWords } from '../i18n/use-words.ts'

export type Kind = 'by-name' | 'production' | 'not-production'

type ProductionChoiceProps = {
  /** What its name says. */
  readonly byName: boolean
  readonly value: Kind
  readonly onChange: (kind: Kind) => void
}

const kinds: readonly Kind[] = ['by-name', 'production', 'not-production']

/** Production or not: by the name, or as the person says. */
export function ProductionChoice({ byName, value, onChange }: ProductionChoiceProps) {
  const { production: words } = useWords()
  const texts: Readonly<Record<Kind, string>> = {
    'by-name': words.byName(byName),
    production: words.isProduction,
    'not-production': words.notProduction,
  }
  return (
    <fieldset className="choices">
      <legend>{words.kind}</legend>
      {kinds.map((kind) => (
        <label key={kind}>
          <input type="radio" name="kind" checked={kind === value} onChange={() => onChange(kind)} />
          <span>{texts[kind]}</span>
        </label>
      ))}
    </fieldset>
  )
}
