import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Freshness } from '../../../../../shared/model/freshness.ts'
import { decide } from '../../../../../shared/release/decide.ts'
import type { EffectResult, Release } from '../../../../../shared/release/release.ts'
import { sayEnglish } from '../../../../../shared/words/sentences-en.ts'
import { settle } from '../../../../../shared/release/settle/settle.ts'
import { command } from '../../../../../shared/release/command.ts'
import { type ReleaseCommand } from '../../../../../shared/release/command-context.ts'
import { nextTry, waitsUntil } from '../../../../../shared/release/settle/tries.ts'
import { pipelineView } from '../../../../../shared/view/pipeline-view.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { buildBatchSet } from '../../../../support/build-batch.ts'
import { buildRelease } from '../../../../support/build-release.ts'
import { createToyCluster } from '../../../../support/toy-cluster.ts'

const live: Freshness = { kind: 'live' }
const webhook = 'failed calling webhook "policy.example": connection refused'

/** A release whose writes all come to the same, driven at exactly the times that it asks for. */
function failing(parts: Parameters<typeof buildRelease>[1] = {}) {
  const cluster = createToyCluster([1, 4, 4])
  let release = buildRelease(buildBatchSet(cluster.batches()), { batchLimitSeconds: 300, ...parts })
  let now = 1000
  let result: EffectResult | undefined = { kind: 'unknown', message: webhook }
  let tries = 0
  const observed = () => ({ freshness: live, service: true, batches: cluster.batches() })

  function look(): number | undefined {
    const decision = decide(release, observed(), now)
    release = decision.release
    for (const effect of decision.effects) {
      tries++
      release = settle(release, effect, { result: result ?? cluster.apply(effect), now })
    }
    return decision.effects.length > 0 ? now : decision.wakeAt
  }
  return {
    look,
    heal: () => (result = undefined),
    release: (): Release => release,
    tries: () => tries,
    now: () => now,
    sleep: (seconds: number) => (now += seconds * 1000),
    give: (wish: ReleaseCommand) => {
      const reply = command(release, wish, { observed: observed(), by: 'li', now })
      if (reply.ok) release = reply.value
      return reply
    },
    /** Until nothing is due any more. */
    run(seconds = 10_000): void {
      for (const end = now + seconds * 1000; now < end;) {
        const wake = look()
        if (wake === undefined) return
        now = Math.max(now + 1, wake)
      }
    },
    view: () =>
      pipelineView({
        connection: connectionId('c'),
        set: buildBatchSet(cluster.batches()),
        freshness: live,
        lock: { kind: 'mine' },
        release,
        driving: true,
        now,
      }),
  }
}

describe('a write that fails', () => {
  test('is told at once in the words of the server, with the count of tries and what ends it', () => {
    const world = failing()
    world.look()
    const [first] = world.view().batches
    expect(first?.write).toMatchObject({ message: webhook, tries: 1, since: 1000, until: 301_000 })
    expect(sayEnglish(world.view().headline)).toBe(
      `The change of batch 1 is not written yet, tried once. Tried again until 5 min are over, then by you. The answer: ${webhook}`,
    )
    expect(first?.sentence).toEqual({ kind: 'batch-tried', tries: 1 })
  })

  test('is tried until the limit of its batch, then holds the release with these words', () => {
    const world = failing()
    world.run()
    expect(world.release().state).toMatchObject({
      kind: 'held',
      hold: { kind: 'given-up', message: webhook, tries: world.tries() },
    })
    expect(world.now()).toBeGreaterThanOrEqual(301_000)
    expect(world.now()).toBeLessThan(301_000 + 31_000)
    expect(world.view().batches[0]).toMatchObject({ look: 'failing', sentence: { kind: 'batch-given-up' } })
    expect(world.view().batches[0]?.write).toBeUndefined()
  })

  test('is tried again when a person says so, for a whole limit more, and goes on once it is taken', () => {
    const world = failing()
    world.run()
    const before = world.tries()
    const own = world.release().batches[0]?.uid ?? ''
    expect(world.give({ kind: 'retry', batch: own as never }).ok).toBe(true)
    world.look()
    expect(world.tries()).toBe(before + 1)
    expect(world.view().batches[0]?.write).toMatchObject({ tries: 1 })
    world.heal()
    world.run(60)
    expect(world.release().batches[0]?.phase.kind).toBe('rolling')
  })

  test('is not given up by a laptop that slept through the limit before it has tried in earnest', () => {
    const world = failing()
    world.look()
    world.sleep(7200)
    world.look()
    expect(world.release().state.kind).toBe('running')
    world.heal()
    world.run(60)
    expect(world.release().batches[0]?.phase.kind).toBe('rolling')
  })

  test('is left alone while the release is paused, and says so', () => {
    const world = failing()
    world.look()
    world.give({ kind: 'pause' })
    const before = world.tries()
    world.run(600)
    expect(world.tries()).toBe(before)
    expect(world.view().batches[0]?.write).not.toHaveProperty('until')
    expect(world.view().headline).toEqual({ kind: 'release-paused', by: 'li' })
  })

  test('on the way back is told beside the way back, and ends it in part with these words', () => {
    const world = failing()
    world.heal()
    world.run(60)
    const broken = failing()
    broken.look()
    broken.give({
      kind: 'roll-back',
      mode: 'at-once',
      batches: broken.release().batches.map((one) => one.uid),
    })
    broken.look()
    expect(broken.view().headline).toMatchObject({
      kind: 'release-rolling-back',
      tried: { kind: 'write-tried', write: 'back', tries: 1, message: webhook },
    })
    broken.run()
    expect(broken.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back-in-part' })
    expect(broken.view().batches[0]?.sentence).toMatchObject({
      kind: 'batch-stuck',
      why: { kind: 'given-up', message: webhook },
    })
  })

  test('of a size, and of a brake, is told and ends as well', () => {
    const uid = buildBatchSet(createToyCluster([1, 4, 4]).batches()).batches[1]?.uid
    if (uid === undefined) throw new Error('no batch')
    const sized = failing({ change: { kind: 'none' }, sizes: [{ batch: uid, from: 4, to: 6 }] })
    sized.look()
    expect(sized.view().batches[1]?.write?.sentence).toMatchObject({ kind: 'write-tried', write: 'size' })
    sized.run()
    expect(sized.release().state).toMatchObject({ kind: 'held', hold: { kind: 'given-up', batch: uid } })
    const braked = failing()
    braked.look()
    braked.give({ kind: 'freeze' })
    braked.look()
    expect(braked.view().batches[0]?.write?.sentence).toMatchObject({ write: 'freeze', tries: 1 })
    braked.run()
    expect(braked.release().batches[0]?.freeze).toMatchObject({ wish: 'freeze', stuck: { kind: 'given-up' } })
    expect(braked.release().state).toMatchObject({ kind: 'paused' })
    expect(braked.view().headline).toMatchObject({ kind: 'release-brake-stuck', wish: 'freeze', batch: 1 })
  })

  test('of a brake does not keep a way back from being gone', () => {
    const world = failing()
    world.heal()
    world.look()
    world.look()
    world.give({ kind: 'freeze' })
    world.look()
    expect(world.release().batches[0]?.freeze).toMatchObject({ sent: true })
    const stuck = failing()
    stuck.look()
    stuck.give({ kind: 'freeze' })
    stuck.look()
    stuck.give({ kind: 'roll-back', mode: 'at-once', batches: stuck.release().batches.map((one) => one.uid) })
    const before = stuck.tries()
    stuck.look()
    expect(stuck.release().batches[0]?.phase.kind).toBe('returning')
    expect(stuck.tries()).toBeGreaterThan(before)
  })
})

test('however writes fail, trying comes to an end soon after the limit and not before it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7200 }),
      fc.array(fc.record({ retryAfter: fc.integer({ min: 0, max: 60 }) }), { minLength: 1, maxLength: 5 }),
      (limitSeconds, answers) => {
        let tried: Parameters<typeof nextTry>[0]
        let now = 0
        for (let count = 0; ; count++) {
          const failure = { message: 'no', ...answers[count % answers.length] }
          const next = nextTry(tried, failure, { now, limitSeconds })
          if (next.kind === 'over') {
            expect(now).toBeGreaterThanOrEqual(limitSeconds * 1000)
            expect(now).toBeLessThanOrEqual(limitSeconds * 1000 + 361_000)
            return
          }
          expect(next.retryAt).toBeGreaterThan(now)
          ;({ tried } = next)
          now = next.retryAt
        }
      },
    ),
  )
})

test('a wait that a corrected clock has put days ahead is over at once', () => {
  expect(waitsUntil(undefined, 5_000)).toBeUndefined()
  expect(waitsUntil(6_000, 5_000)).toBe(6_000)
  expect(waitsUntil(5_000, 5_000)).toBeUndefined()
  expect(waitsUntil(5_000 + 6 * 86_400_000, 5_000)).toBeUndefined()
  const next = nextTry(undefined, { message: 'no', retryAfter: 86_400 }, { now: 0, limitSeconds: 60 })
  expect(next).toMatchObject({ kind: 'again', retryAt: 60_000 })
})
