import type { Batch } from '../model/batch-set.ts'
import type { Release } from '../release/release.ts'
import { tagOf } from '../k8s/image.ts'

/** The tag (or short digest) that people call the release by; empty when it is about something else than images. */
export function imageText(release: Release, which: 'after' | 'before' = 'after'): string {
  if (release.change.kind !== 'image') return ''
  if (which === 'after') return tagsOf(Object.values(release.change.images))
  const changed = Object.keys(release.change.images)
  const tags = new Set(
    release.batches.flatMap((own) =>
      changed.flatMap((container) => {
        const image = own.baseline.images[container]
        return image === undefined ? [] : [tagOf(image)]
      }),
    ),
  )
  return [...tags].join(', ')
}

export function tagsOf(images: readonly string[]): string {
  return [...new Set(images.map((image) => tagOf(image)))].join(', ')
}

/** The images of the containers that a release changes, or of all main containers. */
export function changedImages(
  batch: Pick<Batch, 'containers'>,
  release: Release | undefined,
): readonly string[] {
  const changed = release?.change.kind === 'image' ? release.change.images : undefined
  return batch.containers
    .filter((container) => (changed === undefined ? !container.init : changed[container.name] !== undefined))
    .map((container) => container.image)
}
