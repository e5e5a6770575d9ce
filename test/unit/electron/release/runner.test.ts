import { expect, test } from 'vitest'
import { createJournal, readJournal } from '../../../../electron/release/journal.ts'
import { startRunner } from '../../../../electron/release/runner.ts'
import { failedInWords } from '../../../../shared/fault.ts'
import { uid } from '../../../../shared/ids.ts'
import { isOnItsWay } from '../../../../shared/release/settle/in-doubt.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { isOver } from '../../../../shared/release/standing.ts'
import type { Freshness } from '../../../../shared/model/freshness.ts'
import { buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'
import { createFakeClock, settled } from '../../../support/fake-clock.ts'
import { createToyApi } from '../../../support/toy-api.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'
import { wordsOf } from '../../../support/spoken.ts'

const asMe = { by: 'me', permit: () => undefined }

function setUp(parts: Parameters<typeof buildRelease>[1] = { gates: { bakeSeconds: 0 } }) {
  const cluster = createToyCluster([1, 4, 4])
  const api = createToyApi(cluster)
  const clock = createFakeClock()
  let freshness: Freshness = { kind: 'live' }
  const lookers = new Set<() => void>()
  const first = buildRelease(buildBatchSet(cluster.batches()), { now: clock.now(), ...parts })

  async function run(holder: string, release: Release = first) {
    const journal = createJournal({ api, namespace: 'demo', service: 'demo-http', holder, now: clock.now })
    expect(await journal.take(release, () => undefined)).toEqual({ ok: true, value: null })
    const runner = startRunner({
      release,
      journal,
      api,
      clock,
      observe: () => ({ freshness, service: true, batches: cluster.batches() }),
      isAsked: () => false,
      onObservation: (look) => {
        lookers.add(look)
        return () => lookers.delete(look)
      },
      onChange: () => undefined,
      log: () => undefined,
    })
    await settled()
    return runner
  }

  return {
    cluster,
    api,
    clock,
    run,
    setFreshness: (next: Freshness) => (freshness = next),
    progress: async (waves = 6) => {
      for (let wave = 0; wave < waves; wave++) {
        cluster.progress()
        for (const look of lookers) look()
        await settled()
      }
    },
    lookers,
    journaled: (): Release | undefined => {
      const lease = api.lease()
      const read = lease === undefined ? undefined : readJournal(lease)
      return read?.ok === true ? read.value : undefined
    },
  }
}

test('it drives a release to its end and leaves the lock free, with the journal as the last record', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  const runner = await world.run('me/install/1-a')
  await world.progress(12)
  expect(runner.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  expect(world.api.writes).toEqual(['demo-aone-1', 'demo-aone-2', 'demo-aone-3'])
  expect(world.api.lease()?.holder).toBe('')
  expect(world.journaled()?.state.kind).toBe('ended')
})

test('killed at any moment and started again, it writes each batch exactly once', async () => {
  for (let life = 0; life < 8; life++) {
    const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
    const runner = await world.run('me/install/1-a')
    await world.progress(life)
    runner.stop()
    const again = await world.run('me/install/2-b', world.journaled())
    await world.progress(14)
    expect(again.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
    expect(world.api.writes).toEqual(['demo-aone-1', 'demo-aone-2', 'demo-aone-3'])
  }
})

test('the intent is in the journal before the write is sent', async () => {
  const world = setUp()
  const patch = world.api.patchDeployment
  const seen: (string | undefined)[] = []
  world.api.patchDeployment = (...parts) => {
    seen.push(world.journaled()?.batches[0]?.phase.kind)
    return patch(...parts)
  }
  await world.run('me/install/1-a')
  expect(seen).toEqual(['patching'])
})

test('what is asked for and what is done about it is one entry: no crash can come between them', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  const first = await world.run('me/install/1-a')
  await world.progress(12)
  const entries: (string | undefined)[] = []
  const replace = world.api.replaceLease
  world.api.replaceLease = async (...parts) => {
    const written = await replace(...parts)
    const release = world.journaled()
    entries.push(`${release?.state.kind}: ${release?.batches.map((own) => own.phase.kind).join(' ')}`)
    return written
  }
  const runner = await world.run('me/install/1-a', first.release())
  const batches = first.release().batches.map((own) => own.uid)
  await runner.command({ kind: 'roll-back', mode: 'at-once', batches }, asMe)
  expect(entries).toEqual(['ended: done done done', 'rolling-back: returning returning returning'])
})

test('an answer that is lost after the write was done costs no second write', async () => {
  const world = setUp()
  world.api.loseNextAnswer()
  const runner = await world.run('me/install/1-a')
  await world.progress()
  expect(world.api.writes).toEqual(['demo-aone-1'])
  expect(runner.release().batches[0]?.phase.kind).toBe('done')
})

test('without a journal nothing is written to the cluster; it goes on when the journal can be written again', async () => {
  const world = setUp()
  world.setFreshness({ kind: 'stale', since: 0, why: { kind: 'words', words: 'gone' } })
  const runner = await world.run('me/install/1-a')
  world.setFreshness({ kind: 'live' })
  world.api.breakWith({ code: 'unreachable', message: 'connection refused' })
  await world.progress(1)
  expect(world.api.writes).toEqual([])
  expect(runner.fault()?.code).toBe('unreachable')
  world.api.breakWith(undefined)
  await world.clock.advance(3_000)
  expect(world.api.writes).toEqual(['demo-aone-1'])
  expect(runner.fault()).toBeUndefined()
})

test('when somebody else holds the lock it stops driving and says who', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  const runner = await world.run('me/install/1-a')
  world.api.seize('wang@desk/other/5-c')
  await world.progress(12)
  expect(runner.driving()).toBe(false)
  expect(wordsOf(runner.fault())).toContain('wang@desk')
  expect(world.api.writes).toEqual(['demo-aone-1'])
})

test('after a long sleep it renews the lock before it writes anything', async () => {
  const world = setUp()
  const runner = await world.run('me/install/1-a')
  await world.progress()
  world.api.seize('wang@desk/other/5-c')
  await world.clock.advance(60_000)
  await runner.command({ kind: 'approve', step: 0 }, asMe)
  await settled()
  expect(world.api.writes).toEqual(['demo-aone-1'])
})

test('a roll back after the end writes every batch back once', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  const first = await world.run('me/install/1-a')
  await world.progress(12)
  const batches = first.release().batches.map((own) => own.uid)
  const runner = await world.run('me/install/1-a', first.release())
  expect(await runner.command({ kind: 'roll-back', mode: 'at-once', batches }, asMe)).toMatchObject({
    ok: true,
  })
  await world.progress()
  expect(runner.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  expect(world.api.writes).toHaveLength(6)
  expect(world.cluster.batches().some((batch) => batch.containers[0]?.image === newImage)).toBe(false)
})

test('after the end nothing is observed and no lock is renewed any more', async () => {
  const { run, progress, clock, api, lookers, journaled } = setUp()
  const runner = await run('me/i/1-s')
  await runner.command({ kind: 'push-all' }, asMe)
  await progress(24)
  expect(journaled()?.state.kind).toBe('ended')
  const version = api.lease()?.meta.resourceVersion
  expect(lookers.size).toBe(0)
  await clock.advance(120_000)
  expect(api.lease()?.meta.resourceVersion).toBe(version)
})

test.each(['tryDeployment', 'patchDeployment'] as const)(
  'while a write hangs (%s), its lock is renewed, and the end is written with the lock still ours',
  async (call) => {
    const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
    const patch = world.api[call]
    let answer = (): void => undefined
    const hangs = new Promise<void>((resolve) => (answer = resolve))
    world.api[call] = async (guard, changes, waiting) => {
      await hangs
      return patch({ generation: 0, ...guard }, changes, waiting ?? new AbortController())
    }
    const runner = await world.run('me/install/1-a')
    const versions: (string | undefined)[] = [world.api.lease()?.meta.resourceVersion]
    for (let renewals = 0; renewals < 4; renewals++) {
      await world.clock.advance(15_000)
      versions.push(world.api.lease()?.meta.resourceVersion)
    }
    expect(new Set(versions).size).toBe(5)
    expect(world.api.lease()?.holder).toBe('me/install/1-a')
    answer()
    await settled()
    await world.progress(12)
    expect(runner.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
    expect(world.api.writes).toEqual(['demo-aone-1', 'demo-aone-2', 'demo-aone-3'])
  },
)

test('a bake that another process began is not over early, though our server is a minute ahead of its', async () => {
  const bakeSeconds = 120
  const world = setUp({ gates: { bakeSeconds, approval: false } })
  const runner = await world.run('me/install/1-a')
  await world.progress(2)
  expect(runner.release().batches[0]?.phase.kind).toBe('baking')
  const begun = world.clock.now()
  await world.clock.advance(30_000)
  runner.stop()
  await world.clock.advance(10_000)
  // From here on the cluster's time is that of another server.
  const skew = 60_000
  await world.clock.advance(skew)
  const again = await world.run('me/install/2-b', world.journaled())
  await world.clock.advance((bakeSeconds - 41) * 1000)
  expect(again.release().batches[0]?.phase.kind).toBe('baking')
  await world.clock.advance(60_000)
  await world.progress(1)
  expect(world.clock.now() - begun - skew).toBeGreaterThan(bakeSeconds * 1000)
  expect(again.release().batches[0]?.phase.kind).toBe('done')
})

/** All batches, for a roll back. */
function all(release: Release) {
  return release.batches.map((own) => own.uid)
}

test('a roll back that is asked for while a write hangs is written down and done at once, and that write lands no more', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  world.api.hangNextWrite()
  const runner = await world.run('me/install/1-a')
  expect(world.journaled()?.batches[0]?.phase.kind).toBe('patching')
  const wish = { kind: 'roll-back', mode: 'at-once', batches: all(runner.release()) } as const
  expect(await runner.command(wish, asMe)).toMatchObject({ ok: true })
  expect(world.journaled()?.state.kind).toBe('rolling-back')
  expect(world.journaled()?.batches[0]).toMatchObject({ phase: { kind: 'returning' }, inDoubt: {} })
  await world.progress()
  expect(runner.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  expect(world.api.fences).toEqual(['demo-aone-1'])
  const before = world.cluster.batches()
  world.api.landWrites()
  expect(world.cluster.batches()).toEqual(before)
})

test('a write that hangs and has landed all the same is taken back by the roll back', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  world.api.hangNextWrite()
  const runner = await world.run('me/install/1-a')
  world.api.landWrites()
  const wish = { kind: 'roll-back', mode: 'at-once', batches: all(runner.release()) } as const
  await runner.command(wish, asMe)
  await world.progress()
  expect(runner.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  expect(world.cluster.batches().some((batch) => batch.containers[0]?.image === newImage)).toBe(false)
})

test.each(['pause', 'freeze'] as const)(
  'a brake that is asked for while a write hangs is answered and in the journal at once: %s',
  async (kind) => {
    const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
    world.api.hangNextWrite()
    const runner = await world.run('me/install/1-a')
    expect(await runner.command({ kind }, asMe)).toMatchObject({ ok: true })
    expect(world.journaled()?.state.kind).toBe('paused')
    await settled()
    if (kind === 'freeze') expect(world.cluster.batches()[0]?.paused).toBe(true)
  },
)

test('a stop that is asked for while a write hangs keeps the lock until that write can land no more, and says what is there then', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  world.api.hangNextWrite()
  const runner = await world.run('me/install/1-a')
  await runner.command({ kind: 'stop' }, asMe)
  expect(world.journaled()?.batches[0]?.inDoubt).toBeDefined()
  expect(world.api.lease()?.holder).toBe('me/install/1-a')
  await settled()
  expect(runner.release().batches[0]?.phase.kind).toBe('waiting')
  expect(world.api.lease()?.holder).toBe('')
  const before = world.cluster.batches()
  world.api.landWrites()
  expect(world.cluster.batches()).toEqual(before)
})

test('killed between a write and its answer, whoever rolls back then sees that write out first', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  world.api.hangNextWrite()
  const runner = await world.run('me/install/1-a')
  runner.stop()
  world.setFreshness({ kind: 'stale', since: 0, why: { kind: 'words', words: 'just started' } })
  const again = await world.run('me/install/2-b', world.journaled())
  const wish = { kind: 'roll-back', mode: 'at-once', batches: all(again.release()) } as const
  await again.command(wish, asMe)
  world.setFreshness({ kind: 'live' })
  await world.progress()
  expect(again.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  const before = world.cluster.batches()
  world.api.landWrites()
  expect(world.cluster.batches()).toEqual(before)
})

test('while the write back of one batch hangs, the others go back and the lock is renewed', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  const first = await world.run('me/install/1-a')
  await world.progress(12)
  const runner = await world.run('me/install/1-a', first.release())
  world.api.hangNextWrite()
  const wish = { kind: 'roll-back', mode: 'at-once', batches: all(first.release()) } as const
  await runner.command(wish, asMe)
  await world.progress()
  expect(runner.release().batches.map((own) => own.phase.kind)).toEqual(['returning', 'returned', 'returned'])
  const version = world.api.lease()?.meta.resourceVersion
  await world.clock.advance(15_000)
  expect(world.api.lease()?.meta.resourceVersion).not.toBe(version)
})

test('a write whose trial took so long that the lock may be lost asks for it again before it is sent', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  let answer = (): void => undefined
  const hangs = new Promise<void>((resolve) => (answer = resolve))
  const tried = world.api.tryDeployment
  world.api.tryDeployment = async (...parts) => {
    await hangs
    return tried(...parts)
  }
  const runner = await world.run('me/install/1-a')
  world.api.seize('wang@desk/other/5-c')
  // A laptop that sleeps: no timer fires.
  world.clock.jump(60_000)
  answer()
  await settled()
  expect(world.api.writes).toEqual([])
  expect(runner.driving()).toBe(false)
})

test('whoever is replaced says so to every command that it can obey no more, and leaves what it has obeyed in its release', async () => {
  const world = setUp()
  const runner = await world.run('me/install/1-a')
  await world.progress()
  const obeyed = runner.command({ kind: 'pause' }, asMe)
  await settled()
  const left = runner.retire()
  const late = runner.command({ kind: 'approve', step: 0 }, asMe)
  expect(await obeyed).toMatchObject({ ok: true })
  expect(await late).toMatchObject({ ok: false, fault: { code: 'conflict' } })
  expect((await left).state.kind).toBe('paused')
})

test('a release that is replaced while its write hangs is left with that write on its way', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  world.api.hangNextWrite()
  const runner = await world.run('me/install/1-a')
  const left = runner.retire()
  await world.clock.advance(10_000)
  const release = await left
  expect(isOnItsWay(release, release.batches[0]?.uid ?? uid('?'))).toBe(true)
})

test('while something else may take its place a lock is renewed, and neither once that is about to be written nor by what is answered late', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  world.api.hangNextWrite()
  const runner = await world.run('me/install/1-a')
  const left = runner.retire()
  await world.clock.advance(10_000)
  await left
  const renewed = (): string | undefined => world.api.lease()?.renewTime
  const before = renewed()
  await world.clock.advance(15_000)
  const after = renewed()
  expect(after).not.toBe(before)
  await runner.rest()
  world.api.landWrites()
  await world.clock.advance(30_000)
  expect(renewed()).toBe(after)
})

test('a release that nothing has taken the place of goes on without being given the lock anew', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  const runner = await world.run('me/install/1-a')
  const left = await runner.retire()
  await runner.rest()
  world.api.getLease = () => Promise.reject(new Error('nobody asks for it'))
  void runner.goOn(left)
  expect(runner.driving()).toBe(true)
  await world.progress(12)
  expect(runner.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  expect(world.api.lease()?.holder).toBe('')
})

test('an end that could not be written at first is written, and the lock is given back with it', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  world.api.hangNextWrite()
  const runner = await world.run('me/install/1-a')
  const replace = world.api.replaceLease
  let writable = true
  // The end that was asked for stands; what was in doubt has been seen out, and nobody can write that down.
  world.api.replaceLease = (...parts) =>
    writable ? replace(...parts) : Promise.resolve(failedInWords('unreachable', 'connection refused'))
  const patch = world.api.patchDeployment
  world.api.patchDeployment = (...parts) => {
    writable = false
    return patch(...parts)
  }
  await runner.command({ kind: 'stop' }, asMe)
  await settled()
  expect(isOver(runner.release())).toBe(true)
  expect(world.journaled()?.batches[0]?.inDoubt).toBeDefined()
  expect(runner.driving()).toBe(true)
  writable = true
  await world.clock.advance(3_000)
  expect(world.journaled()?.batches[0]?.inDoubt).toBeUndefined()
  expect(world.api.lease()?.holder).toBe('')
  expect(runner.driving()).toBe(false)
})

test('what is asked for while the end is being written is left to those who look after what has ended', async () => {
  const world = setUp({ gates: { bakeSeconds: 0, approval: false } })
  const runner = await world.run('me/install/1-a')
  await world.progress(2)
  const ends = runner.command({ kind: 'stop' }, asMe)
  const wish = { kind: 'roll-back', mode: 'at-once', batches: all(runner.release()) } as const
  const late = runner.command(wish, asMe)
  expect(await ends).toMatchObject({ ok: true })
  expect(await late).toBeUndefined()
  expect(runner.driving()).toBe(false)
  expect(world.api.lease()?.holder).toBe('')
})
