import { versionOf } from '../k8s/image.ts'
import { imageOf } from '../model/batch-images.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Baseline, Release, ReleaseBatch } from '../release/release.ts'
import { isEarlier } from '../release/remains.ts'
import type { VersionGroup } from '../release/sentence.ts'
import { startOf } from '../release/start/start-of.ts'

/** The tag (or short digest) that people call the release by; empty when it is about something else than images. */
export function imageText(release: Release): string {
  if (release.change.kind !== 'image') return ''
  return tagsOf(release.batches.filter((own) => takesPart(release, own)).flatMap(imagesAfter))
}

/** Not left out, and not done by the release whose place this one has taken. */
function takesPart(release: Release, own: ReleaseBatch): boolean {
  if (isEarlier(release, own)) return false
  return own.phase.kind !== 'skipped' || own.phase.touched
}

/** The same of what these batches are taken back to: others may have run something else. */
export function imageBefore({ change, batches }: Release, numbers: readonly number[]): string {
  if (change.kind !== 'image') return ''
  return tagsOf(batches.filter((own) => numbers.includes(own.number)).flatMap(imagesBack))
}

/** Of these batches, those that run the same version together. Without a tag: the release is about something else. */
export function byVersion(
  { change, batches }: Release,
  numbers: readonly number[],
  images: (own: ReleaseBatch) => readonly string[],
): readonly VersionGroup[] {
  const groups = new Map<string, readonly number[]>()
  for (const own of batches.filter(({ number }) => numbers.includes(number))) {
    const tag = change.kind === 'image' ? tagsOf(images(own)) : ''
    groups.set(tag, [...(groups.get(tag) ?? []), own.number])
  }
  return [...groups].map(([tag, of]) => ({ tag, batches: of }))
}

export function imagesAfter({ images = [] }: ReleaseBatch): readonly string[] {
  return images.map((one) => one.image)
}

/** What the containers that a release changes in a batch ran when it began. */
export function imagesBefore(own: ReleaseBatch): readonly string[] {
  return imagesIn(own, startOf(own))
}

/** And what a roll back takes them to. */
export function imagesBack(own: ReleaseBatch): readonly string[] {
  return imagesIn(own, own.baseline)
}

function imagesIn({ images = [] }: ReleaseBatch, { images: before }: Baseline): readonly string[] {
  return images.flatMap(({ container }) => before[container] ?? [])
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
