/** F6 goes round these, in this order; each is marked with `data-area` and takes focus at its first control. */
const areaNames = ['title', 'rail', 'sidebar', 'main', 'strip', 'panel'] as const
export type AreaName = (typeof areaNames)[number]

/** The area after (or before) the one that has the focus, among those that are on screen. */
export function nextArea(
  present: readonly AreaName[],
  current: AreaName | undefined,
  back: boolean,
): AreaName | undefined {
  if (present.length === 0) return undefined
  const index = current === undefined ? -1 : present.indexOf(current)
  if (index === -1) return back ? present.at(-1) : present[0]
  return present[(index + (back ? present.length - 1 : 1)) % present.length]
}

const focusable =
  'button:not([disabled]):not([tabindex="-1"]), input:not([disabled]), select:not([disabled]), [tabindex="0"], a[href]'

/** Moves the focus to the next area of the window. */
export function focusNextArea(root: Document, back: boolean): void {
  const areas = [...root.querySelectorAll<HTMLElement>('[data-area]')].filter(isVisible)
  const byName = new Map(areas.map((area) => [area.dataset['area'] ?? '', area]))
  const present = areaNames.filter((name) => byName.has(name))
  const holder = root.activeElement?.closest<HTMLElement>('[data-area]')?.dataset['area']
  const current = areaNames.find((name) => name === holder)
  const next = nextArea(present, current, back)
  const area = next === undefined ? undefined : byName.get(next)
  const start = area?.querySelector<HTMLElement>('[data-area-start]')
  const controls = [...(area?.querySelectorAll<HTMLElement>(focusable) ?? [])]
  const first = start ?? controls.find(isVisible)
  if (first !== undefined) {
    first.focus()
  } else if (area !== undefined) {
    // Nothing to press there yet: the area itself takes the focus, else F6 would never get past it.
    area.tabIndex = -1
    area.focus()
  }
}

function isVisible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}
