import { versionOf } from '../k8s/image.ts'
import { imageOf } from '../model/batch-images.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'

/** The tag (or short digest) that people call the release by; empty when it is about something else than images. */
export function imageText(release: Release, which: 'after' | 'before' = 'after'): string {
  if (release.change.kind !== 'image') return ''
  const all = release.batches.filter((own) => own.phase.kind !== 'skipped' || own.phase.touched)
  return tagsOf(all.flatMap((own) => (which === 'after' ? imagesAfter(own) : imagesBefore(own))))
}

export function imagesAfter({ images = [] }: ReleaseBatch): readonly string[] {
  return images.map((one) => one.image)
}

/** What the containers that a release changes in a batch ran before it. */
export function imagesBefore({ images = [], baseline }: ReleaseBatch): readonly string[] {
  return images.flatMap(({ container }) => baseline.images[container] ?? [])
}

export function tagsOf(images: readonly string[]): string {
  return [...new Set(images.map((image) => versionOf(image)))].join(', ')
}

/** The images of the containers that a release changes in a batch, or of all main containers. */
export function changedImages(
  batch: Pick<Batch, 'containers'>,
  own: Pick<ReleaseBatch, 'images'>,
): readonly string[] {
  const { images } = own
  return batch.containers
    .filter((one) => (images === undefined ? !one.init : imageOf(images, one.name) !== undefined))
    .map((one) => one.image)
}
