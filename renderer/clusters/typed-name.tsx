import { useId } from 'react'
import { useWords } from '../i18n/use-words.ts'

type TypedNameProps = {
  readonly name: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** The field in which a name is typed to agree. Says so as soon as it is another one. */
export function TypedName({ name, value, onChange }: TypedNameProps) {
  const { production: words } = useWords()
  const id = useId()
  const wrong = !name.startsWith(value.trim())
  return (
    <div className="typed-name">
      <label htmlFor={`${id}-field`}>
        {words.typeThe} <b className="mono">{name}</b> {words.typeToConfirm}
      </label>
      <input
        id={`${id}-field`}
        className="text-field mono"
        data-first-focus
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={`${id}-wrong`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-wrong`} role="status">
        {wrong ? words.otherName : ''}
      </p>
    </div>
  )
}
