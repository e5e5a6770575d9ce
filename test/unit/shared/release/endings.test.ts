import { describe, expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { sayChinese } from '../../../../shared/words/sentences-zh.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { pastRelease } from '../../../../shared/history/past-release.ts'
import { standstillOf } from '../../../../shared/view/headline.ts'
import { quickGates } from '../../../support/build-release.ts'
import { drive } from '../../../support/drive-release.ts'

const gates = { ...quickGates, approval: false, bakeSeconds: 0 }
const third = 'registry.example/app-cloud/demo:20190301'

function said(release: Release): string {
  const sentence = standstillOf(release)
  if (sentence === undefined) throw new Error('it goes on by itself')
  expect(sayChinese(sentence)).not.toBe('')
  // The history says the same.
  expect(pastRelease(release).ending).toEqual(sentence)
  return sayEnglish(sentence)
}

const steps = (leftOut: readonly number[]) =>
  [1, 2, 3].map((number) => ({
    batch: uid(`batch-${number}`),
    gates,
    leftOut: leftOut.includes(number),
  }))

const imagesOf = (image: string) =>
  [1, 2, 3].map((number) => ({ batch: uid(`batch-${number}`), container: 'demo-aone', image }))

describe('what is said of a release that is done is so of each batch', () => {
  test('all have it', () => {
    const run = drive([1, 4, 4], { gates })
    run.roll()
    expect(said(run.release())).toBe('Released 20190215093000 to all 3 batches')
  })

  test('one that the plan leaves out', () => {
    const run = drive([1, 4, 4], { steps: steps([1]) })
    run.roll()
    expect(said(run.release())).toBe('Released 20190215093000 to batches 2–3; batch 1 skipped')
  })

  test('one that the release before has done runs what that one brought', () => {
    const asking = steps([]).map((step) => ({ ...step, gates: { ...gates, approval: true } }))
    const run = drive([1, 4, 4], { steps: asking })
    run.roll()
    expect(run.phases()).toEqual(['done', 'waiting', 'waiting'])
    run.supersede({ images: imagesOf(third), steps: steps([]) }, 'rest')
    run.roll()
    expect(said(run.release())).toBe('Released 20190301 to batches 2–3; batch 1 keeps 20190215093000')
    expect(pastRelease(run.release()).batches).toEqual([2, 3])
  })

  test('one whose external change was accepted stays as found', () => {
    const run = drive([1, 4, 4], { gates })
    run.look()
    run.cluster.progress()
    run.cluster.setImage(1, 'registry.example/other:1')
    run.look()
    expect(run.give({ kind: 'adopt', batch: uid('batch-1') })).toMatchObject({ ok: true })
    for (let wave = 0; wave < 3; wave++) {
      run.give({ kind: 'push-all' })
      run.roll()
    }
    expect(said(run.release())).toBe('Released 20190215093000 to batches 2–3; batch 1 stays as found')
  })

  test('one without pods has verified nothing', () => {
    const run = drive([1, 4, 0], { gates })
    run.roll()
    expect(said(run.release())).toBe('Released 20190215093000 to all 3 batches; batch 3 has no pods')
  })

  test('batches that got different versions are told apart', () => {
    const [first, ...others] = imagesOf(third)
    const images = [{ ...(first ?? others[0]), image: 'registry.example/app-cloud/demo:9' }, ...others]
    const run = drive([1, 4, 4], { gates, images: images as typeof others })
    run.roll()
    expect(said(run.release())).toBe('Released 9 to batch 1, 20190301 to batches 2–3')
  })

  test('a restart', () => {
    const run = drive([1, 4, 4], { change: { kind: 'restart', at: 1000 }, images: [], steps: steps([1]) })
    run.roll()
    expect(said(run.release())).toBe('Restarted batches 2–3; batch 1 skipped')
  })

  test('sizes are told of those that have theirs', () => {
    const run = drive([1, 4, 4], {
      change: { kind: 'none' },
      images: [],
      sizes: [
        { batch: uid('batch-2'), from: 4, to: 6 },
        { batch: uid('batch-3'), from: 4, to: 3 },
      ],
    })
    run.roll()
    expect(said(run.release())).toBe('Batches 2–3 have their new sizes')
  })

  test('and of those that somebody has scaled since', () => {
    const run = drive([1, 4, 4], {
      change: { kind: 'none' },
      images: [],
      sizes: [
        { batch: uid('batch-2'), from: 4, to: 6 },
        { batch: uid('batch-3'), from: 4, to: 3 },
      ],
    })
    run.look()
    run.cluster.progress()
    run.look()
    run.cluster.scale(2, 5)
    run.roll()
    expect(said(run.release())).toBe('Batch 3 has its new size; batch 2 was scaled since')
  })
})

describe('what is said of a release that was taken back is so of each batch', () => {
  test('one of three, while the others keep the new version', () => {
    const run = drive([1, 4, 4], { gates: { ...gates, approval: true } })
    run.roll()
    run.give({ kind: 'push-all' })
    run.look()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: [uid('batch-1')] })
    run.roll()
    expect(said(run.release())).toMatch(/^Rolled back batch 1 to 20190101191052; batch/)
    expect(said(run.release())).toContain('keeps the new version')
  })

  test('all that were changed, and nothing is said of one that was not', () => {
    const run = drive([1, 4, 4], { gates: { ...gates, approval: true } })
    run.roll()
    run.give({
      kind: 'roll-back',
      mode: 'at-once',
      batches: [1, 2, 3].map((number) => uid(`batch-${number}`)),
    })
    run.roll()
    expect(said(run.release())).toBe('Rolled back batch 1 to 20190101191052')
  })

  test('stopped after another release has taken its place for the rest', () => {
    const run = drive([1, 4, 4], { gates: { ...gates, approval: true } })
    run.roll()
    run.supersede({ images: imagesOf(third), gates: { ...gates, approval: true } }, 'rest')
    run.give({ kind: 'stop' })
    expect(said(run.release())).toBe(
      'Stopped: batch 1 keeps what the release before brought, batches 2–3 were not changed',
    )
  })
})
