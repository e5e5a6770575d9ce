import { templateDigest } from '../../../shared/k8s/template-digest.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { VersionGroup } from '../../../shared/release/sentence.ts'
import type { Remains } from '../../../shared/release/remains.ts'
import type { Release, ReleaseBatch } from '../../../shared/release/release.ts'
import type { Violation } from '../facts.ts'
import { names, type World } from '../world.ts'

/** What is said of a release that has ended is so in the cluster, for as long as nobody else has written to it. */
export function headlineIsTrue(world: World): readonly Violation[] {
  return names.flatMap((_, who) => {
    const view = world
      .operator(who as 0 | 1 | 2)
      ?.shown('web')
      .at(-1)
    if (view?.release === undefined || view.release.state !== 'ended' || isForeign(world, view)) return []
    const wrong = untrue(world, view)
    return wrong === undefined
      ? []
      : [{ rule: `a headline is true: ${view.headline.kind}`, at: world.time.now(), what: wrong }]
  })
}

function isForeign(world: World, { release, batches }: PipelineView): boolean {
  const began = (release?.startedAt ?? 0) - world.cluster.epoch
  const others = new Set(
    world.facts.journaled
      .filter((one) => one.entry.release.id !== release?.id && one.at > began)
      .map((one) => one.entry.release.id),
  )
  return (
    others.size > 0 ||
    world.facts.writes.some((write) => write.from === 'kubectl' && write.at > began - 60_000) ||
    batches.some((batch) => world.cluster.deployment(batch.name) === undefined)
  )
}

function untrue(world: World, { headline, batches, release }: PipelineView): string | undefined {
  const journal = world.cluster.journals().find((one) => one.release.id === release?.id)?.release
  const images = batches.map((batch) => world.cluster.deployment(batch.name)?.image ?? '')
  const runs = (group: VersionGroup): boolean =>
    group.tag === '' ||
    group.batches.every((number) => {
      const name = batches.find((one) => one.number === number)?.name
      return name === undefined || (world.cluster.deployment(name)?.image ?? '').endsWith(`:${group.tag}`)
    })
  const shown = `${JSON.stringify(headline)}; the cluster runs ${images.join(', ')}`
  switch (headline.kind) {
    case 'release-done':
      if (headline.change !== 'image') return undefined
      return [...headline.brought, ...headline.earlier].every((group) => runs(group)) ? undefined : shown
    case 'release-rolled-back':
      // Without a tag: to what ran before, whatever it was.
      return headline.back.every((group) => group.tag === '' || runs(group)) ? undefined : shown
    case 'release-stopped':
      // A way back brings a version of its own, which need not be what ran before it.
      return journal === undefined ||
        journal.change.kind === 'restore' ||
        isAsSaid(world, journal, headline.remains)
        ? undefined
        : shown
    default:
      return undefined
  }
}

function isAsSaid(world: World, release: Release, said: Remains): boolean {
  return release.batches.every((own) => {
    const now = world.cluster.deployment(own.name)
    const isOld = now !== undefined && templateDigest(now.template) === own.baseline.templateDigest
    return isOld
      ? hadItBefore(release, own) || !said.new.includes(own.number)
      : !said.old.includes(own.number) && !said.returned.includes(own.number)
  })
}

/** A release before that was stopped has brought it the same: it is as it was, and has what this one brings. */
function hadItBefore({ change }: Release, { baseline, images, target }: ReleaseBatch): boolean {
  return change.kind === 'image'
    ? images?.every(({ container, image }) => baseline.images[container] === image) === true
    : target?.digest === baseline.templateDigest
}
