import { useState } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from './icon.tsx'

type ConfirmButtonProps = {
  /**
   * All that the question says of what would be done, as a text: when that changes, the next press only takes note of
   * it. What the person chooses in the dialog itself is no part of it.
   */
  readonly asks: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly off?: boolean
  /** The focus begins elsewhere: something is lost by it. */
  readonly unfocused?: boolean
  readonly children: ReactNode
  readonly onConfirm: () => void
}

/**
 * The button that answers a question with yes, and the only way to answer one. It confirms what was read: one press of
 * its own, begun after the question had been shown as it is now; no second click of a double click.
 */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { asks, danger = false, busy, off = false, unfocused = false, children, onConfirm } = props
  const { note: words } = useWords()
  const [read, setRead] = useState(asks)
  const changed = read !== asks
  return (
    <>
      {changed ? (
        <p className="dialog-warning confirm-changed" role="alert">
          <Icon name="warn" />
          {words.changed}
        </p>
      ) : null}
      <button
        type="button"
        className={danger && !changed ? 'btn danger' : 'btn strong'}
        {...(!unfocused && { 'data-first-focus': true })}
        data-confirms
        aria-busy={busy}
        aria-disabled={off && !changed}
        onClick={(event) => {
          if (event.detail > 1) return
          if (changed) setRead(asks)
          else if (!off && !busy) onConfirm()
        }}
      >
        {changed ? words.readIt : children}
      </button>
    </>
  )
}
