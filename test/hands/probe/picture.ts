import { areaOf, nameOf, textOf, topDialog } from './areas.ts'
import type { Field, Picture, ShownBatch } from './seen.ts'

/** What stands on the screen now. */
export function pictureNow(): Picture {
  const dialog = topDialog()
  const primary = document.querySelector<HTMLElement>('.panel-actions .primary')
  const active = document.activeElement
  const option = document.querySelector('[role="option"][aria-selected="true"]')
  return {
    place: [...document.querySelectorAll('.crumbs li')].map(placeText),
    dialog:
      dialog === undefined
        ? undefined
        : {
            id: dialog.getAttribute('aria-labelledby') ?? '',
            title: textOf(dialog.querySelector('h2')),
            text: textOf(dialog),
            alerts: alertsIn(dialog),
          },
    fields: fields(),
    batches: batches(),
    alerts: alertsIn(document),
    primary:
      primary === null
        ? undefined
        : {
            verb: primary.dataset['verb'] ?? '',
            text: textOf(primary.querySelector('span')),
            fault: textOf(primary.parentElement?.querySelector(':scope > .fault-line')),
          },
    total: totalOf(document.querySelector('.service-endpoints')),
    folded: document.querySelectorAll('.batch-cards > :not(.batch-card)').length,
    option: textOf(option),
    urgent: textOf(document.querySelector('.sr > [role="alert"]')),
    focus:
      active === null || active === document.body
        ? undefined
        : {
            name: nameOf(active),
            kind: kindOf(active),
            area: areaOf(active),
            form: active.closest('form') !== null,
          },
  }
}

/** Only while sizes are drafted does it say a total. */
function totalOf(element: Element | null): number | undefined {
  if (element === null || element.querySelector('svg') === null) return undefined
  const digits = /\d[\d,. ]*/.exec(textOf(element))?.[0]
  return digits === undefined ? undefined : Number(digits.replace(/\D/g, ''))
}

function placeText(item: Element): string {
  return item.querySelector('.middle')?.getAttribute('title') ?? textOf(item)
}

function alertsIn(root: ParentNode): readonly string[] {
  return [
    ...root.querySelectorAll(
      '[role="alert"], .fault-line, .dialog-warning, [role="status"], .action-row-note',
    ),
  ]
    .map(textOf)
    .filter((text) => text !== '')
}

export function kindOf(element: Element): string {
  const role = element.getAttribute('role')
  if (role !== null) return role
  if (element instanceof HTMLInputElement) return element.type
  return element.tagName.toLowerCase()
}

function fields(): readonly Field[] {
  return [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].map((element) => ({
    name: nameOf(element),
    value: element.type === 'checkbox' || element.type === 'radio' ? String(element.checked) : element.value,
    kind: kindOf(element),
    area: areaOf(element),
    focused: element === document.activeElement,
  }))
}

function batches(): readonly ShownBatch[] {
  return [...document.querySelectorAll('.batch-card')].map((card) => {
    const field = card.querySelector<HTMLInputElement>('.card-size input[type="number"]')
    const fixed = card.querySelector('.card-size strong')
    return {
      number: /\d+/.exec(card.getAttribute('aria-label') ?? textOf(card.querySelector('h2')))?.[0] ?? '',
      pods: Number(field?.value ?? textOf(fixed).replace(/\D/g, '')),
      editable: field !== null,
      taken: field?.getAttribute('aria-invalid') !== 'true',
    }
  })
}
