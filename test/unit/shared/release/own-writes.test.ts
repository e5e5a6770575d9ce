import { describe, expect, test } from 'vitest'
import { releaseId } from '../../../../shared/ids.ts'
import { command } from '../../../../shared/release/command.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { Effect, Release } from '../../../../shared/release/release.ts'
import { settle } from '../../../../shared/release/settle/settle.ts'
import { isTouched } from '../../../../shared/release/standing.ts'
import type { StartInput } from '../../../../shared/release/start/start.ts'
import { buildBatchSet, buildTemplate, newImage, oldImage } from '../../../support/build-batch.ts'
import { buildRelease, quickGates } from '../../../support/build-release.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'
import { wordsOf } from '../../../support/spoken.ts'

const thirdImage = 'registry.example/app-cloud/demo:20190301'
const live = { kind: 'live' } as const

/** A second release takes the place of a first one, whose write to the canary is still on its way. */
function superseded(parts: Partial<StartInput> = {}) {
  const cluster = createToyCluster([1, 4])
  const first = decide(buildRelease(buildBatchSet(cluster.batches())), seen(), 1000)
  const late = first.effects[0]
  if (late === undefined) throw new Error('nothing was sent')
  const images = cluster
    .batches()
    .map((batch) => ({ batch: batch.uid, container: 'demo-aone', image: thirdImage }))
  let release: Release = buildRelease(buildBatchSet(cluster.batches()), {
    id: releaseId('r2'),
    now: 2000,
    images,
    supersede: { release: first.release, from: 'canary' },
    ...parts,
  })
  let now = 2000

  function seen() {
    return { freshness: live, service: true, batches: cluster.batches() }
  }
  return {
    cluster,
    release: () => release,
    land: () => cluster.apply(late),
    look(answers: (effect: Effect) => ReturnType<typeof cluster.apply> = cluster.apply): void {
      const decision = decide(release, seen(), now)
      release = decision.release
      for (const effect of decision.effects)
        release = settle(release, effect, { result: answers(effect), now })
    },
    roll(): void {
      for (let wave = 0; wave < 6; wave++) {
        cluster.progress()
        this.look()
        now += 11_000
      }
    },
    rollBack(): void {
      const batches = release.batches.map((own) => own.uid)
      const wish = { kind: 'roll-back', mode: 'at-once', batches } as const
      const reply = command(release, wish, { observed: seen(), by: 'li', now })
      if (!reply.ok) throw new Error(wordsOf(reply.fault))
      release = reply.value
    },
    image: () => cluster.batches()[0]?.containers[0]?.image,
  }
}

describe('a write of the release before that lands once another one has taken its place', () => {
  test('is ours: nobody else is said to have changed the batch, and it is updated', () => {
    const run = superseded()
    run.land()
    run.look()
    expect(run.release().state).toEqual({ kind: 'running' })
    run.roll()
    expect(run.image()).toBe(thirdImage)
  })

  test('is ours as well where it lands between the look and the write', () => {
    const run = superseded()
    run.look((effect) => {
      run.land()
      return run.cluster.apply(effect)
    })
    run.roll()
    expect(run.release().state.kind).not.toBe('held')
    expect(run.image()).toBe(thirdImage)
  })

  test('can be taken back, before it has landed and after', () => {
    for (const isLate of [true, false]) {
      const run = superseded()
      expect(run.release().batches.map(isTouched)).toEqual([true, false])
      if (!isLate) run.land()
      run.rollBack()
      if (isLate) run.land()
      run.look()
      run.roll()
      expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
      expect(run.image()).toBe(oldImage)
    }
  })

  test('can be taken back where the second release leaves the batch out', () => {
    const run = superseded({
      steps: [1, 0].map((index) => {
        const batch = createToyCluster([1, 4]).batches()[index]
        if (batch === undefined) throw new Error('no batch')
        return { batch: batch.uid, gates: quickGates, leftOut: index === 0 }
      }),
    })
    run.land()
    run.rollBack()
    run.look()
    run.roll()
    expect(run.image()).toBe(oldImage)
  })

  test('is what a restart then restarts', () => {
    const run = superseded({ change: { kind: 'restart', at: 5000 }, images: [] })
    run.land()
    run.look()
    run.roll()
    expect(run.image()).toBe(newImage)
    expect(run.cluster.batches()[0]?.template).not.toEqual(buildTemplate(newImage))
  })

  test('what somebody else has written meanwhile is still theirs', () => {
    const run = superseded()
    run.cluster.setImage(1, 'registry.example/other:1')
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
  })

  test('that never came leaves nothing to be taken back', () => {
    const run = superseded({
      steps: [1, 0].map((index) => {
        const batch = createToyCluster([1, 4]).batches()[index]
        if (batch === undefined) throw new Error('no batch')
        return { batch: batch.uid, gates: quickGates, leftOut: false }
      }),
    })
    run.look()
    const canary = run.release().batches.find((own) => own.number === 1)
    expect(canary?.inDoubt).toBeUndefined()
    expect(canary === undefined ? undefined : isTouched(canary)).toBe(false)
  })
})
