import type { BatchView } from './batch-view.ts'
import { tagsOf } from './image-text.ts'

/** The images that a batch is known by: that of the application, or of all main containers where nothing tells which it is. */
export function knownImages({
  images,
  application,
}: Pick<BatchView, 'images' | 'application'>): readonly string[] {
  return images
    .filter((one) => (application === undefined ? !one.init : one.container === application))
    .map((one) => one.image)
}

/** The version that a batch runs, as people call it. */
export function runningVersion(batch: Pick<BatchView, 'images' | 'application'>): string {
  return tagsOf(knownImages(batch))
}

/** A batch as it is seen once a person has said which container is the application. */
export function withApplication<B extends Pick<BatchView, 'images' | 'application'>>(
  batch: B,
  chosen: string,
): B {
  return batch.images.some((one) => one.container === chosen) ? { ...batch, application: chosen } : batch
}
