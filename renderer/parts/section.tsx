import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type SectionProps = {
  readonly title: string
  readonly side?: ReactNode
  readonly children: ReactNode
}

/** A titled part of the panel, with a word or a figure at its right. */
export function Section({ title, side, children }: SectionProps) {
  return (
    <section className="section" aria-label={title}>
      <h2>
        {title}
        {side === undefined ? null : <span>{side}</span>}
      </h2>
      {children}
    </section>
  )
}

type FoldingSectionProps = SectionProps & { readonly open: boolean }

/** The same, behind its heading: the side text says what is in it while it is closed. */
export function FoldingSection({ title, side, open, children }: FoldingSectionProps) {
  const [isOpen, setOpen] = useState(open)
  const id = useId()
  return (
    <section className="section folding" aria-label={title}>
      <h2>
        <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {title}
          <span>{side}</span>
          <Icon name={isOpen ? 'up' : 'down'} />
        </button>
      </h2>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </section>
  )
}
