import { useState } from 'react'

type NumberFieldProps = {
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly step?: number | 'any'
  readonly onChange: (value: number) => void
}

/** A number that may be emptied and typed anew: what is no such number is not taken, and gone when the field is left. */
export function NumberField({ label, value, least, most, step = 1, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>()
  return (
    <input
      className="number-field"
      type="number"
      inputMode="numeric"
      min={least}
      max={most}
      step={step}
      value={typed ?? value}
      aria-label={label}
      onChange={({ target }) => {
        setTyped(target.value)
        const number = target.valueAsNumber
        const whole = step === 'any' || Number.isInteger(number)
        if (whole && number >= least && number <= most) onChange(number)
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}
