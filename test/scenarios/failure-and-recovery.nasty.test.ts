import { describe, expect, inject } from 'vitest'
import { at, specOf, unfit } from '../support/pictures.ts'
import { test } from '../support/scene.ts'

test('scenario 10: over a broken batch a good image rolls at once, without waiting for the bad pods', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: 'missing-2' })
  await bench.sees(li, 'the failure', at('release-failing'))
  expect(await li.release({ tag: '2.0.1', supersede: 'canary', gates: { approval: false } })).toMatchObject({
    ok: true,
  })
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => [one.servingNew, one.old])).toEqual([
    [1, 0],
    [4, 0],
    [4, 0],
  ])
  expect(bench.link.patches()).toEqual(['web-1', 'web-1', 'web-2', 'web-3'])
})

test('scenario 10: over a broken batch another bad image is held for its own failure, and a good one still goes', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.release({ tag: 'missing-3', supersede: 'rest', gates: { approval: false } })
  await bench.sees(li, 'the failure of batch 2', at('release-failing'))
  await li.release({ tag: 'crash-4', supersede: 'rest', gates: { approval: false } })
  const again = await bench.sees(li, 'its own failure', at('release-restarts'))
  expect(again.headline).toMatchObject({ batch: 2 })
  await li.release({ tag: '2.0.5', supersede: 'rest', gates: { approval: false } })
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => one.servingNew)).toEqual([1, 4, 4])
  expect(await bench.kubectl.image('web-1')).toBe(bench.image('2.0.0'))
  expect(await bench.kubectl.image('web-2')).toBe(bench.image('2.0.5'))
})

test('scenario 11: a pod that gets ready and falls back again and again is no progress: the time limit ends it', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  await li.release({ tag: '2.0.0', gates: { bakeSeconds: 3 }, batchLimitSeconds: 10 })
  await bench.sees(li, 'the bake', at('release-baking'))
  const pods = await bench.kubectl.pods()
  const pod = pods.find((one) => one.spec.containers[0]?.image === bench.image('2.0.0'))?.metadata.name ?? ''
  const held = await bench.until('the deadline', async () => {
    await bench.kubectl.setReady(pod, li.view().batches[0]?.look !== 'baking')
    await bench.rest(0.5)
    const { batches, headline } = li.view()
    // From here on its pod is left ready, which is said as well.
    return batches[0]?.look === 'failing' ? headline : undefined
  })
  expect(held.kind === 'release-recovered' ? held.was : held.kind).toMatch(/deadline$/)
  expect(li.view().release?.state).toBe('held')
  expect(bench.link.patches()).toEqual(['web-1'])
})

test('scenario 12: pods that die in the bake time hold the release: the batch is not done', async (scene) => {
  const { bench, li } = await scene()
  const bakeSeconds = bench.kind === 'real' ? 10 : 120
  await li.release({ tag: 'dies-2', gates: { bakeSeconds, approval: false } })
  const held = await bench.sees(li, 'the hold', at('release-restarts'))
  expect(held.headline).toMatchObject({ batch: 1, restarts: 1 })
  expect(held.batches[0]?.look).toBe('failing')
  expect(bench.link.patches()).toEqual(['web-1'])
})

test('scenario 13: a finished batch that loses pods while a later one rolls pauses the release, and it says so', async (scene) => {
  // Lost pods are waited for half a minute; batch 3 rolls longer than that, one pod after the other.
  const minReadySeconds = inject('cluster') === 'real' ? 15 : 60
  const { bench, li } = await scene({
    sizes: [1, 3, 3],
    manifest: (manifest, number) => (number === 3 ? specOf(manifest, { minReadySeconds }) : manifest),
  })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(
    li,
    'batch 3 rolls',
    (view) => view.batches[2]?.look === 'rolling' && view.batches[1]?.look === 'done',
  )
  const [pod] = (await bench.kubectl.pods()).filter(
    (one) => one.metadata.name.startsWith('web-2-') && !unfit(one),
  )
  await bench.kubectl.setReady(pod?.metadata.name ?? '', false)
  const held = await bench.sees(li, 'the hold', at('release-regressed'))
  expect(held.headline).toMatchObject({ batch: 2 })
  expect(held.batches[1]?.updated).toBe(3)
  await bench.kubectl.setReady(pod?.metadata.name ?? '', true)
  await bench.allServe(li)
  await li.press('resume')
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

// The nodes are everybody's.
describe('alone', { concurrent: false }, () => {
  test('scenario 14: new pods that fit on no node are told with the reason and are no progress; with room it goes on', async (scene) => {
    const { bench, li } = await scene({ sizes: [1, 2] })
    await bench.kubectl.whileCordoned(async () => {
      await li.release({ tag: '2.0.0', gates: { approval: false } })
      const { batches } = await bench.sees(
        li,
        'the reason',
        (view) => view.batches[0]?.trouble?.reason === 'Unschedulable',
      )
      expect(batches[0]).toMatchObject({ servingNew: 0, servingOld: 1 })
      expect(batches[0]?.trouble?.message).toContain('nodes are available')
      expect(bench.link.patches()).toEqual(['web-1'])
    })
    await bench.sees(li, 'the end', at('release-done'))
    expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
  })
})

test('scenario 15: a quota that refuses the new pods is told at once, and holds the release if it does not pass', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  await bench.kubectl.quota(3)
  // Its controller tries again after twice as long each time: 20 s from the start, then 41. Once more within the limit.
  await li.release({ tag: '2.0.0', gates: { approval: false }, batchLimitSeconds: 30 })
  const told = await bench.sees(li, 'the refusal', at('release-pods-refused'))
  expect(told.headline).toMatchObject({
    batch: 1,
    message: expect.stringContaining('exceeded quota') as string,
  })
  expect(told.batches[0]?.trouble).toMatchObject({ reason: 'FailedCreate', weight: 'refused' })
  expect(told.release?.state).toBe('running')
  expect(told.now - (told.release?.startedAt ?? 0)).toBeLessThan(10_000)
  const held = await bench.sees(li, 'the hold', (view) => view.release?.state === 'held')
  expect(held.headline).toMatchObject({ kind: 'release-pods-refused', batch: 1 })
  expect((held.release?.since ?? 0) - told.now).toBeLessThan(35_000)
  await bench.kubectl.remove('resourcequotas', 'tight')
  await li.press('retry')
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
})

test('scenario 17: an old version that is down already does not block the fix; a check warns of it', async (scene) => {
  const { bench, li } = await scene({ tags: ['crash-0', 'crash-0', 'crash-0'], serve: false })
  await bench.sees(li, 'the old pods fail', (view) => view.batches.every((one) => one.pods.includes('f')))
  const draft = li.draft({ tag: '2.0.0', gates: { approval: false } })
  const report = await bench.answer(li.call('release/check', draft))
  const levels = report.checks.filter((one) => one.level === 'blocker' || one.what.kind === 'unhealthy')
  expect(levels.map((one) => [one.level, one.what.kind])).toEqual([
    ['warning', 'unhealthy'],
    ['warning', 'unhealthy'],
    ['warning', 'unhealthy'],
  ])
  // The check has used up the burst of requests: the start waits for its turn, so time must go by.
  await bench.answer(li.release({ tag: '2.0.0', gates: { approval: false } }))
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.endpoints.ready).toBe(9)
})

test('scenario 18: when the last batch fails, the healthy ones keep what they have', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0', onFailure: 'roll-back-batch', gatesOf: { 1: { approval: false } } })
  await bench.sees(
    li,
    'the last gate',
    ({ headline }) => headline.kind === 'release-approval' && headline.next === 3,
  )
  await bench.until('old pods are gone', async () =>
    (await bench.kubectl.pods()).length === 9 ? true : undefined,
  )
  await bench.kubectl.quota(9)
  // As many as may be replaced without a new pod more are none: nothing may be missing.
  await bench.kubectl.patch('web-3', {
    spec: { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
  })
  await li.press('approve')
  const held = await bench.sees(li, 'batch 3 is taken back', (view) => view.release?.state === 'held')
  expect(held.headline).toMatchObject({ kind: 'release-recovered', batch: 3, by: 'rollback', was: 'failing' })
  expect(held.batches.map((one) => [one.servingNew, one.servingOld])).toEqual([
    [1, 0],
    [4, 0],
    [0, 4],
  ])
  expect(await Promise.all(['web-1', 'web-2', 'web-3'].map((name) => bench.kubectl.image(name)))).toEqual(
    ['2.0.0', '2.0.0', '1.0.0'].map(bench.image),
  )
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3', 'web-3'])
})
