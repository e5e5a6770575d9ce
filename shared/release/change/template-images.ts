import type { ContainerImage } from '../../model/batch-images.ts'
import type { Batch } from '../../model/batch-set.ts'

/** The images of a batch, by container. */
export function imagesOf(batch: Pick<Batch, 'containers'>): Readonly<Record<string, string>> {
  return Object.fromEntries(batch.containers.map((container) => [container.name, container.image]))
}

/** Whether every container that a release changes runs its new image already, according to the Deployment. */
export function runsImages(batch: Pick<Batch, 'containers'>, images: readonly ContainerImage[]): boolean {
  return images.every(({ container, image }) =>
    batch.containers.some((one) => one.name === container && one.image === image),
  )
}
