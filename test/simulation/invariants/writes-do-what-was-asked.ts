import { textAt, type JsonObject } from '../../../electron/training/objects/json.ts'
import type { ReleaseBatch } from '../../../shared/release/release.ts'
import type { Violation, Write } from '../facts.ts'
import type { World } from '../world.ts'

/** A forward write changes what its release is about: a restart leaves the images, an image release the others. */
export function writesDoWhatWasAsked({ facts }: World): readonly Violation[] {
  if (facts.moves.some((move) => move.kind === 'webhook')) return []
  const strange = new Set(facts.writes.filter((one) => one.from === 'kubectl').map((one) => one.name))
  return facts.writes.flatMap((write) => {
    const { before, after, name, at, from } = write
    if (from === 'kubectl' || strange.has(name) || before === undefined || after === undefined) return []
    const wrong = wrongWith(write)
    return wrong === undefined
      ? []
      : [{ rule: 'a write does what its release is about', at, what: `${from} wrote ${name}: ${wrong}` }]
  })
}

function wrongWith({ before, after, journals }: Write): string | undefined {
  const meant = journals.flatMap(({ release }) => {
    const own = release.batches.find((one) => one.uid === before?.uid)
    return own?.phase.kind === 'patching' ? [{ release, own }] : []
  })[0]
  if (meant === undefined || before === undefined || after === undefined) return undefined
  const { release, own } = meant
  const [old, now] = [imagesOf(before.template), imagesOf(after.template)]
  const changed = [...now].filter(([container, image]) => old.get(container) !== image)
  const wanted = new Map(own.images?.map((one) => [one.container, one.image] as const))
  const built = builtOn(own, old)
  const isMeant = ([container, image]: readonly [string, string]): boolean =>
    built.get(container) === image || (release.change.kind === 'image' && wanted.get(container) === image)
  if (release.change.kind !== 'image' && release.change.kind !== 'restart') return undefined
  const wrong = changed.filter((one) => !isMeant(one))
  return wrong.length === 0
    ? undefined
    : `${release.change.kind} of ${release.id} made ${wrong.map(([container, image]) => `${container} ${old.get(container) ?? 'nothing'} -> ${image}`).join(', ')}`
}

/**
 * What a release builds on is part of what it brings where its batch was taken back further than that, to what it ran
 * before the release whose place this one took, and is tried again. Found as it began, or as anything else: nothing is.
 */
function builtOn(
  { start, baseline }: ReleaseBatch,
  found: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const home = imagesOf(baseline.template)
  const isTakenBack = [...home].every(([container, image]) => found.get(container) === image)
  return start === undefined || !isTakenBack ? new Map() : imagesOf(start.template)
}

function imagesOf(template: JsonObject): ReadonlyMap<string, string> {
  const containers = ((template['spec'] as JsonObject | undefined)?.['containers'] ??
    []) as readonly JsonObject[]
  return new Map(containers.map((one) => [textAt(one, 'name') ?? '', textAt(one, 'image') ?? '']))
}
