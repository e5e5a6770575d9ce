/** Runs what is given for the same key one after the other; what failed before is no reason not to run. */
export function createKeyedQueue(): <T>(key: string, run: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()

  return (key, run) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(run, run)
    const settled = turn.finally(() => {
      if (last.get(key) === settled) last.delete(key)
    })
    settled.catch(() => undefined)
    last.set(key, settled)
    return turn
  }
}
