import type { PanelTab } from '../stores/panel-tab.ts'

export type Shortcut =
  'primary' | 'pause' | 'retry' | 'roll-back' | 'filter' | 'palette' | 'next-area' | 'previous-area'

export type KeyPress = {
  readonly key: string
  /** Ctrl, or Command on a Mac. */
  readonly command: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly isComposing: boolean
  readonly repeat: boolean
  /** The focus is in a field where letters are typed. */
  readonly typing: boolean
  /** That field is one of those that the primary button sends. */
  readonly feeding: boolean
}

/** What a key press means, if anything. A held key and an input method's key never act. */
export function shortcutOf(press: KeyPress): Shortcut | undefined {
  if (press.isComposing || press.repeat || press.alt) return undefined
  if (press.key === 'F6') return press.shift ? 'previous-area' : 'next-area'
  if (press.command) return withCommand(press)
  if (!isPlain(press)) return undefined
  if (press.key === '/') return 'filter'
  if (press.key === 'p' || press.key === 'P') return 'pause'
  if (press.key === 'r' || press.key === 'R') return 'retry'
  return undefined
}

/** The tab whose letter it is; what is a shortcut already stays one. */
export function tabOfPress(press: KeyPress, tabs: readonly PanelTab[]): PanelTab | undefined {
  if (!isPlain(press) || shortcutOf(press) !== undefined) return undefined
  return tabs.find(({ key }) => key !== undefined && key.toLowerCase() === press.key.toLowerCase())
}

/** A key by itself, pressed once, and not to type a letter. */
function isPlain({ isComposing, repeat, alt, command, shift, typing }: KeyPress): boolean {
  return !isComposing && !repeat && !alt && !command && !shift && !typing
}

function withCommand(press: KeyPress): Shortcut | undefined {
  if (press.shift) return undefined
  if (press.key === 'k' || press.key === 'K') return 'palette'
  // Acts from its own fields too: the tag has been typed and the hands are on the keys. From no other: whoever types a
  // time or a filter does not look at the button.
  if (press.key === 'Enter') return press.typing && !press.feeding ? undefined : 'primary'
  if (press.key === 'Backspace') return press.typing ? undefined : 'roll-back'
  return undefined
}

/** Whether the field with the focus is sent by the button: both name the same, and what stands in it was taken. */
export function feeds(field: Element | null, button: HTMLElement | null): boolean {
  // Another number would be sent than the one that was typed; beside the field stands why.
  if (field?.getAttribute('aria-invalid') === 'true') return false
  const by = button?.dataset['fedBy']
  return by !== undefined && field?.closest<HTMLElement>('[data-feeds]')?.dataset['feeds'] === by
}

/** Whether the element takes letters. Sliders and check boxes do not. */
export function takesText(element: Element | null): boolean {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true
  if (element instanceof HTMLInputElement) {
    return !['range', 'checkbox', 'radio', 'button', 'submit'].includes(element.type)
  }
  return element instanceof HTMLElement && element.isContentEditable
}
