import type { ReactNode } from 'react'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Keys } from '../parts/keys.tsx'

type PrimaryButtonProps = {
  readonly icon: IconName
  readonly text: string
  readonly enabled: boolean
  readonly busy?: boolean
  readonly danger?: boolean
  /** Shown at the right instead of the shortcut: when it opens. */
  readonly side?: ReactNode
  /** 0..1 of the way to the moment at which it opens. */
  readonly progress?: number
  readonly describedBy: string
  /** Whose fields it sends: from those Ctrl+Enter presses it too, from no other. */
  readonly fedBy?: 'draft'
  readonly onPress: () => void
}

/** The one next action. Switched off it stays reachable by Tab, so that its reason can be read. */
export function PrimaryButton(props: PrimaryButtonProps) {
  const {
    icon,
    text,
    enabled,
    busy = false,
    danger = false,
    side,
    progress,
    describedBy,
    fedBy,
    onPress,
  } = props
  const keys = danger ? 'Ctrl ⌫' : 'Ctrl ↵'
  return (
    <button
      type="button"
      className={`primary ${danger ? 'danger' : ''} ${enabled ? '' : 'off'}`}
      data-area-start
      data-fed-by={fedBy}
      data-shortcut={danger ? 'primary roll-back' : 'primary'}
      aria-keyshortcuts={danger ? 'Control+Backspace' : 'Control+Enter'}
      aria-disabled={!enabled}
      aria-busy={busy}
      aria-describedby={describedBy}
      onClick={(event) => {
        // The second click of a double click was meant for what stood here at the first.
        if (enabled && event.detail < 2) onPress()
      }}
    >
      <Icon name={icon} />
      <span>{text}</span>
      {side ?? (enabled ? <Keys text={keys} /> : null)}
      {progress === undefined ? null : (
        <i className="primary-progress" style={{ width: `${String(Math.round(progress * 100))}%` }} />
      )}
    </button>
  )
}

type ActionRowProps = {
  readonly icon: IconName
  readonly title: string
  readonly note: string
  readonly enabled: boolean
  readonly busy?: boolean
  readonly danger?: boolean
  readonly shortcut?: { readonly name: string; readonly keys: string; readonly spoken: string }
  readonly onPress: () => void
}

/** Another thing that can be done now, with a line that says what it will do, or why it cannot. */
export function ActionRow(props: ActionRowProps) {
  const { icon, title, note, enabled, busy = false, danger = false, shortcut, onPress } = props
  return (
    <button
      type="button"
      className={`action-row ${danger ? 'danger' : ''} ${enabled ? '' : 'off'}`}
      aria-disabled={!enabled}
      aria-busy={busy}
      {...(shortcut === undefined
        ? {}
        : { 'data-shortcut': shortcut.name, 'aria-keyshortcuts': shortcut.spoken })}
      onClick={(event) => {
        // The second click of a double click was meant for what stood here at the first.
        if (enabled && event.detail < 2) onPress()
      }}
    >
      <Icon name={icon} />
      <span className="action-title">{title}</span>
      {shortcut === undefined || !enabled ? null : <Keys text={shortcut.keys} />}
      <span className="action-row-note">{note}</span>
    </button>
  )
}
