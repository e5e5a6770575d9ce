import type { ContainerImage } from '../model/batch-images.ts'
import type { BatchView } from './batch-view.ts'

/** One container of one batch, with what it runs and what it is to run. */
export type ImageStep = {
  readonly number: number
  readonly name: string
  readonly container: string
  /** Empty where the batch has no such container. */
  readonly from: string
  readonly to: string
}

/** What a release of images would do, batch by batch: exactly what is sent. */
export function imageSteps(
  batches: readonly Pick<BatchView, 'uid' | 'number' | 'name' | 'images'>[],
  images: readonly (ContainerImage & { readonly batch: string })[],
): readonly ImageStep[] {
  return batches.flatMap(({ uid, number, name, images: own }) =>
    images
      .filter((one) => one.batch === uid)
      .map(({ container, image }) => ({
        number,
        name,
        container,
        from: own.find((one) => one.container === container)?.image ?? '',
        to: image,
      })),
  )
}

export type StepGroup = Omit<ImageStep, 'number' | 'name'> & { readonly numbers: readonly number[] }

/** The same with batches together for which all of it is the same. */
export function stepGroups(steps: readonly ImageStep[]): readonly StepGroup[] {
  const groups = new Map<string, StepGroup>()
  for (const { number, container, from, to } of steps) {
    const key = [container, from, to].join('\n')
    groups.set(key, { container, from, to, numbers: [...(groups.get(key)?.numbers ?? []), number] })
  }
  return [...groups.values()]
}
