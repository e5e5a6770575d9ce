import { describe, expect, test } from 'vitest'
import { uid } from '../../../../../shared/ids.ts'
import { command } from '../../../../../shared/release/command.ts'
import { decide } from '../../../../../shared/release/decide.ts'
import type {
  BatchPhase,
  Effect,
  EffectResult,
  Release,
  ReleaseBatch,
} from '../../../../../shared/release/release.ts'
import { settle } from '../../../../../shared/release/settle/settle.ts'
import { replaceBatch } from '../../../../../shared/release/transitions.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../../support/build-batch.ts'
import { buildRelease } from '../../../../support/build-release.ts'
import { drive } from '../../../../support/drive-release.ts'

const now = 500_000
const set = buildBatchSet([1, 2, 3].map((number) => buildBatch(number)))
const patching = { kind: 'patching', attempt: 1, since: 2000 } as const
const returning = { kind: 'returning', attempt: 1, since: 2000 } as const
const done = { kind: 'done', generation: 7, digest: 'new' } as const

function releaseWith(parts: Partial<ReleaseBatch>, of: Release = buildRelease(set)): Release {
  const [own] = of.batches
  if (own === undefined) throw new Error('no batch')
  return replaceBatch(of, { ...own, ...parts })
}

function effectOf(kind: 'set-images' | 'set-template', inDoubt = false): Effect {
  const about = { batch: set.batches[0]?.uid, name: 'demo-aone-1', cause: '' }
  const doubt = inDoubt ? { inDoubt: true } : {}
  return kind === 'set-images'
    ? ({ kind, id: 'f', ...about, generation: 1, images: [], ...doubt } as unknown as Effect)
    : ({ kind, id: 'b', way: 'back', ...about, template: {}, replaceable: [], ...doubt } as unknown as Effect)
}

const first = (release: Release): ReleaseBatch | undefined => release.batches[0]

describe('an answer to a write', () => {
  test.each([
    ['done', done, false],
    ['gone', { kind: 'gone' }, false],
    ['not answered', { kind: 'unknown', message: 'timeout' }, true],
    ['refused', { kind: 'refused', message: 'denied' }, true],
    ['foreign', { kind: 'foreign', manager: 'kubectl', at: 1 }, true],
  ] as const)('%s: whether an earlier one may still land', (_, result: EffectResult, isInDoubt) => {
    const late = [{ kind: 'restart', at: 5 }] as const
    const release = releaseWith({ phase: patching, inDoubt: { since: 5 }, late })
    const own = first(settle(release, effectOf('set-images', true), { result, now }))
    expect(own?.inDoubt !== undefined).toBe(isInDoubt)
    expect(own?.late !== undefined).toBe(isInDoubt)
    // A write that was not to see anything out has seen out nothing.
    const plain = first(settle(release, effectOf('set-images'), { result: done, now }))
    expect(plain).toMatchObject({ inDoubt: { since: 5 }, late })
  })

  test.each([
    ['set-images', { kind: 'skipped', touched: true }],
    ['set-images', returning],
    ['set-template', patching],
    ['set-template', { kind: 'waiting' }],
  ] as const)(
    'of %s to a batch that means something else by now (%o) changes nothing',
    (kind, phase: BatchPhase) => {
      const release = releaseWith({ phase })
      expect(settle(release, effectOf(kind), { result: done, now })).toEqual(release)
    },
  )

  test('of a way back keeps where to it leads, and makes nothing up', () => {
    const back = { kind: 'rolling-back', since: 2000, generation: 7, digest: 'new' } as const
    const home = settle(releaseWith({ phase: returning }), effectOf('set-template'), { result: done, now })
    expect(first(home)?.phase).toStrictEqual(back)
    const start = { ...returning, to: 'start' } as const
    const put = settle(releaseWith({ phase: start }), effectOf('set-template'), { result: done, now })
    expect(first(put)?.phase).toStrictEqual({ ...back, to: 'start' })
  })

  test('that somebody has paused it holds the release, says who, and the batch is written later', () => {
    const result = { kind: 'paused', manager: 'kubectl-rollout', at: 800 } as const
    const held = settle(releaseWith({ phase: patching }), effectOf('set-images'), { result, now })
    expect(first(held)?.phase).toEqual({ kind: 'waiting' })
    expect(held.state).toMatchObject({
      kind: 'held',
      hold: { kind: 'batch-paused', manager: 'kubectl-rollout' },
    })
  })

  test('that is lost of one size leaves the other sizes alone, and is counted', () => {
    const [one, two] = set.batches
    if (one === undefined || two === undefined) throw new Error('no batches')
    const sizes = [
      { batch: one.uid, from: 1, to: 2 },
      { batch: two.uid, from: 16, to: 18 },
    ]
    const release = buildRelease(set, { sizes })
    const effect = {
      kind: 'set-replicas',
      id: 's',
      batch: two.uid,
      name: two.name,
      from: 16,
      to: 18,
    } as const
    const lost = { result: { kind: 'unknown', message: 'timeout' }, now } as const
    const again = settle(settle(release, effect, lost), effect, lost)
    expect(again.resize?.targets.map((target) => target.tried?.count)).toEqual([undefined, 2])
  })
})

describe('a roll back that is asked for twice', () => {
  function goingBack(mode: 'at-once' | 'batch-by-batch', then: 'end' | 'hold' = 'end'): Release {
    const batches = set.batches.slice(0, 2).map((one) => one.uid)
    const state = { kind: 'rolling-back', since: 3000, by: 'li', mode, batches, then } as const
    const release = { ...releaseWith({ phase: returning }), state }
    const [own, second, third] = release.batches
    if (own === undefined || second === undefined || third === undefined) throw new Error('no batches')
    return { ...release, batches: [own, { ...second, phase: returning }, third] }
  }
  const all = set.batches.map((one) => one.uid)
  const observed = { freshness: { kind: 'live' }, service: true, batches: set.batches } as const
  const asked = (release: Release, mode: 'at-once' | 'batch-by-batch', batches = all) =>
    command(release, { kind: 'roll-back', mode, batches }, { observed, by: 'li', now })

  test('changes nothing where all that was changed goes back already, no slower', () => {
    for (const [is, wished] of [
      ['at-once', 'at-once'],
      ['at-once', 'batch-by-batch'],
      ['batch-by-batch', 'batch-by-batch'],
    ] as const) {
      const release = goingBack(is)
      const reply = asked(release, wished)
      expect(reply.ok && reply.value === release, `${is}, then ${wished}`).toBe(true)
    }
  })

  test('of batches that this release has not changed is refused, whatever goes on', () => {
    const [, , untouched] = all
    if (untouched === undefined) throw new Error('no batch')
    const running = releaseWith({ phase: { ...patching } })
    for (const release of [running, goingBack('at-once')])
      expect(asked(release, 'at-once', [untouched])).toMatchObject({ fault: { code: 'conflict' } })
  })

  test('is no repetition where the plan has begun it, and it leads somewhere else', () => {
    expect(asked(goingBack('at-once', 'hold'), 'at-once')).toMatchObject({ fault: { code: 'conflict' } })
    // One batch is being put back, in a release that goes on.
    const running = releaseWith({ phase: { ...returning, to: 'start' } })
    expect(asked(running, 'at-once')).toMatchObject({ value: { state: { kind: 'rolling-back' } } })
  })

  test('is made faster where that is what was asked', () => {
    expect(asked(goingBack('batch-by-batch'), 'at-once')).toMatchObject({
      value: { state: { mode: 'at-once' } },
    })
  })
})

describe('who has scaled', () => {
  const told = (release: Release) =>
    release.log.filter((event) => event.what === 'scaled').map((one) => one.batch)

  test('is told of a batch whose size this release does not set, and never of its own sizes', () => {
    const [one, two] = set.batches
    if (one === undefined || two === undefined) throw new Error('no batches')
    const sizes = [{ batch: two.uid, from: 16, to: 18 }]
    const seen = (of: Readonly<Record<number, number>>) => ({
      freshness: { kind: 'live' } as const,
      service: true,
      batches: set.batches.map((batch) => ({ ...batch, desired: of[batch.number] ?? batch.desired })),
    })
    const release = buildRelease(set, { sizes })
    expect(told(decide(release, seen({ 2: 18 }), now).release)).toEqual([])
    expect(told(decide(release, seen({ 1: 18 }), now).release)).toEqual([one.uid])
    expect(told(decide(release, seen({ 2: 17 }), now).release)).toEqual([two.uid])
  })
})

describe('the plan answers a failing batch', () => {
  test.each(['deadline', 'restarts'] as const)('also one that fails by its %s', (kind) => {
    const run = drive([1, 4], {
      gates: { approval: false },
      onFailure: 'roll-back-all',
      batchLimitSeconds: 300,
    })
    run.look()
    if (kind === 'restarts') {
      run.roll()
      run.cluster.restartPods(1)
    } else run.wait(301)
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'rolling-back', because: { kind }, then: 'end' })
  })
})

describe('what a write that was seen out has left', () => {
  const wanted = buildBatch(1, { image: newImage })
  const found = { ...wanted, meta: {} } as unknown as NonNullable<
    Extract<EffectResult, { kind: 'done' }>['found']
  >
  const ended = { kind: 'ended', at: 4000, outcome: 'stopped' } as const
  const seenOut = (of: Release, result: EffectResult): ReleaseBatch | undefined => {
    const effect = { kind: 'see-out', id: 's', batch: wanted.uid, name: wanted.name, inDoubt: true } as const
    return first(settle(of, effect, { result, now }))
  }
  const doubtful = (phase: BatchPhase, state?: Release['state']): Release => {
    const release = releaseWith({ phase, inDoubt: { since: 5 } })
    return state === undefined ? release : { ...release, state }
  }
  const back = (...batches: readonly number[]) =>
    ({
      kind: 'rolling-back',
      since: 3000,
      by: 'li',
      mode: 'at-once',
      batches: batches.map((number) => buildBatch(number).uid),
      then: 'end',
    }) as const

  test('is found at the Deployment, where the release means it no more', () => {
    const result = { ...done, digest: wanted.templateDigest, found } as const
    const rolling = {
      kind: 'rolling',
      since: 2000,
      generation: 7,
      digest: wanted.templateDigest,
      highWater: 0,
      progressAt: now,
      restartsBefore: 0,
    }
    expect(seenOut(doubtful(patching, ended), result)?.phase).toEqual(rolling)
    expect(seenOut(doubtful(patching, back(2)), result)?.phase).toEqual(rolling)
    // Its own write is still to come: it reads first.
    for (const state of [undefined, back(1)])
      expect(seenOut(doubtful(patching, state), result)).toMatchObject({ phase: patching })
    const nothing = { ...found, ...buildBatch(1) }
    const old = { ...result, digest: buildBatch(1).templateDigest, found: nothing }
    expect(seenOut(doubtful(patching, ended), old)?.phase).toEqual({ kind: 'waiting' })
  })

  test('is not judged by an answer without the object', () => {
    expect(seenOut(doubtful(patching, ended), done)).toMatchObject({ phase: patching })
    expect(seenOut(doubtful(patching, ended), done)?.inDoubt).toBeUndefined()
  })

  test.each([
    { kind: 'refused', message: 'denied' },
    { kind: 'foreign', manager: 'kubectl', at: 1 },
    { kind: 'paused', manager: 'kubectl', at: 1 },
  ] as const)('is not known where that is not allowed ($kind): it is told, and waits for a person', (why) => {
    const own = seenOut(doubtful(patching), why)
    expect(own?.inDoubt).toEqual({ since: 5, left: why })
  })
})

test('what is being put back wakes the release for its next try', () => {
  const start = { ...returning, to: 'start', retryAt: now + 4000 } as const
  const observed = { freshness: { kind: 'live' }, service: true, batches: set.batches } as const
  expect(decide(releaseWith({ phase: start }), observed, now)).toMatchObject({
    effects: [],
    wakeAt: now + 4000,
  })
})

test('a stop keeps on record what held the release, and makes nothing up where nothing did', () => {
  const hold = { kind: 'deadline', batch: buildBatch(1).uid } as const
  const observed = { freshness: { kind: 'live' }, service: true, batches: set.batches } as const
  const stopped = (state: Release['state']) =>
    command({ ...buildRelease(set), state }, { kind: 'stop' }, { observed, by: 'li', now })
  const state = { kind: 'ended', at: now, outcome: 'stopped' }
  expect(stopped({ kind: 'held', since: 3000, hold })).toMatchObject({ value: { state: { ...state, hold } } })
  const plain = stopped({ kind: 'running' })
  expect(plain.ok && plain.value.state).toStrictEqual(state)
})

test('an answer about a Deployment that is no batch of this release changes nothing', () => {
  const release = releaseWith({ phase: patching })
  const elsewhere = { ...effectOf('set-images'), batch: uid('another') }
  expect(settle(release, elsewhere, { result: done, now })).toBe(release)
})

test('a batch is said to be done once, whatever becomes of its pods afterwards', () => {
  const run = drive([1, 4], { gates: { approval: true } })
  run.look()
  run.roll()
  run.bake()
  run.cluster.losePods(1, 1)
  run.look()
  run.cluster.progress()
  run.look()
  expect(run.release().log.filter((event) => event.what === 'batch-done')).toHaveLength(1)
})

test('what somebody has frozen in the middle is not taken back by the plan, though another batch fails', () => {
  const run = drive([1, 4, 4], { gates: { approval: false }, onFailure: 'roll-back-all' })
  run.look()
  run.roll()
  run.bake()
  run.cluster.progress()
  run.give({ kind: 'freeze' })
  run.look()
  run.cluster.spoil(1, 'ImagePullBackOff')
  run.cluster.progress()
  for (let minute = 0; minute < 30; minute++) {
    run.wait(60)
    run.look()
  }
  expect(run.release().state.kind).not.toBe('rolling-back')
})
