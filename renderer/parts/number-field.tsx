import { useState } from 'react'

type NumberFieldProps = {
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly step?: number | 'any'
  readonly className?: string
  readonly onChange: (value: number) => void
  /** Whether what stands in the field now is not taken. */
  readonly onRefused?: (refused: boolean) => void
}

/** What stands in the field while it is typed, and the value that it stood for: another one from elsewhere replaces it. */
type Typed = { readonly text: string; readonly value: number }

/** A number that may be emptied and typed anew: what is no such number is not taken, and gone when the field is left. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, least, most, step = 1, className = 'number-field', onChange, onRefused } = props
  const [typed, setTyped] = useState<Typed>()
  const shown = typed?.value === value ? typed.text : String(value)
  const takes = (number: number): boolean =>
    (step === 'any' || Number.isInteger(number)) && number >= least && number <= most
  return (
    <input
      className={className}
      type="number"
      inputMode="numeric"
      min={least}
      max={most}
      step={step}
      value={shown}
      aria-label={label}
      aria-invalid={shown !== String(value) && !takes(Number.parseFloat(shown))}
      onChange={({ target }) => {
        const number = target.valueAsNumber
        const taken = takes(number)
        setTyped({ text: target.value, value: taken ? number : value })
        onRefused?.(!taken)
        if (taken) onChange(number)
      }}
      onBlur={() => {
        setTyped(undefined)
        onRefused?.(false)
      }}
    />
  )
}
