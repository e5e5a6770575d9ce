import { describe, expect, test } from 'vitest'
import { releaseId } from '../../../../shared/ids.ts'
import { templateDigest } from '../../../../shared/k8s/template-digest.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { rollBackPreview } from '../../../../shared/view/roll-back-preview.ts'
import { buildBatch, buildBatchSet, buildTemplate, newImage, oldImage } from '../../../support/build-batch.ts'
import { buildRelease, quickGates } from '../../../support/build-release.ts'
import { drive } from '../../../support/drive-release.ts'

const thirdImage = 'registry.example/app-cloud/demo:20190301'
const live = { kind: 'live' } as const

type Run = ReturnType<typeof drive>

/** The canary has the new image, and the release waits at its gate. */
function canaryDone(sizes: readonly number[] = [1, 4, 4]): Run {
  const run = drive(sizes)
  run.look()
  run.roll()
  run.bake()
  return run
}

const imageOf = (run: Run, number: number): string | undefined =>
  run.cluster.batches().find((one) => one.number === number)?.containers[0]?.image

const setOf = (run: Run) => buildBatchSet(run.cluster.batches())
const all = (run: Run) => run.release().batches.map((own) => own.uid)

const steps = (run: Run, leftOut: readonly number[] = []) =>
  run.cluster
    .batches()
    .map((batch) => ({ batch: batch.uid, gates: quickGates, leftOut: leftOut.includes(batch.number) }))

const thirdIn = (run: Run) =>
  run.cluster.batches().map((batch) => ({ batch: batch.uid, container: 'demo-aone', image: thirdImage }))

function restartInPlace(run: Run): void {
  run.supersede({ change: { kind: 'restart', at: 5000 }, images: [] })
}

describe('a restart that takes the place of a release of images', () => {
  test('restarts what runs: the canary keeps its new image', () => {
    const run = canaryDone()
    restartInPlace(run)
    run.look()
    run.roll()
    expect(imageOf(run, 1)).toBe(newImage)
    expect(run.release().batches[0]?.phase.kind).toBe('baking')
  })

  test('restarts what was on its way when it began, wherever that had got to', () => {
    const run = drive([1, 4])
    run.look()
    restartInPlace(run)
    run.look()
    run.roll()
    expect(imageOf(run, 1)).toBe(newImage)
  })

  test('taken back, it takes the image back as well: to what ran before both', () => {
    const run = canaryDone()
    restartInPlace(run)
    run.look()
    run.roll()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: all(run) })
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(imageOf(run, 1)).toBe(oldImage)
  })
})

describe('what a batch had is put back', () => {
  test('before its turn it gets what it ran when this release began, not what ran before the one before', () => {
    const run = canaryDone()
    run.supersede({ images: thirdIn(run) })
    run.cluster.setImage(1, 'registry.example/other:1')
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
    const batch = run.cluster.batches()[0]
    if (batch === undefined) throw new Error('no batch')
    expect(run.give({ kind: 'restore', batch: batch.uid })).toMatchObject({ ok: true })
    run.look()
    expect(imageOf(run, 1)).toBe(newImage)
    run.roll()
    expect(run.release().state.kind).toBe('running')
  })

  test('and its other container keeps what the release before had brought', () => {
    const run = canaryDone()
    const before = run.release()
    const two = (main: string, side: string) => ({
      metadata: { labels: { app: 'demo-aone' } },
      spec: {
        containers: [
          { name: 'demo-aone', image: main },
          { name: 'side', image: side },
        ],
      },
    })
    const both = (main: string, side: string) =>
      buildBatch(1, {
        template: two(main, side),
        containers: [
          {
            name: 'demo-aone',
            image: main,
            init: false,
            hasReadinessProbe: true,
            imagePullPolicy: 'IfNotPresent',
          },
          {
            name: 'side',
            image: side,
            init: false,
            hasReadinessProbe: true,
            imagePullPolicy: 'IfNotPresent',
          },
        ],
      })
    const own = before.batches[0]
    if (own === undefined) throw new Error('no batch')
    const baseline = {
      ...own.baseline,
      template: two(oldImage, 'side:1'),
      templateDigest: templateDigest(two(oldImage, 'side:1')),
    }
    const now = both(newImage, 'side:1')
    const release = buildRelease(buildBatchSet([now]), {
      images: [{ batch: now.uid, container: 'side', image: 'side:2' }],
      supersede: { release: { ...before, batches: [{ ...own, baseline }] }, from: 'canary' },
    })
    const stranger = both('other:1', 'side:1')
    const held = decide(release, { freshness: live, service: true, batches: [stranger] }, 2000).release
    expect(held.state.kind).toBe('held')
    const [first] = held.batches
    if (first === undefined) throw new Error('no batch')
    const sent = decide(
      {
        ...held,
        state: { kind: 'running' },
        batches: [{ ...first, phase: { kind: 'returning', attempt: 1, since: 1, to: 'start' } }],
      },
      { freshness: live, service: true, batches: [stranger] },
      2000,
    )
    expect(sent.effects).toMatchObject([{ kind: 'set-template', template: two(newImage, 'side:1') }])
  })

  test('while that is being written, a roll back still takes it to what ran before both', () => {
    const run = canaryDone()
    run.supersede({ images: thirdIn(run) })
    run.cluster.setImage(1, 'registry.example/other:1')
    run.look()
    const batch = run.cluster.batches()[0]
    if (batch === undefined) throw new Error('no batch')
    run.give({ kind: 'restore', batch: batch.uid })
    run.look()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: all(run) })
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(imageOf(run, 1)).toBe(oldImage)
  })
})

describe('the way back of a chain', () => {
  const offered = (run: Run, release: Release = run.release()) =>
    rollBackPreview(release, setOf(run)).batches.map((one) => one.number)

  test('once the second release is stopped, all that the first had changed is still offered', () => {
    const run = canaryDone()
    run.give({ kind: 'approve', step: 0 })
    run.look()
    run.roll()
    run.bake()
    run.supersede({ images: thirdIn(run), steps: steps(run, [1]) })
    run.look()
    run.give({ kind: 'stop' })
    run.roll()
    expect(offered(run)).toEqual([2, 1].sort())
    run.give({ kind: 'roll-back', mode: 'at-once', batches: all(run) })
    run.roll()
    expect([1, 2, 3].map((number) => imageOf(run, number))).toEqual([oldImage, oldImage, oldImage])
  })

  test('a batch that waited for the second release is offered as well, from what the first had brought', () => {
    const run = canaryDone()
    run.supersede({ images: thirdIn(run), steps: [...steps(run)].reverse() })
    run.give({ kind: 'stop' })
    const preview = rollBackPreview(run.release(), setOf(run))
    expect(preview.batches).toMatchObject([{ number: 1, from: '20190215093000', to: '20190101191052' }])
  })

  test('what somebody else has made of it since is not offered', () => {
    const run = canaryDone()
    run.supersede({ images: thirdIn(run), steps: steps(run, [1]) })
    run.give({ kind: 'stop' })
    run.cluster.setImage(1, 'registry.example/other:1')
    expect(offered(run)).toEqual([])
  })

  test('taken back by its plan, a batch is tried again from there: its own template is nobody else’s', () => {
    const run = canaryDone()
    run.supersede({ images: thirdIn(run), onFailure: 'roll-back-batch' })
    run.cluster.spoil(1, 'ImagePullBackOff')
    run.look()
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'pods' } })
    expect(imageOf(run, 1)).toBe(oldImage)
    run.cluster.heal(1)
    const [batch] = all(run)
    if (batch === undefined) throw new Error('no batch')
    expect(run.give({ kind: 'retry', batch })).toMatchObject({ ok: true })
    run.look()
    expect(run.release().state).toEqual({ kind: 'running' })
    run.roll()
    expect(imageOf(run, 1)).toBe(thirdImage)
  })

  test('tried again after it was taken back, a restart still brings what ran when it began', () => {
    const run = canaryDone()
    run.supersede({ change: { kind: 'restart', at: 5000 }, images: [], onFailure: 'roll-back-batch' })
    run.look()
    run.cluster.spoil(1, 'CrashLoopBackOff')
    run.roll()
    expect(imageOf(run, 1)).toBe(oldImage)
    run.cluster.heal(1)
    const [batch] = all(run)
    if (batch === undefined) throw new Error('no batch')
    run.give({ kind: 'retry', batch })
    run.look()
    run.roll()
    expect(imageOf(run, 1)).toBe(newImage)
  })
})

test('a third release keeps what ran before the first, and what ran before itself', () => {
  const run = canaryDone()
  run.supersede({ images: thirdIn(run) })
  run.look()
  run.roll()
  run.supersede({ id: releaseId('r3'), change: { kind: 'restart', at: 9000 }, images: [] })
  const [own] = run.release().batches
  expect(own?.baseline.images).toEqual({ 'demo-aone': oldImage })
  expect(own?.start?.template).toEqual(buildTemplate(thirdImage))
})

test('a journal of an earlier build has no start: it is learnt from the cluster before the batch’s turn', () => {
  const run = canaryDone()
  restartInPlace(run)
  const release = run.release()
  const earlier = { ...release, batches: release.batches.map(({ start: _, ...own }) => own) }
  const seen = { freshness: live, service: true, batches: run.cluster.batches() }
  const { effects } = decide(earlier, seen, 9000)
  expect(JSON.stringify(effects)).toContain(newImage)
})
