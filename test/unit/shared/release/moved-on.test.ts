import { expect, test } from 'vitest'
import { versionOf } from '../../../../shared/release/release-version.ts'
import { command } from '../../../../shared/release/command.ts'
import { type ReleaseCommand } from '../../../../shared/release/command-context.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { drive } from '../../../support/drive-release.ts'

function sent(world: ReturnType<typeof drive>, wish: ReleaseCommand, seen: number) {
  return command(world.release(), wish, { observed: world.observed(), by: 'li.wei', now: 9_000, seen })
}

/** The canary is done, and the release waits for an approval. */
function atGate() {
  const world = drive([1, 4, 4], { gates: { bakeSeconds: 0 } })
  world.look()
  world.roll()
  world.bake()
  return world
}

const all = (release: Release) => release.batches.map((own) => own.uid)

test('every event of a release is a version of it, and each is kept in its record as such', () => {
  const world = atGate()
  expect(versionOf(world.release())).toBe(world.release().log.length)
  const before = versionOf(world.release())
  world.give({ kind: 'pause' })
  expect(versionOf(world.release())).toBe(before + 1)
})

test.each(['resume', 'retry', 'push-all', 'approve'] as const)(
  'going on is refused where something was decided that its person has not seen: %s',
  (kind) => {
    const world = atGate()
    const seen = versionOf(world.release())
    world.give({ kind: 'roll-back', mode: 'at-once', batches: all(world.release()) })
    const wish =
      kind === 'retry'
        ? ({ kind, batch: all(world.release())[0] ?? '' } as ReleaseCommand)
        : kind === 'approve'
          ? ({ kind, step: 0 } as const)
          : ({ kind } as const)
    expect(sent(world, wish, seen)).toMatchObject({ ok: false, fault: { code: 'moved-on' } })
  },
)

test('mere progress takes the ground from under nothing', () => {
  const world = drive([1, 4, 4], { gates: { bakeSeconds: 0 } })
  world.look()
  const seen = versionOf(world.release())
  world.roll()
  world.bake()
  expect(versionOf(world.release())).toBeGreaterThan(seen)
  expect(sent(world, { kind: 'push-all' }, seen)).toMatchObject({ ok: true })
})

test('a resume that was meant for one hold is not taken for the next one', () => {
  const world = drive([1, 4], { gates: { bakeSeconds: 0 } })
  world.cluster.spoil(1, 'ImagePullBackOff')
  world.look()
  world.roll()
  expect(world.release().state.kind).toBe('held')
  const seen = versionOf(world.release())
  world.give({ kind: 'resume' })
  world.cluster.setImage(1, 'registry.example/other:1')
  world.look()
  expect(world.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
  expect(sent(world, { kind: 'resume' }, seen)).toMatchObject({ fault: { code: 'moved-on' } })
})

test('to brake is right whatever has been decided since, but no stop ends a way back that was not seen', () => {
  const world = atGate()
  const seen = versionOf(world.release())
  world.give({ kind: 'approve', step: 0 })
  world.look()
  for (const kind of ['pause', 'freeze', 'stop'] as const)
    expect(sent(world, { kind }, seen)).toMatchObject({ ok: true })
  world.give({ kind: 'roll-back', mode: 'at-once', batches: all(world.release()) })
  expect(sent(world, { kind: 'stop' }, seen)).toMatchObject({ fault: { code: 'moved-on' } })
})

test('what is done already is answered as done, however old the picture is: a second click is no other wish', () => {
  const world = atGate()
  const seen = versionOf(world.release())
  world.give({ kind: 'pause' })
  expect(sent(world, { kind: 'pause' }, seen)).toMatchObject({ ok: true })
  world.give({ kind: 'resume' })
  expect(sent(world, { kind: 'resume' }, seen)).toMatchObject({ ok: true })
})

test('of events that the record keeps no longer nobody can say that they do not matter', () => {
  const world = atGate()
  const seen = versionOf(world.release())
  const release = { ...world.release(), version: seen + 500 }
  const context = { observed: world.observed(), by: 'li.wei', now: 9_000, seen }
  expect(command(release, { kind: 'push-all' }, context)).toMatchObject({ fault: { code: 'moved-on' } })
  expect(command(release, { kind: 'pause' }, context)).toMatchObject({ ok: true })
})
