import type { Uid } from '../ids.ts'
import { repositoryPath, splitImage } from '../k8s/image.ts'
import { type BatchContainers, containerLines } from './container-lines.ts'

/** Where a release may be told the container by a person: by its name, or by a whole reference. */
export type ContainerHint = { readonly container?: string; readonly image?: string }

/**
 * Which container of each batch is the application. It may have another name in each of them. `ask`: nothing tells,
 * and a guess would put the application's version on a sidecar.
 */
export type ApplicationContainer =
  | { readonly kind: 'known'; readonly containers: ReadonlyMap<Uid, string> }
  | { readonly kind: 'ask'; readonly names: readonly string[] }

/**
 * One rule for window and terminal. In this order: what a person names; the annotation that kubectl goes by; the one
 * container that pulls from the repository that was given; the one that differs least over the batches, which is the
 * only one that all of them have. Otherwise a person has to say it.
 */
export function applicationContainer(
  batches: readonly BatchContainers[],
  hint: ContainerHint = {},
): ApplicationContainer {
  const { container } = hint
  if (container !== undefined) {
    const named = batches
      .filter((batch) => has(batch, container))
      .map((batch) => [batch.uid, container] as const)
    return named.length > 0 ? { kind: 'known', containers: new Map(named) } : ask(batches)
  }
  const byImage = hint.image === undefined ? undefined : byRepository(batches, hint.image)
  const said = annotated(batches)
  const names = new Set(said.values())
  const byAnnotation =
    said.size === 0 ? undefined : complete(batches, said, ({ container: name }) => names.has(name))
  // A reference of the very repository of another container was not meant for the annotated one.
  if (byAnnotation !== undefined && byImage?.exact === true && !agrees(byAnnotation, byImage.containers))
    return ask(batches)
  const found = byAnnotation ?? byImage?.containers ?? onlyOne(batches) ?? leastDifferent(batches)
  // Annotations that some batches have hold there, whatever the others look like.
  return found === undefined || !agrees(said, found) ? ask(batches) : { kind: 'known', containers: found }
}

type Found = ReadonlyMap<Uid, string>

/** What the annotations say, of batches that have one and the container that it names. */
function annotated(batches: readonly BatchContainers[]): Found {
  return new Map(
    batches.flatMap((batch) => {
      const { uid, defaultContainer } = batch
      return defaultContainer !== undefined && has(batch, defaultContainer)
        ? [[uid, defaultContainer] as const]
        : []
    }),
  )
}

function byRepository(
  batches: readonly BatchContainers[],
  image: string,
): { readonly containers: Found; readonly exact: boolean } | undefined {
  const { repository } = splitImage(image)
  const path = repositoryPath(image)
  const exact = matching(batches, (one) => splitImage(one).repository === repository)
  if (exact !== undefined) return { containers: exact, exact: true }
  const mirrored = matching(batches, (one) => repositoryPath(one) === path)
  return mirrored === undefined ? undefined : { containers: mirrored, exact: false }
}

/** The one container of each batch whose image fits. Where it fits in some batches only, its names hold for the others. */
function matching(batches: readonly BatchContainers[], fits: (image: string) => boolean): Found | undefined {
  const hits = (init: boolean) =>
    batches.map((batch) => ({
      uid: batch.uid,
      names: batch.images.filter((one) => one.init === init && fits(one.image)).map((one) => one.container),
    }))
  // An init container of the application's image comes with the application; alone, it is what is meant.
  const found = hits(false).some(({ names }) => names.length > 0) ? hits(false) : hits(true)
  if (found.every(({ names }) => names.length === 0) || found.some(({ names }) => names.length > 1))
    return undefined
  const said = new Map(found.flatMap(({ uid, names }) => names.map((name) => [uid, name] as const)))
  const all = new Set(said.values())
  return complete(batches, said, ({ container }) => all.has(container))
}

/** Adds the batches about which nothing was said: by the one container that fits, or by the only one there is. */
function complete(
  batches: readonly BatchContainers[],
  said: Found,
  fits: (image: BatchContainers['images'][number]) => boolean,
): Found | undefined {
  const all = new Map(said)
  for (const batch of batches) {
    if (all.has(batch.uid)) continue
    const own = main(batch)
    const fitting = own.filter(fits)
    const [only, ...others] = fitting.length > 0 ? fitting : own
    if (only === undefined || others.length > 0) return undefined
    all.set(batch.uid, only.container)
  }
  return all
}

function onlyOne(batches: readonly BatchContainers[]): Found | undefined {
  return batches.length > 0 ? complete(batches, new Map(), () => true) : undefined
}

/**
 * The one line of containers (of one name or one repository) that runs through all batches. Not where each batch has
 * one besides that is called like its Deployment: some tools name the application so, and what is alike is the sidecar.
 */
function leastDifferent(batches: readonly BatchContainers[]): Found | undefined {
  const through = containerLines(batches).filter((line) => batches.every((batch) => line.has(batch.uid)))
  const [line, ...others] = through
  if (line === undefined || others.length > 0) return undefined
  const found = new Map<Uid, string>()
  for (const [uid, names] of line) {
    const [name, ...more] = names
    if (name === undefined || more.length > 0) return undefined
    found.set(uid, name)
  }
  const isNamedAfter = (batch: BatchContainers): boolean =>
    main(batch).some((one) => one.container === batch.name && found.get(batch.uid) !== one.container)
  return batches.every(isNamedAfter) ? undefined : found
}

function main({ images }: BatchContainers): BatchContainers['images'] {
  return images.filter((one) => !one.init)
}

function has({ images }: BatchContainers, container: string): boolean {
  return images.some((one) => one.container === container)
}

/** Whether all of the one is so in the other. */
function agrees(some: Found, all: Found): boolean {
  return [...some].every(([uid, name]) => all.get(uid) === name)
}

function ask(batches: readonly BatchContainers[]): ApplicationContainer {
  return {
    kind: 'ask',
    names: [...new Set(batches.flatMap((batch) => main(batch).map((one) => one.container)))],
  }
}
