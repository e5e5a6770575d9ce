import { areaOf, nameOf } from './areas.ts'
import { pictureNow } from './picture.ts'
import type { Press } from './seen.ts'

export type Presses = {
  /** The press in whose turn the page is just now. */
  current(): Press | undefined
  /** Where the text that stands in fields was typed. */
  typedAt(): Readonly<Record<string, readonly string[]>>
}

/** Sees each press before the page does, and what stood on the screen then. */
export function watchPresses(note: (press: Press) => void): Presses {
  let count = 0
  let current: Press | undefined
  let repeats = false
  const typed = new Map<Element, readonly string[]>()
  const turn = new MessageChannel()
  turn.port1.onmessage = () => (current = undefined)

  function take(event: Event, key: string): void {
    const target = event.target instanceof Element ? event.target : document.body
    const control =
      target.closest('button, [role="option"], [role="slider"], input, textarea, select') ?? target
    current = {
      n: ++count,
      type: event.type,
      key,
      repeat: repeats,
      control: nameOf(control),
      area: areaOf(control),
      picture: pictureNow(),
    }
    note(current)
    turn.port2.postMessage('')
  }

  window.addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted) return
      repeats = event.repeat
      const acts = event.ctrlKey || event.metaKey || event.key === 'Enter' || event.key.length === 1
      if (acts || event.key.startsWith('Arrow')) take(event, `${event.ctrlKey ? 'Control+' : ''}${event.key}`)
    },
    true,
  )
  window.addEventListener('keyup', () => (repeats = false), true)
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (event.isTrusted) repeats = false
    },
    true,
  )
  for (const type of ['click', 'submit', 'drop', 'change'])
    window.addEventListener(
      type,
      (event) => {
        // What a key has begun goes on in the same turn: it is the same press.
        if (current === undefined || event.isTrusted) take(event, current?.key ?? '')
      },
      true,
    )
  window.addEventListener(
    'input',
    (event) => {
      if (event.target instanceof Element && isTyped(event.target))
        typed.set(event.target, pictureNow().place)
    },
    true,
  )
  return {
    current: () => current,
    typedAt: () =>
      Object.fromEntries(
        [...typed].flatMap(([element, place]) =>
          element.isConnected ? [[(element as HTMLInputElement).value, place]] : [],
        ),
      ),
  }
}

/** A choice and a filter go by what is there: they are about no place. */
function isTyped(element: Element): boolean {
  if (element instanceof HTMLTextAreaElement) return true
  return element instanceof HTMLInputElement && ['text', 'password'].includes(element.type)
}
