import type { Release } from '../../shared/release/release.ts'
import { isOver } from '../../shared/release/standing.ts'
import type { JournalFile } from './file-journal.ts'
import { decodeRelease, encodeRelease } from './journal-codec.ts'
import type { Journal } from './journal.ts'
import type { LocalFile } from './local-file.ts'

/** What the journal in the cluster said last, kept on this machine for the day that somebody deletes the Lease. */
export type JournalCopy = {
  /** The release that had not ended, cheap enough for every picture. One that can't be read is none. */
  read(): Release | undefined
  forget(): void
  /** The same journal; each entry that the cluster has taken is copied. */
  of(journal: Journal): Journal
}

export function createJournalCopy(file: LocalFile<JournalFile>): JournalCopy {
  let known: { readonly release: Release | undefined } | undefined
  // One after the other: a write that is overtaken by its own removal would bring an ended release back.
  let queue: Promise<unknown> = Promise.resolve()

  function forget(): void {
    known = { release: undefined }
    queue = queue.then(() => file.remove())
  }

  function keep(release: Release): void {
    if (isOver(release)) {
      forget()
      return
    }
    known = { release }
    const text = encodeRelease(release)
    // Nobody waits for it: an old copy is as good, since what runs is read from the cluster.
    if (text.ok) queue = queue.then(() => file.write({ schema: 1, holder: '', release: text.value }))
  }

  return {
    read() {
      known ??= { release: readFrom(file) }
      return known.release
    },
    forget,
    of: (journal) => ({
      ...journal,
      async take(release, mayReplace) {
        const taken = await journal.take(release, mayReplace)
        if (taken.ok) keep(release)
        return taken
      },
      async write(release) {
        const written = await journal.write(release)
        if (written.ok) keep(release)
        return written
      },
    }),
  }
}

function readFrom(file: LocalFile<JournalFile>): Release | undefined {
  const found = file.read()
  const release = found.ok && found.value !== undefined ? decodeRelease(found.value.release) : undefined
  return release?.ok === true ? release.value : undefined
}
