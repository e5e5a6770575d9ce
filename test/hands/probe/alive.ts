/** How much of what has to be given back is held just now: listeners of the window, the document and of media queries. */
export type Alive = {
  listeners(): number
  /** A browser whose screen is only played tells no media query of it: who listens to one that has changed is told here. */
  tellMedia(): void
}

export function watchListeners(): Alive {
  const held = new Map<EventTarget, Set<string>>()
  const matched = new Map<MediaQueryList, boolean>()
  let next = 0
  const ids = new WeakMap<object, number>()
  const idOf = (listener: object): number => {
    const id = ids.get(listener) ?? ++next
    ids.set(listener, id)
    return id
  }
  const isShared = (target: EventTarget | undefined): boolean =>
    target === window ||
    target === document ||
    target instanceof MediaQueryList ||
    target instanceof VisualViewport
  const own = EventTarget.prototype.addEventListener
  const ownRemove = EventTarget.prototype.removeEventListener
  const keyOf = (type: string, listener: object, options: unknown): string => {
    const capture =
      options === true ||
      (typeof options === 'object' && options !== null && 'capture' in options && options.capture === true)
    return `${type} ${String(idOf(listener))} ${String(capture)}`
  }
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this as EventTarget | undefined
    const once = typeof options === 'object' && options.once === true
    if (target !== undefined && listener !== null && isShared(target) && !once) {
      const keys = held.get(target) ?? new Set()
      held.set(target, keys.add(keyOf(type, listener, options)))
      if (target instanceof MediaQueryList) matched.set(target, target.matches)
    }
    own.call(this, type, listener, options)
  }
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this as EventTarget | undefined
    if (target !== undefined && listener !== null) held.get(target)?.delete(keyOf(type, listener, options))
    ownRemove.call(this, type, listener, options)
  }
  return {
    listeners: () => [...held.values()].reduce((sum, keys) => sum + keys.size, 0),
    tellMedia() {
      for (const [query, before] of [...matched]) {
        const { matches, media } = query
        if (matches === before) continue
        matched.set(query, matches)
        query.dispatchEvent(new MediaQueryListEvent('change', { matches, media }))
      }
    },
  }
}
