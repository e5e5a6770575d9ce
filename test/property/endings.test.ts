import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from '../../shared/model/batch-set.ts'
import type { Release } from '../../shared/release/release.ts'
import type { VersionGroup } from '../../shared/release/sentence.ts'
import { standstillOf } from '../../shared/view/headline.ts'
import { beginnings, createReleaseWorld, turns } from '../support/release-world.ts'

const seen = new Set<string>()

/** What is claimed of the batches of a release that has just ended, held against what they run. */
function expectTrue(release: Release, batches: readonly Batch[]): void {
  const said = standstillOf(release)
  if (said === undefined) throw new Error('it has ended, and nothing is said')
  seen.add(said.kind)
  const run = (groups: readonly VersionGroup[]): void => {
    for (const { tag, batches: numbers } of groups)
      for (const number of numbers) {
        const image = batches.find((one) => one.number === number)?.containers[0]?.image
        if (tag !== '') expect([number, image?.split(':').at(-1)]).toEqual([number, tag])
      }
  }
  switch (said.kind) {
    case 'release-done': {
      run([...said.brought, ...said.earlier])
      const { new: fresh, ...others } = said.remains
      const rest = [others.old, others.earlier, others.kept, others.returned, others.stuck, others.unsure]
      expect(said.all).toBe(fresh.length === release.batches.length)
      expect([...fresh, ...rest.flat()].toSorted()).toEqual(
        release.batches.map((own) => own.number).toSorted(),
      )
      return
    }
    case 'release-rolled-back':
      run(said.back)
      return
    case 'resize-done':
      for (const number of said.has) {
        const own = release.batches.find((one) => one.number === number)
        const to = release.resize?.targets.find((one) => one.batch === own?.uid)?.to
        expect(batches.find((one) => one.number === number)?.desired).toBe(to)
      }
      return
    default:
  }
}

test('what is said of a release that has ended is so of each batch that it names', () => {
  fc.assert(
    fc.property(beginnings, turns, (beginning, played) => {
      const world = createReleaseWorld(beginning)
      let before = world.release()
      for (const turn of played) {
        world.play(turn)
        const release = world.release()
        if (release.state.kind === 'ended' && before.state.kind !== 'ended' && before.id === release.id)
          expectTrue(release, world.cluster.batches())
        before = release
      }
      world.settleDown()
      if (world.release().state.kind === 'ended' && before.state.kind !== 'ended')
        expectTrue(world.release(), world.cluster.batches())
    }),
    { numRuns: 1500 },
  )
  for (const kind of [
    'release-done',
    'release-rolled-back',
    'release-stopped',
    'resize-done',
    'release-restored',
  ])
    expect([...seen]).toContain(kind)
})
