import { useId } from 'react'
import type { ReactNode } from 'react'
import { ConfirmButton } from './confirm-button.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { Modal } from './modal.tsx'

type ConfirmProps = {
  readonly icon: IconName
  readonly title: string
  readonly text: string
  /** The button's own words: what it does, never "OK". */
  readonly action: string
  readonly cancel: string
  /** See ConfirmButton. */
  readonly asks: string
  readonly busy: boolean
  /** Something is lost by it: the focus is on the way out. */
  readonly danger?: boolean
  readonly children?: ReactNode
  readonly onConfirm: () => void
  readonly onClose: () => void
}

const first = { 'data-first-focus': true } as const

/** One plain question with its action focused. */
export function Confirm(props: ConfirmProps) {
  const {
    icon,
    title,
    text,
    action,
    cancel,
    asks,
    busy,
    danger = false,
    children,
    onConfirm,
    onClose,
  } = props
  const id = useId()
  return (
    <Modal alert labelledBy={`${id}-title`} describedBy={`${id}-text`} className="confirm" onClose={onClose}>
      <header>
        <Icon name={icon} />
        <h2 id={`${id}-title`}>{title}</h2>
      </header>
      <p id={`${id}-text`} className="dialog-text">
        {text}
      </p>
      {children}
      <footer>
        <button type="button" className="btn" {...(danger && first)} onClick={onClose}>
          {cancel}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <ConfirmButton asks={asks} danger={danger} unfocused={danger} busy={busy} onConfirm={onConfirm}>
          {action}
        </ConfirmButton>
      </footer>
    </Modal>
  )
}
