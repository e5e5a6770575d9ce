import type { Uid } from '../ids.ts'

/** The whole reference that a container runs, or is to run. */
export type ContainerImage = { readonly container: string; readonly image: string }

/** The same of one batch: batches of one Service may pull from different registries. */
export type BatchImage = ContainerImage & { readonly batch: Uid }

export function imagesOfBatch(images: readonly BatchImage[], batch: Uid): readonly ContainerImage[] {
  return images.filter((one) => one.batch === batch).map(({ container, image }) => ({ container, image }))
}

export function imageOf(images: readonly ContainerImage[], container: string): string | undefined {
  return images.find((one) => one.container === container)?.image
}
