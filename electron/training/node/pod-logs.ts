type LogLine = { readonly at: string; readonly text: string }
export type LogAddress = { readonly uid: string; readonly container: string }
type Follower = (line: LogLine | undefined) => void

/** What containers have printed: of the running instance and of the one before it. */
export type PodLogs = {
  /** Undefined when that instance has never run. */
  read(what: LogAddress & { readonly previous: boolean }): readonly LogLine[] | undefined
  /** Calls for each new line, and with undefined at the end of the instance. */
  follow(what: LogAddress, follower: Follower): () => void
  /** A new instance of the container begins. */
  begin(what: LogAddress): void
  append(what: LogAddress, lines: readonly LogLine[]): void
  /** The instance ends: followers are told. */
  end(what: LogAddress): void
  forget(uid: string): void
}

const longestLog = 500

export function createPodLogs(): PodLogs {
  type Log = { current: LogLine[]; before: readonly LogLine[] | undefined; readonly followers: Set<Follower> }
  const logs = new Map<string, Map<string, Log>>()

  function find({ uid, container }: LogAddress): Log | undefined {
    return logs.get(uid)?.get(container)
  }
  function tellEnd(log: Log | undefined): void {
    for (const follower of [...(log?.followers ?? [])]) follower(undefined)
  }

  return {
    read(what) {
      const log = find(what)
      return what.previous ? log?.before : log?.current
    },
    follow(what, follower) {
      const log = find(what)
      log?.followers.add(follower)
      return () => log?.followers.delete(follower)
    },
    begin(what) {
      const log = find(what)
      const containers = logs.get(what.uid) ?? new Map<string, Log>()
      logs.set(what.uid, containers)
      if (log === undefined) {
        containers.set(what.container, { current: [], before: undefined, followers: new Set() })
        return
      }
      log.before = log.current
      log.current = []
    },
    append(what, lines) {
      const log = find(what)
      if (log === undefined) return
      log.current.push(...lines)
      if (log.current.length > longestLog) log.current.splice(0, log.current.length - longestLog)
      for (const line of lines) for (const follower of [...log.followers]) follower(line)
    },
    end: (what) => tellEnd(find(what)),
    forget(uid) {
      for (const log of logs.get(uid)?.values() ?? []) tellEnd(log)
      logs.delete(uid)
    },
  }
}
