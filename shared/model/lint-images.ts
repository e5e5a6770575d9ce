import { parseImage, tagOf } from '../k8s/image.ts'
import type { Container } from '../k8s/objects.ts'
import { runsImages } from '../release/template-images.ts'
import type { Check } from './check.ts'
import { about, blocker, byText, fine, info, warning, type Planned } from './planned.ts'

/** Whether the images make sense, and whether anything would roll at all. */
export function lintImages(images: Readonly<Record<string, string>>, planned: Planned): readonly Check[] {
  const { rolled } = planned
  const broken = Object.values(images).flatMap((image) => {
    const parsed = parseImage(image)
    return parsed.ok ? [] : [blocker({ kind: 'image-invalid', image, why: parsed.fault.message })]
  })
  if (broken.length > 0) return broken
  const missing = Object.keys(images).flatMap((container) =>
    about(
      rolled,
      (batch) => !batch.containers.some((one) => one.name === container),
      (batches) => blocker({ kind: 'no-container', container, batches }),
    ),
  )
  if (missing.length > 0) return missing
  return [
    ...referenceLints(Object.values(images)),
    ...about(
      rolled,
      (one) => runsImages(one, images),
      (batches) => warning({ kind: 'image-same', batches }),
    ),
    ...Object.entries(images).flatMap(([container, image]) => cacheLints({ container, image }, planned)),
    ...neighbourLints(images, planned),
  ]
}

/** A restart pulls nothing new where the nodes may keep what they have under the tag. */
export function lintRestart(planned: Planned): readonly Check[] {
  const named = new Map(
    planned.rolled.flatMap((batch) => batch.containers.map((one) => [one.image, one.name])),
  )
  return [...named].flatMap(([image, container]) => cacheLints({ container, image }, planned))
}

function isMutable(image: string): boolean {
  return !image.includes('@') && ['', 'latest'].includes(tagOf(image))
}

function referenceLints(images: readonly string[]): readonly Check[] {
  const mutable = images.filter(isMutable)
  const tagged = images.filter((image) => !isMutable(image) && !image.includes('@'))
  return [
    ...mutable.map((image) => warning({ kind: 'image-mutable', tag: tagOf(image) || 'latest' })),
    ...tagged.map((image) => info({ kind: 'image-no-digest', tag: tagOf(image) })),
    ...(mutable.length === 0 ? [fine({ kind: 'image-ok', tag: images.map(tagOf).join(', ') })] : []),
  ]
}

type Wanted = { readonly container: string; readonly image: string }

function cacheLints({ container, image }: Wanted, { rolled }: Planned): readonly Check[] {
  const keeps = (one: Container, policy: string): boolean =>
    one.name === container && one.imagePullPolicy === policy
  return ['IfNotPresent', 'Never']
    .filter((policy) => policy === 'Never' || isMutable(image))
    .flatMap((policy) =>
      about(
        rolled,
        (batch) => batch.containers.some((one) => keeps(one, policy)),
        (batches) => warning({ kind: 'image-cached', tag: tagOf(image) || 'latest', policy, batches }),
      ),
    )
}

/** Init containers that change, and containers of the same repository that are left behind. */
function neighbourLints(images: Readonly<Record<string, string>>, { rolled }: Planned): readonly Check[] {
  const repositories = Object.values(images).map(repositoryOf)
  const isLeft = (one: Container): boolean =>
    !(one.name in images) &&
    repositories.includes(repositoryOf(one.image)) &&
    !Object.values(images).includes(one.image)
  return [
    ...byText(
      rolled,
      (batch) => batch.containers.filter((one) => one.init && one.name in images).map((one) => one.name),
      (container, batches) => info({ kind: 'init-image', container, batches }),
    ),
    ...byText(
      rolled,
      (batch) => batch.containers.filter(isLeft).map((one) => `${one.name} ${one.image}`),
      (text, batches) => {
        const [container = '', image = ''] = text.split(' ')
        return warning({ kind: 'same-repository', container, image, batches })
      },
    ),
  ]
}

function repositoryOf(image: string): string {
  const parsed = parseImage(image)
  return parsed.ok ? parsed.value.repository : image
}
