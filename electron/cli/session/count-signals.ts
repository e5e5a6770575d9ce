/** One Ctrl-C may come twice: from the terminal, and passed on by npm or our launcher. */
const echoMs = 300

/** `first`: pause and go. `again`: the person does not want to wait. `echo`: the same wish by another way. */
export type SignalCount = { take(signal: string): 'first' | 'echo' | 'again' }

export function createSignalCount(now: () => number): SignalCount {
  const seen = new Map<string, number>()
  return {
    take(signal) {
      const before = seen.get(signal)
      if (before !== undefined) return now() - before < echoMs ? 'echo' : 'again'
      seen.set(signal, now())
      return seen.size === 1 ? 'first' : 'echo'
    },
  }
}
