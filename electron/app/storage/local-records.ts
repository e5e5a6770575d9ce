import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { Target } from '../../../shared/contract.ts'
import { createFileJournal, journalFileSchema, type FileJournal } from '../../release/file-journal.ts'
import { createJournalCopy, type JournalCopy } from '../../release/journal-copy.ts'
import { openLocalFile, type LocalFile } from '../../release/local-file.ts'

const historySchema = z.object({ schema: z.literal(1), releases: z.record(z.string(), z.string()) })
type HistoryFile = z.output<typeof historySchema>

/** What is kept on this machine where the cluster does not take it: one file each for a Service's journal and history. */
export type LocalRecords = {
  journal(target: Target): FileJournal
  /** Of the journal that the cluster has. */
  copy(target: Target): JournalCopy
  history(target: Target): LocalFile<HistoryFile>
}

export function createLocalRecords(options: {
  readonly folder: string
  readonly holder: string
  readonly isPast: (holder: string) => boolean
}): LocalRecords {
  const { holder, isPast } = options
  const journals = new Map<string, FileJournal>()
  const copies = new Map<string, JournalCopy>()
  const names = new Map<string, string>()

  function path(kind: 'journal' | 'copy' | 'history', { connection, namespace, service }: Target): string {
    const place = `${connection}/${namespace}/${service}`
    // Asked for at every picture of the Service.
    const name = names.get(place) ?? createHash('sha256').update(place).digest('hex').slice(0, 24)
    names.set(place, name)
    return join(options.folder, 'releases', `${kind}-${name}.json`)
  }

  return {
    journal(target) {
      const at = path('journal', target)
      const known = journals.get(at)
      if (known !== undefined) return known
      const journal = createFileJournal({ file: openLocalFile(at, journalFileSchema), holder, isPast })
      journals.set(at, journal)
      return journal
    },
    copy(target) {
      const at = path('copy', target)
      const copy = copies.get(at) ?? createJournalCopy(openLocalFile(at, journalFileSchema))
      copies.set(at, copy)
      return copy
    },
    history: (target) => openLocalFile(path('history', target), historySchema),
  }
}
