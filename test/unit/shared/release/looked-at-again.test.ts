import { describe, expect, test } from 'vitest'
import type { Uid } from '../../../../shared/ids.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { BatchPhase, Release, ReleaseBatch } from '../../../../shared/release/release.ts'
import { whyNot } from '../../../../shared/release/verbs.ts'
import { drive, driveIntoSecond } from '../../../support/drive-release.ts'

type Run = ReturnType<typeof drive>

function uidOf(run: Run, number: number): Uid {
  const own = run.release().batches.find((one) => one.number === number)
  if (own === undefined) throw new Error(`no batch ${number}`)
  return own.uid
}

function withThird(run: Run, parts: Partial<ReleaseBatch>): Release {
  const third = uidOf(run, 3)
  const release = run.release()
  return {
    ...release,
    batches: release.batches.map((own) => (own.uid === third ? { ...own, ...parts } : own)),
  }
}

const look = (run: Run, release: Release): Release => decide(release, run.observed(), 30_000).release

describe('a batch that was put back while the release goes on', () => {
  test('takes its turn again, from the template that it was put back to', () => {
    const run = driveIntoSecond()
    const digest = run.cluster.batches()[2]?.templateDigest ?? ''
    const phase: BatchPhase = { kind: 'returned', at: 2000, digest }
    const next = look(run, withThird(run, { phase, startsFrom: 'of-somebody-else' }))
    expect(next.batches[2]).toMatchObject({ phase: { kind: 'waiting' }, startsFrom: digest })
  })

  test('and could not be, is held for why, and no longer called stuck', () => {
    const run = driveIntoSecond()
    const phase: BatchPhase = { kind: 'stuck', why: { kind: 'refused', message: 'denied' }, at: 2000 }
    const next = look(run, withThird(run, { phase }))
    expect(next.batches[2]?.phase).toEqual({ kind: 'waiting' })
    expect(next.state).toMatchObject({ kind: 'held', hold: { kind: 'refused', batch: uidOf(run, 3) } })
  })
})

test('looking again at a batch that bakes tells once that it was ready', () => {
  const run = driveIntoSecond()
  run.roll()
  run.wait(1)
  run.look()
  expect(run.phases()[1]).toBe('baking')
  const ready = run.release().log.filter((one) => one.what === 'batch-ready' && one.batch === uidOf(run, 2))
  expect(ready).toHaveLength(1)
})

test('of two sizes that were planned, the one that is reached is nobody else’s doing', () => {
  const run = drive([1, 4, 4])
  const [, second, third] = run.release().batches
  if (second === undefined || third === undefined) throw new Error('no batches')
  const target = (own: ReleaseBatch, to: number) => ({ batch: own.uid, from: 4, to, sent: true })
  run.cluster.scale(2, 6)
  const release: Release = {
    ...run.release(),
    resize: { phase: 'growing', targets: [target(second, 6), target(third, 2)] },
  }
  const next = look(run, release)
  expect(next.batches[1]?.replicas).toBe(6)
  expect(next.log.filter((one) => one.what === 'scaled')).toEqual([])
})

describe('going on with what is held, while the cluster is not seen', () => {
  function pauseThird(run: Run): void {
    run.cluster.pauseIt(3)
    run.roll()
    run.bake()
  }

  function held(change: (run: Run) => void): Run {
    const run = driveIntoSecond()
    change(run)
    run.look()
    expect(run.release().state.kind).toBe('held')
    return run
  }
  const resume = (run: Run, kind: 'live' | 'stale') =>
    whyNot('resume', run.release(), {
      freshness: kind === 'live' ? { kind } : { kind, since: 0, why: { kind: 'words', words: 'cut' } },
      service: run.observed().service,
      batches: run.cluster.batches(),
    })?.kind

  test.each([
    ['somebody else has changed a batch', (run: Run) => run.cluster.setImage(3, 'registry.example/other:1')],
    ['a batch is gone', (run: Run) => run.cluster.remove(3)],
    ['somebody has paused a batch', pauseThird],
    ['the Service selects a batch no longer', (run: Run) => run.cluster.select(3, false)],
  ])('waits for a look where %s: nobody can know whether it is still so', (_, change) => {
    const run = held(change)
    expect(resume(run, 'live')).toBe('off-still-so')
    expect(resume(run, 'stale')).toBe('off-stale')
  })

  test('does not where one more try may pass', () => {
    const run = held((own) => {
      own.cluster.spoil(2, 'CrashLoopBackOff')
      own.roll()
    })
    expect(resume(run, 'stale')).toBeUndefined()
  })
})
