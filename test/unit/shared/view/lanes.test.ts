import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { BatchPhase, Release, ReleaseEvent, ReleaseState } from '../../../../shared/release/release.ts'
import { lanesOf } from '../../../../shared/view/lanes.ts'
import { buildBatch, buildBatchSet } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'

const [first, second] = [uid('batch-1'), uid('batch-2')]
const started: readonly ReleaseEvent[] = [
  { at: 0, what: 'started', by: 'li' },
  { at: 0, what: 'batch-started', batch: first },
  { at: 60, what: 'batch-ready', batch: first },
  { at: 90, what: 'batch-done', batch: first },
]
const approved: readonly ReleaseEvent[] = [
  ...started,
  { at: 200, what: 'approved', batch: first, by: 'li' },
  { at: 200, what: 'batch-started', batch: second },
]

function lanes(
  log: readonly ReleaseEvent[],
  state: ReleaseState = { kind: 'running' },
  phases: readonly BatchPhase[] = [],
) {
  const release = buildRelease(buildBatchSet([buildBatch(1), buildBatch(2)]))
  const now: Release = {
    ...release,
    log,
    state,
    batches: release.batches.map((own, index) => ({ ...own, phase: phases[index] ?? own.phase })),
  }
  return lanesOf(now)
}

const inWords = (all: ReturnType<typeof lanes>) =>
  all.map(({ spans }) => spans.map(({ kind, from, to }) => `${kind} ${from}-${to ?? ''}`))

test('a batch is updated, bakes and waits until its gate is opened', () => {
  const [one, two] = lanes(approved)
  expect(inWords([one, two].flatMap((lane) => lane ?? []))).toEqual([
    ['updating 0-60', 'baking 60-90', 'waiting 90-200'],
    ['updating 200-'],
  ])
  expect(one?.marks).toEqual([
    { kind: 'start', at: 0 },
    { kind: 'approval', at: 200 },
  ])
})

test('at a gate the wait goes on, also while the release is paused', () => {
  const paused: ReleaseState = { kind: 'paused', since: 150, by: 'li' }
  const [one] = lanes([...started, { at: 150, what: 'paused', by: 'li' }], paused)
  expect(one?.spans.at(-1)).toEqual({ kind: 'waiting', from: 90 })
  expect(one?.marks.at(-1)).toEqual({ kind: 'pause', at: 150 })
})

test('a hold is drawn as failing from then on, and what it broke off goes on after it', () => {
  const held: readonly ReleaseEvent[] = [...approved, { at: 230, what: 'held', batch: second }]
  expect(inWords(lanes(held))[1]).toEqual(['updating 200-230', 'failing 230-'])
  const again: readonly ReleaseEvent[] = [...held, { at: 300, what: 'resumed', by: 'li' }]
  expect(inWords(lanes(again))[1]).toEqual(['updating 200-230', 'failing 230-300', 'updating 300-'])
})

test('a failing batch that is skipped is over, one that is retried begins again', () => {
  const held: readonly ReleaseEvent[] = [...approved, { at: 230, what: 'held', batch: second }]
  const skipped: readonly ReleaseEvent[] = [...held, { at: 300, what: 'batch-skipped', batch: second }]
  expect(inWords(lanes(skipped))[1]).toEqual(['updating 200-230', 'failing 230-300'])
  const retried: readonly ReleaseEvent[] = [
    ...held,
    { at: 300, what: 'retried', batch: second },
    { at: 301, what: 'batch-started', batch: second },
  ]
  expect(inWords(lanes(retried))[1]).toEqual([
    'updating 200-230',
    'failing 230-300',
    'updating 300-301',
    'updating 301-',
  ])
})

test('rolled back, the chosen batches return and the others keep what they were', () => {
  const log: readonly ReleaseEvent[] = [
    ...approved,
    { at: 250, what: 'roll-back', by: 'li' },
    { at: 280, what: 'batch-returned', batch: second },
    { at: 280, what: 'ended' },
  ]
  const done: BatchPhase = { kind: 'done', at: 90, generation: 2, digest: 'n', rolledSince: 0, pods: 16 }
  const ended: ReleaseState = { kind: 'ended', at: 280, outcome: 'rolled-back' }
  expect(inWords(lanes(log, ended, [done, { kind: 'returned', at: 280 }]))).toEqual([
    ['updating 0-60', 'baking 60-90', 'waiting 90-200'],
    ['updating 200-250', 'returning 250-280'],
  ])
})

test('a way back returns from its start', () => {
  const log: readonly ReleaseEvent[] = [
    { at: 0, what: 'started', by: 'li' },
    { at: 40, what: 'batch-returned', batch: second },
    { at: 40, what: 'ended' },
  ]
  const release = buildRelease(buildBatchSet([buildBatch(1), buildBatch(2)]))
  const phases: readonly BatchPhase[] = [
    { kind: 'skipped', touched: false },
    { kind: 'returned', at: 40 },
  ]
  const back: Release = {
    ...release,
    log,
    change: { kind: 'restore' },
    state: { kind: 'ended', at: 40, outcome: 'rolled-back' },
    batches: release.batches.map((own, index) => ({ ...own, phase: phases[index] ?? own.phase })),
  }
  expect(inWords(lanesOf(back))).toEqual([[], ['returning 0-40']])
})

test('nothing goes on after the end', () => {
  const stopped: ReleaseState = { kind: 'ended', at: 260, outcome: 'stopped' }
  expect(inWords(lanes(approved, stopped))[1]).toEqual(['updating 200-260'])
})

test('a batch whose events have fallen out of the log is drawn from its phase', () => {
  const done: BatchPhase = { kind: 'done', at: 90, generation: 2, digest: 'n', rolledSince: 10, pods: 16 }
  expect(inWords(lanes([], { kind: 'running' }, [done]))[0]).toEqual(['updating 10-90'])
})
