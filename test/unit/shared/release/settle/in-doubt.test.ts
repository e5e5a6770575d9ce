import { describe, expect, test } from 'vitest'
import {
  allInDoubt,
  doubtsFrom,
  isOnItsWay,
  seeingOut,
  withDoubts,
} from '../../../../../shared/release/settle/in-doubt.ts'
import type { BatchPhase, Release, ReleaseBatch } from '../../../../../shared/release/release.ts'
import { replaceBatch } from '../../../../../shared/release/transitions.ts'
import type { Batch } from '../../../../../shared/model/batch-set.ts'
import { buildBatch, buildBatchSet } from '../../../../support/build-batch.ts'
import { buildRelease } from '../../../../support/build-release.ts'

const now = 500_000
const [first, second, third] = [1, 2, 3].map((number) => buildBatch(number))
if (first === undefined || second === undefined || third === undefined) throw new Error('no batches')
const set = buildBatchSet([first, second, third])
const patching = { kind: 'patching', attempt: 1, since: 2000 } as const
const done = { kind: 'done', at: 3000, generation: 2, digest: 'new', rolledSince: 2500, pods: 1 } as const

function releaseWith(
  parts: Partial<ReleaseBatch>,
  { number = 1, of = buildRelease(set) }: { readonly number?: number; readonly of?: Release } = {},
): Release {
  const own = of.batches.find((one) => one.number === number)
  if (own === undefined) throw new Error('no batch')
  return replaceBatch(of, { ...own, ...parts })
}

const inPhase = (phase: BatchPhase): Release => releaseWith({ phase })
const inDoubt = ({ batches }: Release): readonly number[] =>
  batches.filter((own) => own.inDoubt !== undefined).map((own) => own.number)

/** Sizes that were asked of the second batch, and not yet answered; none of the third. */
const resized: Release = {
  ...buildRelease(set),
  resize: {
    phase: 'growing',
    targets: [
      { batch: third.uid, from: 16, to: 20, sent: false },
      { batch: second.uid, from: 16, to: 18, sent: false, asked: true },
    ],
  },
}

describe('what may be on its way to a batch', () => {
  test('is a template whose intent is written, until the release has ended', () => {
    const release = inPhase(patching)
    expect([first, second].map((one) => isOnItsWay(release, one.uid))).toEqual([true, false])
    const ended = { ...release, state: { kind: 'ended', at: now, outcome: 'stopped' } } as const
    expect(isOnItsWay(ended, first.uid)).toBe(false)
  })

  test('is a size that was asked of this very batch, and not of another one', () => {
    expect([first, second, third].map((one) => isOnItsWay(resized, one.uid))).toEqual([false, true, false])
  })

  test('is a freeze or a thaw, until it is answered or given up', () => {
    const ways = [
      { wish: 'freeze', sent: false },
      { wish: 'thaw', sent: false },
      { wish: 'freeze', sent: true },
      { wish: 'freeze', sent: false, stuck: { kind: 'refused', message: 'no' } },
    ] as const
    expect(ways.map((freeze) => isOnItsWay(releaseWith({ freeze }), first.uid))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  test('is a way back, as long as it is meant: not of batches that the way back leaves alone', () => {
    const returning = { kind: 'returning', attempt: 1, since: 2000 } as const
    expect(isOnItsWay(inPhase(returning), first.uid)).toBe(true)
    const rolling = (batch: Batch): Release => ({
      ...inPhase(patching),
      state: { kind: 'rolling-back', since: 1, by: '', mode: 'at-once', batches: [batch.uid], then: 'end' },
    })
    expect(isOnItsWay(rolling(first), first.uid)).toBe(true)
    expect(isOnItsWay(rolling(second), first.uid)).toBe(false)
  })

  test('a way that leads elsewhere leaves the one before it in doubt', () => {
    const forward = inPhase(patching)
    const home = inPhase({ kind: 'returning', attempt: 1, since: 2000 })
    const start = inPhase({ kind: 'returning', attempt: 1, since: 2000, to: 'start' })
    for (const [before, after] of [
      [forward, home],
      [forward, start],
      [home, start],
      [start, home],
    ] as const)
      expect(inDoubt(withDoubts(before, after, now))).toEqual([1])
    for (const same of [forward, home, start]) expect(inDoubt(withDoubts(same, { ...same }, now))).toEqual([])
  })

  test('a freeze that has been answered leaves no doubt', () => {
    for (const wish of ['freeze', 'thaw'] as const) {
      const asked = releaseWith({ freeze: { wish, sent: false } })
      expect(inDoubt(withDoubts(asked, releaseWith({ freeze: { wish, sent: true } }), now))).toEqual([])
    }
  })

  test('a thaw in place of a freeze that is on its way leaves the freeze in doubt', () => {
    const frozen = releaseWith({ freeze: { wish: 'freeze', sent: false } })
    const thawed = releaseWith({ freeze: { wish: 'thaw', sent: false } })
    expect(inDoubt(withDoubts(frozen, thawed, now))).toEqual([1])
    expect(inDoubt(withDoubts(frozen, { ...frozen }, now))).toEqual([])
  })
})

describe('what one release leaves in doubt to the next', () => {
  test('is what was on its way and what could not be seen out, and nothing else', () => {
    const next = buildRelease(set)
    expect(inDoubt(doubtsFrom(inPhase(done), next, now))).toEqual([])
    expect(inDoubt(doubtsFrom(inPhase(patching), next, now))).toEqual([1])
    expect(inDoubt(doubtsFrom(resized, next, now))).toEqual([2])
    const left = { since: 1000, left: { kind: 'refused', message: 'no' } } as const
    expect(inDoubt(doubtsFrom(releaseWith({ phase: done, inDoubt: left }), next, now))).toEqual([1])
    // A journal of an earlier build, which ended in the middle.
    const ended = { ...inPhase(patching), state: { kind: 'ended', at: now, outcome: 'stopped' } } as const
    expect(inDoubt(doubtsFrom(ended, next, now))).toEqual([1])
  })

  test('to whoever takes it over: also every batch that is still to be written, and none that is done', () => {
    expect(inDoubt(allInDoubt(inPhase(done), now))).toEqual([2, 3])
    expect(inDoubt(allInDoubt(inPhase(patching), now))).toEqual([1, 2, 3])
  })
})

describe('what is in doubt is seen out', () => {
  const doubtful = releaseWith(
    { inDoubt: { since: 7 } },
    {
      number: 2,
      of: releaseWith({ phase: patching, inDoubt: { since: 5, tried: { count: 3, since: 5, message: '' } } }),
    },
  )
  const effect = {
    kind: 'set-paused',
    id: 'r1/demo-aone-1/pause',
    batch: first.uid,
    name: first.name,
    paused: true,
  } as const

  test('by a write that is due anyway, else by one of its own', () => {
    const { effects } = seeingOut(doubtful, { release: doubtful, effects: [effect] }, now)
    expect(effects).toEqual([
      { ...effect, inDoubt: true },
      { kind: 'see-out', id: 'r1/2/see-out/7/0', batch: second.uid, name: second.name, inDoubt: true },
    ])
    const beside = { ...effect, batch: third.uid, name: third.name }
    expect(seeingOut(doubtful, { release: doubtful, effects: [beside] }, now).effects[0]).toEqual(beside)
    const alone = seeingOut(doubtful, { release: doubtful, effects: [] }, now)
    expect(alone.effects.map((one) => one.id)).toEqual(['r1/1/see-out/5/3', 'r1/2/see-out/7/0'])
  })

  test('not before its next try, for which it is woken', () => {
    const waiting = releaseWith({ inDoubt: { since: 5, retryAt: now + 4000 } })
    const decision = seeingOut(waiting, { release: waiting, effects: [], wakeAt: now + 9000 }, now)
    expect(decision).toEqual({ release: waiting, effects: [], wakeAt: now + 4000 })
    const due = seeingOut(waiting, { release: waiting, effects: [] }, now + 4000)
    expect(due.effects).toHaveLength(1)
    expect(due).not.toHaveProperty('wakeAt')
  })
})
