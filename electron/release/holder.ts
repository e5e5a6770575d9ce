/** Who holds a release's lock: `user@host/install/pid-session`. */
export type Holder = {
  readonly person: string
  readonly install: string
  readonly pid: number
  readonly session: string
}

export function holderText(holder: Holder): string {
  return `${holder.person}/${holder.install}/${holder.pid}-${holder.session}`
}

export function parseHolder(text: string): Holder | undefined {
  const match = /^(.+)\/([^/]+)\/(\d+)-([^/-]+)$/.exec(text)
  const [, person, install, pid, session] = match ?? []
  if (person === undefined || install === undefined || pid === undefined || session === undefined)
    return undefined
  return { person, install, pid: Number(pid), session }
}

/**
 * Whether a lock was left by an earlier run of this very installation: then we may go on at once, since nobody else
 * can be driving. A process that still lives is somebody, even if it is our own second window.
 */
export function isOurPast(text: string, self: Holder, isAlive: (pid: number) => boolean): boolean {
  const holder = parseHolder(text)
  if (holder?.install !== self.install) return false
  return holder.session !== self.session && (holder.pid === self.pid || !isAlive(holder.pid))
}
