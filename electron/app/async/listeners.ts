/** The smallest way to tell others that something changed. It says nothing about what: they look. */
export type Listeners = {
  readonly add: (listener: () => void) => () => void
  readonly tell: () => void
}

export function createListeners(): Listeners {
  const all = new Set<() => void>()
  return {
    add(listener) {
      // Wrapped, so that one function added twice is removed once each.
      const entry = (): void => listener()
      all.add(entry)
      return () => all.delete(entry)
    },
    tell() {
      for (const listener of [...all]) listener()
    },
  }
}
