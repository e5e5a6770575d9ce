import { expect } from 'vitest'
import { at } from '../support/pictures.ts'
import { test } from '../support/scene.ts'

test('scenario 20: a release that fails is taken back, tried again and pushed to its end', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: 'missing-2' })
  await bench.sees(li, 'the failure', at('release-failing'))
  await li.rollBack()
  const back = await bench.sees(li, 'the end of the roll back', at('release-rolled-back'))
  expect(back.release?.outcome).toBe('rolled-back')
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('push-all')
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.newShare).toBe(1)
  expect(bench.link.patches()).toEqual(['web-1', 'web-1', 'web-1', 'web-2', 'web-3'])
})

test('scenario 24: at once, all batches go back together', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  expect(li.view().release?.rollBack?.modes).toEqual(['at-once', 'batch-by-batch'])
  const before = bench.link.patches().length
  await li.rollBack('at-once')
  await bench.sees(li, 'all are on their way back', (view) =>
    view.batches.every((one) => one.look === 'returning' && one.old > 0),
  )
  const back = await bench.sees(li, 'all are back', at('release-rolled-back'))
  expect(back.endpoints.ready).toBe(9)
  expect([...bench.link.patches().slice(before)].sort()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 24: batch by batch, the last one goes first, and each is whole before the next', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  const before = bench.link.patches().length
  await li.rollBack('batch-by-batch')
  for (const done of [3, 2, 1]) {
    const view = await bench.sees(
      li,
      `batch ${done} is back`,
      ({ batches }) => batches[done - 1]?.look === 'returned',
    )
    expect(view.batches[done - 1]).toMatchObject({ servingOld: done === 1 ? 1 : 4, servingNew: 0 })
    expect(bench.link.patches().slice(before, before + 4 - done)).toEqual(
      ['web-3', 'web-2', 'web-1'].slice(0, 4 - done),
    )
  }
  await bench.sees(li, 'the end', at('release-rolled-back'))
  expect(bench.link.patches().slice(before)).toEqual(['web-3', 'web-2', 'web-1'])
})
