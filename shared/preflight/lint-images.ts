import { parseImage, versionOf } from '../k8s/image.ts'
import type { Container } from '../k8s/objects.ts'
import { runsImages } from '../release/change/template-images.ts'
import { imageOf, imagesOfBatch, type BatchImage, type ContainerImage } from '../model/batch-images.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Check } from './check.ts'
import { lintReferences } from './lint-references.ts'
import { about, blocker, byText, fine, info, warning, type Planned } from './planned.ts'

/** Whether the images make sense, and whether anything would roll at all. */
export function lintImages(images: readonly BatchImage[], planned: Planned): readonly Check[] {
  const { rolled } = planned
  const of = (batch: Batch): readonly ContainerImage[] => imagesOfBatch(images, batch.uid)
  const wanted = unique(rolled.flatMap((batch) => of(batch).map((one) => one.image)))
  const broken = wanted.flatMap((image) => {
    const parsed = parseImage(image)
    return parsed.kind === 'image'
      ? []
      : [blocker({ kind: 'image-invalid', image, problem: parsed.problem, part: parsed.part })]
  })
  if (broken.length > 0) return broken
  const missing = byText(
    rolled,
    (batch) => missingIn(batch, of(batch), images),
    (container, batches) => blocker({ kind: 'no-container', container, batches }),
  )
  if (missing.length > 0) return missing
  return [
    ...referenceLints(wanted),
    ...lintReferences(rolled, of),
    ...about(
      rolled,
      (one) => runsImages(one, of(one)),
      (batches) => warning({ kind: 'image-same', batches }),
    ),
    ...cacheLints(rolled, of),
    ...neighbourLints(rolled, of),
  ]
}

/** A restart pulls nothing new where the nodes may keep what they have under the tag. */
export function lintRestart({ rolled }: Planned): readonly Check[] {
  return cacheLints(rolled, ({ containers }) =>
    containers.map(({ name, image }) => ({ container: name, image })),
  )
}

type ImagesOf = (batch: Batch) => readonly ContainerImage[]

/** Containers that a batch is to get an image for and has not; one that gets none lacks all that the others get. */
function missingIn(
  batch: Batch,
  own: readonly ContainerImage[],
  images: readonly BatchImage[],
): readonly string[] {
  const names = unique((own.length > 0 ? own : images).map((one) => one.container))
  return names.filter((name) => own.length === 0 || !batch.containers.some((one) => one.name === name))
}

function isMutable(image: string): boolean {
  return versionOf(image) === 'latest'
}

function referenceLints(images: readonly string[]): readonly Check[] {
  const versions = (all: readonly string[]): readonly string[] => unique(all.map(versionOf))
  const mutable = images.filter(isMutable)
  const tagged = images.filter((image) => !isMutable(image) && !image.includes('@'))
  return [
    ...versions(mutable).map((tag) => warning({ kind: 'image-mutable', tag })),
    ...versions(tagged).map((tag) => info({ kind: 'image-no-digest', tag })),
    ...(images.length > 0 && mutable.length === 0
      ? [fine({ kind: 'image-ok', tag: versions(images).join(', ') })]
      : []),
  ]
}

function cacheLints(rolled: readonly Batch[], of: ImagesOf): readonly Check[] {
  const keeps = (batch: Batch, policy: string): readonly string[] =>
    of(batch)
      .filter(({ image }) => policy === 'Never' || isMutable(image))
      .filter(({ container }) =>
        batch.containers.some((one) => one.name === container && one.imagePullPolicy === policy),
      )
      .map(({ image }) => versionOf(image))
  return ['IfNotPresent', 'Never'].flatMap((policy) =>
    byText(
      rolled,
      (batch) => keeps(batch, policy),
      (tag, batches) => warning({ kind: 'image-cached', tag, policy, batches }),
    ),
  )
}

/** Init containers that change, and containers of the same repository that are left behind. */
function neighbourLints(rolled: readonly Batch[], of: ImagesOf): readonly Check[] {
  const isLeft = (batch: Batch, one: Container): boolean => {
    const wanted = of(batch)
    return (
      imageOf(wanted, one.name) === undefined &&
      wanted.some(({ image }) => repositoryOf(image) === repositoryOf(one.image)) &&
      !wanted.some(({ image }) => image === one.image)
    )
  }
  return [
    ...byText(
      rolled,
      (batch) =>
        batch.containers
          .filter((one) => one.init && imageOf(of(batch), one.name) !== undefined)
          .map((one) => one.name),
      (container, batches) => info({ kind: 'init-image', container, batches }),
    ),
    ...byText(
      rolled,
      (batch) =>
        batch.containers.filter((one) => isLeft(batch, one)).map((one) => `${one.name} ${one.image}`),
      (text, batches) => {
        const [container = '', image = ''] = text.split(' ')
        return warning({ kind: 'same-repository', container, image, batches })
      },
    ),
  ]
}

function repositoryOf(image: string): string {
  const parsed = parseImage(image)
  return parsed.kind === 'image' ? parsed.repository : image
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
