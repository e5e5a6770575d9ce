import { useId } from 'react'
import type { ReactNode } from 'react'
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
  readonly busy: boolean
  readonly children?: ReactNode
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** One plain question with its action focused. */
export function Confirm(props: ConfirmProps) {
  const { icon, title, text, action, cancel, busy, children, onConfirm, onClose } = props
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
        <button type="button" className="btn" onClick={onClose}>
          {cancel}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <button type="button" className="btn strong" data-first-focus aria-busy={busy} onClick={onConfirm}>
          {action}
        </button>
      </footer>
    </Modal>
  )
}
