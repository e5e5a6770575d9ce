import { areaOf, nameOf, topDialog } from './areas.ts'
import { kindOf } from './picture.ts'
import type { Control } from './seen.ts'

const interactive = [
  'button',
  'a[href]',
  'input',
  'select',
  'textarea',
  '[role="slider"]',
  '[role="option"]',
  '[role="tab"]',
  'summary',
].join(', ')

/** What is not covered by a dialog. */
export function elementsNow(): readonly HTMLElement[] {
  const root: ParentNode = topDialog() ?? document
  return [...root.querySelectorAll<HTMLElement>(interactive)]
}

/** Everything that a pointer could hit just now, with where it is. */
export function controlsNow(): readonly Control[] {
  return elementsNow().flatMap((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const x = left + width / 2
    const y = top + height / 2
    if (width === 0 || height === 0 || !isHit(element, x, y)) return []
    const field = element as HTMLInputElement
    return [
      {
        role: roleOf(element),
        name: nameOf(element),
        type: kindOf(element),
        enabled: !field.disabled && element.getAttribute('aria-disabled') !== 'true' && !isBusy(element),
        area: areaOf(element),
        x: Math.round(x),
        y: Math.round(y),
        width: Math.round(width),
        height: Math.round(height),
        classes: element.className,
        verb: element.dataset['verb'] ?? '',
        value: typeof field.value === 'string' ? field.value.slice(0, 200) : '',
        focused: element === document.activeElement,
        current:
          element.hasAttribute('aria-current') ||
          element.getAttribute('aria-selected') === 'true' ||
          element.getAttribute('aria-pressed') === 'true' ||
          field.checked,
      },
    ]
  })
}

function isBusy(element: Element): boolean {
  return element.getAttribute('aria-busy') === 'true'
}

function isHit(element: Element, x: number, y: number): boolean {
  const hit = document.elementFromPoint(x, y)
  if (hit === null) return false
  return (
    element === hit || element.contains(hit) || (hit instanceof HTMLLabelElement && hit.contains(element))
  )
}

export function roleOf(element: Element): string {
  const role = element.getAttribute('role')
  if (role !== null) return role
  const tag = element.tagName.toLowerCase()
  if (tag !== 'input') return tag
  const kind = (element as HTMLInputElement).type
  return kind === 'checkbox' || kind === 'radio' || kind === 'range' ? kind : 'field'
}
