/** A long name that loses its middle: the end is what tells batches apart. The whole name is its title. */
export function Middle({ text, tail = 7, from = 22 }: MiddleProps) {
  if (text.length <= from) return <span className="middle-whole">{text}</span>
  return (
    <span className="middle" title={text}>
      <span aria-hidden="true">{text.slice(0, -tail)}</span>
      <span aria-hidden="true">{text.slice(-tail)}</span>
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
