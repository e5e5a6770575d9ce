import { useWords } from '../i18n/use-words.ts'
import { avatarColour, avatarColours, initials } from './avatar.ts'

type ColourChoiceProps = {
  /** The context's: its colour is the one that an absent choice gives. */
  readonly name: string
  /** As it will be shown. */
  readonly shown: string
  readonly value: number | undefined
  readonly onChange: (colour: number | undefined) => void
}

/** One of eight colours, or the one that its name gives. Each shows the avatar as it will stand in the rail. */
export function ColourChoice({ name, shown, value, onChange }: ColourChoiceProps) {
  const { production: words } = useWords()
  const colours = [undefined, ...Array.from({ length: avatarColours }, (_, index) => index + 1)]
  return (
    <fieldset className="colours">
      <legend>{words.colour}</legend>
      {colours.map((colour) => {
        const text = colour === undefined ? words.colourByName : words.colourNumber(colour)
        return (
          <label key={colour ?? 'name'} title={text}>
            <input
              type="radio"
              name="colour"
              className="sr"
              checked={colour === value}
              onChange={() => onChange(colour)}
            />
            <span aria-hidden="true" className={`avatar avatar-${String(colour ?? avatarColour(name))}`}>
              {colour === undefined ? 'A' : initials(shown)}
            </span>
            <span className="sr">{text}</span>
          </label>
        )
      })}
    </fieldset>
  )
}
