import type { Release } from '../../shared/release/release.ts'
import { isOver } from '../../shared/release/standing.ts'
import type { JournalFile } from './file-journal.ts'
import { decodeRelease, encodeRelease } from './journal-codec.ts'
import type { Journal } from './journal.ts'
import type { LocalFile } from './local-file.ts'

/** Of a file that was read or written, which has no stamp where it is not there. */
type FileState = { readonly stamp: string | undefined }

/** What the journal in the cluster said last, kept on this machine for the day that somebody deletes the Lease. */
export type JournalCopy = {
  /** The release that had not ended, cheap enough for every picture. One that can't be read is none. */
  read(): Release | undefined
  forget(): void
  /** The same journal; each entry that the cluster has taken is copied. */
  of(journal: Journal): Journal
}

export function createJournalCopy(file: LocalFile<JournalFile>): JournalCopy {
  /** Other processes of this installation write the same file: what was read holds for as long as the file stands. */
  let known: { readonly release: Release | undefined; readonly of: 'writing' | FileState } | undefined
  // One after the other: a write that is overtaken by its own removal would bring an ended release back.
  let queue: Promise<unknown> = Promise.resolve()

  function mirror(release: Release | undefined, write: () => unknown): void {
    const mine = { release, of: 'writing' } as const
    known = mine
    const end = (): void => {
      if (known === mine) known = { release, of: { stamp: file.stamp() } }
    }
    queue = queue.then(write).then(end, end)
  }

  function forget(): void {
    mirror(undefined, () => file.remove())
  }

  function keep(release: Release): void {
    if (isOver(release)) {
      forget()
      return
    }
    const text = encodeRelease(release)
    // Nobody waits for it. One that is too large for the journal was not taken by the cluster either.
    if (text.ok) mirror(release, () => file.write({ schema: 1, holder: '', release: text.value }))
  }

  return {
    read() {
      const stamp = known?.of === 'writing' ? undefined : file.stamp()
      if (known === undefined || (known.of !== 'writing' && known.of.stamp !== stamp))
        known = { release: readFrom(file), of: { stamp } }
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
