import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOver } from '../../shared/release/standing.ts'
import { beginnings, createReleaseWorld, lateTurns, type ReleaseWorld } from '../support/release-world.ts'

const runs = { numRuns: 2_000 }

/** What a late write would change, whatever it is about. */
function pictureOf(world: ReleaseWorld) {
  return world.cluster
    .batches()
    .map(({ number, templateDigest, paused, desired }) => ({ number, templateDigest, paused, desired }))
}

function isAllKnown(world: ReleaseWorld): boolean {
  return world.release().batches.every(({ inDoubt }) => inDoubt?.left === undefined)
}

test('once a release is over, no write of it lands any more: what is said at its end stays so', () => {
  let late = 0
  fc.assert(
    fc.property(
      beginnings,
      lateTurns,
      fc.constantFrom('stop', 'roll-back', 'roll-back', 'wait'),
      (beginning, history, end) => {
        const world = createReleaseWorld(beginning)
        for (const turn of history) world.play(turn)
        if (end !== 'wait') world.play({ kind: 'wish', verb: end === 'stop' ? 'stop' : 'roll-back' })
        world.settleDown()
        if (!isOver(world.release()) || !isAllKnown(world)) return
        if (history.some(({ kind }) => kind === 'hang' || kind === 'fly')) late++
        const before = pictureOf(world)
        world.play({ kind: 'land' })
        expect(pictureOf(world)).toEqual(before)
      },
    ),
    runs,
  )
  expect(late).toBeGreaterThan(runs.numRuns / 4)
})
