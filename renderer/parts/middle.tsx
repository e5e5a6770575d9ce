/** A long name that loses its middle: the end is what tells batches apart. The whole name is its title. */
export function Middle({ text, tail = 7, from = 22 }: MiddleProps) {
  // By characters: half of an emoji is none.
  const letters = Array.from(text)
  if (letters.length <= from) return <span className="middle-whole">{text}</span>
  return (
    <span className="middle" title={text}>
      <span aria-hidden="true">{letters.slice(0, -tail).join('')}</span>
      <span aria-hidden="true">{letters.slice(-tail).join('')}</span>
      <span className="sr">{text}</span>
    </span>
  )
}

type MiddleProps = {
  readonly text: string
  /** How many characters at the end always stay. */
  readonly tail?: number
  /** Shorter texts are left alone. */
  readonly from?: number
}
