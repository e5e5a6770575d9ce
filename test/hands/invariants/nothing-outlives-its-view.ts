import type { Judge } from '../step.ts'

/** Listeners that may come with the first use of something and stay. */
const slack = 3
const mostSubscriptions = 6

/** No listener, no repeating timer and no subscription is left over from what was looked at before. */
export function nothingOutlivesItsView(): Judge {
  const least = new Map<string, Readonly<Record<string, number>>>()
  return ({ after, window, fresh }) => {
    if (fresh) least.clear()
    const { alive, picture } = after.look
    const tab = after.controls.find((one) => one.role === 'tab' && one.current)?.name ?? ''
    // Each card has its own.
    const cards = after.look.canvases.length + picture.batches.length
    const key = [window, picture.place.length, picture.dialog?.id ?? '', tab, cards].join(' ')
    const first = least.get(key)
    if (first === undefined) least.set(key, alive)
    const over = (what: string, more: number): boolean =>
      first !== undefined && (alive[what] ?? 0) > (first[what] ?? 0) + more
    return [
      ...(over('listeners', slack)
        ? [`${String(alive['listeners'])} listeners, first ${String(first?.['listeners'])}`]
        : []),
      ...(over('repeating', 1)
        ? [`${String(alive['repeating'])} timers, first ${String(first?.['repeating'])}`]
        : []),
      ...((alive['subscriptions'] ?? 0) > mostSubscriptions
        ? [`${String(alive['subscriptions'])} subscriptions`]
        : []),
    ]
  }
}
