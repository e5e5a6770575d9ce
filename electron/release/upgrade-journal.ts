import type { z } from 'zod'
import type { journalSchema } from './journal-schema.ts'

type Journal = z.output<typeof journalSchema>

/** A journal of an earlier build as this one writes it: the images of all batches together become those of each batch. */
export function upgradeJournal(journal: Journal): Journal {
  const { change } = journal
  if (change.kind !== 'image' || change.images === undefined) return { ...journal, schema: 2 }
  const images = Object.entries(change.images).map(([container, image]) => ({ container, image }))
  return {
    ...journal,
    schema: 2,
    change: { kind: 'image' },
    batches: journal.batches.map((own) => ({
      ...own,
      // A batch that took no part need not have all of these containers.
      images: images.filter(({ container }) => Object.hasOwn(own.baseline.images, container)),
    })),
  }
}
