import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginnings, createReleaseWorld, turns } from '../support/release-world.ts'

test('what a person goes on with is not held again at once for what it was held for', () => {
  let gone = 0
  fc.assert(
    fc.property(beginnings, turns, (beginning, history) => {
      const world = createReleaseWorld(beginning)
      for (const turn of history) {
        world.play(turn)
        world.play({ kind: 'look' })
        const { state } = world.release()
        if (state.kind !== 'held') continue
        const fork = world.fork()
        const verb = fork.verbs().find((one) => one.verb === 'resume' && one.enabled)
        if (verb === undefined) continue
        gone++
        expect(fork.send(verb)).toBe(true)
        fork.play({ kind: 'look' })
        const { kind, batch } = state.hold
        expect(fork.release().state, JSON.stringify(state.hold)).not.toMatchObject({ hold: { kind, batch } })
      }
    }),
    { numRuns: 1500, ...(process.env['CI'] !== undefined && { seed: 20_261_130 }) },
  )
  expect(gone).toBeGreaterThan(50)
})
