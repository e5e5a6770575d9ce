import { expect, test } from 'vitest'
import { releaseId, uid } from '../../../../shared/ids.ts'
import { changePlan } from '../../../../shared/release/change-plan.ts'
import { newRelease, type StartInput } from '../../../../shared/release/start/start.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildRelease, quickGates } from '../../../support/build-release.ts'

const seen = [1, 2, 3].map((number) => buildBatch(number))
const input = (parts: Partial<StartInput> = {}): StartInput => ({
  id: releaseId('r1'),
  by: 'li.wei',
  now: 1000,
  change: { kind: 'image' },
  images: seen.map((batch) => ({ batch: batch.uid, container: 'demo-aone', image: newImage })),
  sizes: seen.map(({ uid: batch, desired }) => ({ batch, from: desired, to: desired })),
  steps: seen.map((batch) => ({ batch: batch.uid, gates: quickGates, leftOut: false })),
  ...parts,
})
const scaled = (number: number, desired: number) =>
  buildBatchSet(seen.map((batch) => (batch.number === number ? { ...batch, desired } : batch)))

test('a start on the sizes that were shown begins, and resizes nothing that stays as it is', () => {
  const started = newRelease(buildBatchSet(seen), input())
  expect(started.ok && started.value.resize).toBeUndefined()
  expect(started.ok).toBe(true)
})

test('a batch that was scaled since it was shown stops the start with the difference, also where no size is to change', () => {
  const [first] = seen
  const started = newRelease(scaled(1, 50), input())
  expect(started).toMatchObject({
    ok: false,
    fault: {
      code: 'sizes-moved',
      sizes: [{ name: first?.name, number: 1, from: first?.desired, to: 50 }],
    },
  })
})

test('a batch that was to take part and is gone, or was created anew, is not passed over', () => {
  const without = buildBatchSet(seen.slice(0, 2))
  expect(newRelease(without, input())).toMatchObject({ fault: { code: 'sizes-moved' } })
  expect(newRelease(without, input({ sizes: [] }))).toMatchObject({ fault: { code: 'sizes-moved' } })
  const anew = buildBatchSet(seen.map((one) => (one.number === 3 ? { ...one, uid: uid('anew') } : one)))
  expect(newRelease(anew, input({ sizes: [] }))).toMatchObject({ fault: { code: 'sizes-moved' } })
})

test('a batch that was left out may be gone', () => {
  const steps = input().steps.map((step, index) => ({ ...step, leftOut: index === 2 }))
  const images = input().images?.slice(0, 2) ?? []
  expect(newRelease(buildBatchSet(seen.slice(0, 2)), input({ sizes: [], steps, images }))).toMatchObject({
    ok: true,
  })
})

test('sizes of a running release are refused with the difference, too', () => {
  const release = buildRelease(buildBatchSet(seen))
  const third = seen[2]
  if (third === undefined) throw new Error('three batches')
  const change = { steps: [], sizes: [{ batch: third.uid, from: third.desired, to: third.desired + 1 }] }
  const observed = { ...scaled(3, 9), freshness: { kind: 'live' }, service: true } as const
  expect(changePlan(release, change, { observed, by: 'li.wei', now: 2000 })).toMatchObject({
    fault: { code: 'sizes-moved', sizes: [{ number: 3, from: third.desired, to: 9 }] },
  })
})
