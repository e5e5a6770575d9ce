import type { z } from 'zod'
import type { journalSchema } from './journal-schema.ts'

type Journal = z.output<typeof journalSchema>

/** A journal of an earlier build as this one writes it. */
export function upgradeJournal(journal: Journal): Journal {
  return withOwnFreezes(withOwnImages(journal))
}

/** The images of all batches together become those of each batch. */
function withOwnImages(journal: Journal): Journal {
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

/** The one `spec.paused` of a release becomes that of its batch. */
function withOwnFreezes({ frozen, ...journal }: Journal): Journal {
  if (frozen === undefined) return journal
  const { batch, ...freeze } = frozen
  return {
    ...journal,
    batches: journal.batches.map((own) => (own.uid === batch ? { ...own, freeze } : own)),
  }
}
