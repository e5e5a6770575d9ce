/**
 * One process of one machine, told from all others: `machine` is that of this very boot, and of these namespaces of
 * its processes; `started` tells the process from a later one that was given the same number.
 */
export type ProcessMark = { readonly machine: string; readonly pid: number; readonly started: string }

/** Who holds a release's lock: `user@host/install/machine/pid.started-session`. */
export type Holder = {
  readonly person: string
  readonly install: string
  readonly process: ProcessMark
  readonly session: string
}

/** As it was read. Earlier builds wrote `user@host/install/pid-session`: nobody can say on which machine that was. */
export type FoundHolder = Omit<Holder, 'process'> & { readonly process?: ProcessMark }

export function holderText({ person, install, process, session }: Holder): string {
  return `${person}/${install}/${process.machine}/${process.pid}.${process.started}-${session}`
}

export function parseHolder(text: string): FoundHolder | undefined {
  const [, person, install, machine, pid, started, session] =
    /^(.+)\/([^/]+)\/([^/]+)\/(\d+)\.([^/-]+)-([^/-]+)$/.exec(text) ?? []
  if (
    person !== undefined &&
    install !== undefined &&
    machine !== undefined &&
    pid !== undefined &&
    started !== undefined &&
    session !== undefined
  )
    return { person, install, process: { machine, pid: Number(pid), started }, session }
  return parseEarlier(text)
}

function parseEarlier(text: string): FoundHolder | undefined {
  const [, person, install, session] = /^(.+)\/([^/]+)\/\d+-([^/-]+)$/.exec(text) ?? []
  if (person === undefined || install === undefined || session === undefined) return undefined
  return { person, install, session }
}

/**
 * Whether a lock was left by an earlier process of this very machine that is proved to be gone: then we may go on at
 * once, since nobody else can be driving. The same installation is no proof: a home may be shared by machines, and
 * containers of one machine don't see each other's processes. What is in doubt is asked for.
 */
export function isOurPast(text: string, self: Holder, isGone: (process: ProcessMark) => boolean): boolean {
  const holder = parseHolder(text)
  if (holder?.process === undefined || holder.install !== self.install) return false
  if (holder.process.machine !== self.process.machine || holder.session === self.session) return false
  return isGone(holder.process)
}

/** Whether a holder is of this very installation, and of a boot or a machine whose processes can't be looked at. */
export function isInDoubt(text: string, self: Holder): boolean {
  const holder = parseHolder(text)
  return holder?.install === self.install && holder.process?.machine !== self.process.machine
}
