import { readTypedVersion, withVersion } from '../k8s/image.ts'
import { applicationContainer } from './application-container.ts'
import { type BatchContainers } from './container-lines.ts'
import type { BatchImage, ContainerImage } from './batch-images.ts'

/** The images that a person asks for, in the window or in the terminal. */
export type ImageWish = {
  /** A tag or a digest for the application: each batch keeps the repository that it has. */
  readonly version?: string
  /** A whole reference for the application: the same for all batches. */
  readonly whole?: string
  /** Which container is the application, where a person has said it. */
  readonly container?: string
  /** Whole references for containers by their names. */
  readonly named: readonly ContainerImage[]
}

/** What each batch is to run. `ask`: which container is meant has to be said first. */
export type WishedImages =
  | { readonly kind: 'images'; readonly images: readonly BatchImage[] }
  | { readonly kind: 'ask'; readonly names: readonly string[] }

/**
 * What a wish means for each batch. Batches that take no part get theirs too where it is known: a plan may bring them
 * back in; but only those that take part have a say in which container is meant.
 */
export function wishedImages(
  batches: readonly BatchContainers[],
  wish: ImageWish,
  takesPart: (batch: BatchContainers) => boolean = () => true,
): WishedImages {
  // Also where there is no such container: that is told by the checks, and not passed over.
  const named = wish.named.flatMap(({ container, image }) =>
    batches.map((batch) => ({ batch: batch.uid, container, image })),
  )
  const typed = readTypedVersion(wish.version ?? '')
  if (typed.kind === 'nothing' && wish.whole === undefined) return { kind: 'images', images: named }
  // People paste a whole reference where a tag is asked for.
  const given = wish.whole ?? (typed.kind === 'whole' ? typed.image : undefined)
  const hint = {
    ...(wish.container !== undefined && { container: wish.container }),
    ...(given !== undefined && { image: given }),
  }
  const whole = applicationContainer(batches, hint)
  const found = whole.kind === 'known' ? whole : applicationContainer(batches.filter(takesPart), hint)
  if (found.kind === 'ask') return found
  const own = batches.flatMap((batch): readonly BatchImage[] => {
    const container = found.containers.get(batch.uid)
    const now = batch.images.find((one) => one.container === container)
    if (container === undefined || now === undefined) return []
    const image = given ?? withVersion(now.image, wish.version ?? '')
    return [{ batch: batch.uid, container, image }]
  })
  const isNamed = (one: BatchImage): boolean =>
    named.some((other) => other.batch === one.batch && other.container === one.container)
  return { kind: 'images', images: [...own.filter((one) => !isNamed(one)), ...named] }
}
