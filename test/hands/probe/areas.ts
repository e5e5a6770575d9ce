import type { Area } from './seen.ts'

const areas: readonly (readonly [string, Area])[] = [
  ['dialog', 'dialog'],
  ['.panel', 'panel'],
  ['.rail', 'rail'],
  ['.sidebar', 'sidebar'],
  ['.title-bar', 'title'],
  ['main', 'main'],
]

export function areaOf(element: Element): Area {
  return areas.find(([selector]) => element.closest(selector) !== null)?.[1] ?? 'other'
}

/** The words of an element as a person reads them: a name that lost its middle counts whole. */
export function textOf(element: Element | null | undefined): string {
  if (element === null || element === undefined) return ''
  const whole = element.querySelector('.middle')
  const text =
    whole === null || element.children.length > 2
      ? element.textContent
      : (whole.getAttribute('title') ?? element.textContent)
  return text.replace(/\s+/g, ' ').trim()
}

/** What a control is called: its label, or its own words. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label')
  if (label !== null) return label
  const labels = (element as HTMLInputElement).labels as NodeListOf<HTMLLabelElement> | null | undefined
  const first = labels?.[0]
  if (first !== undefined) return textOf(first.querySelector('span') ?? first).slice(0, 60)
  return textOf(element.querySelector('.action-title') ?? element).slice(0, 60)
}

/** The dialog above all others. */
export function topDialog(): HTMLDialogElement | undefined {
  return [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')].at(-1)
}
