import { useWords } from '../i18n/use-words.ts'

type TypedNameProps = {
  readonly name: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** The field in which a name is typed to agree. */
export function TypedName({ name, value, onChange }: TypedNameProps) {
  const { production: words } = useWords()
  return (
    <label className="typed-name">
      <span>{words.typeName(name)}</span>
      <input
        className="text-field mono"
        data-first-focus
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
