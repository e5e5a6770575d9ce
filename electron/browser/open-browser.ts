import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openerOf, type Opener } from '../app/host/open-address.ts'

export type BrowserMachine = Opener & {
  readonly homedir: string
  readonly tmpdir: string
  /** Whether something is there. */
  readonly has: (path: string) => boolean
  readonly after: (ms: number, run: () => void) => void
}

/** A browser that has to be started first takes its time. */
const readWithinMs = 60_000

/**
 * Opens the page through a file of our own that leads on to it: the secret must not stand in a process's arguments. It is
 * taken away again after a minute, or with the function that it gives.
 */
export function openBrowser(url: string, machine: BrowserMachine): () => void {
  const folder = mkdtempSync(join(folderFor(machine), 'tranche-open-'))
  const file = join(folder, 'open.html')
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0; url=${url}">`, { mode: 0o600 })
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  machine.after(readWithinMs, remove)
  machine.spawn(openerOf(machine), [file])
  return remove
}

/**
 * A browser that is a snap has a `/tmp` of its own and sees nothing that begins with a dot: what it is to read lies in the
 * home of the person, in sight.
 */
function folderFor({ platform, homedir, tmpdir, has }: BrowserMachine): string {
  return platform === 'linux' && (has('/run/snapd.socket') || has('/snap')) && has(homedir) ? homedir : tmpdir
}
