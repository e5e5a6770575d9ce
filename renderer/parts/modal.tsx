import { useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'

type ModalProps = {
  readonly labelledBy: string
  readonly describedBy?: string
  readonly alert?: boolean
  readonly className?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest inert and gives the focus back.
 * The element with `data-first-focus` is focused first. Escape and a click beside it close.
 */
export function Modal({
  labelledBy,
  describedBy,
  alert = false,
  className = '',
  onClose,
  children,
}: ModalProps) {
  const element = useRef<HTMLDialogElement>(null)
  // Closed while it still stands in the document: a dialog that is only removed does not give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current
    if (dialog === null) return
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-first-focus]')?.focus()
    return () => dialog.close()
  }, [])
  return (
    <dialog
      ref={element}
      className={`modal ${className}`}
      role={alert ? 'alertdialog' : 'dialog'}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="modal-inside">{children}</div>
    </dialog>
  )
}
