import { defaultGates } from '../../shared/release/gates/gate-table.ts'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { refusalOf } from '../support/operator.ts'
import { at, specOf } from '../support/pictures.ts'
import { test } from '../support/scene.ts'

test('scenario 30: a third version at batch 2 goes from the canary again; the record says superseded', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('approve')
  await bench.sees(li, 'batch 2 rolls', ({ batches }) => batches[1]?.look === 'rolling')
  const first = li.view().release?.id
  expect(refusalOf(await li.release({ tag: '3.0.0' }))).toContain('is running')
  await li.release({ tag: '3.0.0', supersede: 'canary' })
  const gate = await bench.sees(
    li,
    'the gate after the canary',
    (view) => at('release-approval')(view) && view.release?.tag === '3.0.0',
  )
  expect(gate.headline).toMatchObject({ done: 1, next: 2 })
  expect(gate.release?.supersedes).toBe(first)
  expect(await bench.kubectl.image('web-2')).toBe(bench.image('2.0.0'))
  // Back means back to what ran before the first of the two.
  await li.rollBack()
  await bench.sees(li, 'all is back', at('release-rolled-back'))
  expect(await bench.kubectl.image('web-1')).toBe(bench.image('1.0.0'))
  expect(await bench.kubectl.image('web-2')).toBe(bench.image('1.0.0'))
})

test('scenario 30: a third version for the rest alone leaves the finished canary as it is', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.release({ tag: '3.0.0', supersede: 'rest', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  expect(await bench.kubectl.image('web-1')).toBe(bench.image('2.0.0'))
  expect(await bench.kubectl.image('web-3')).toBe(bench.image('3.0.0'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 34: while it runs, the plan may be changed for batches that have not begun, and for no other', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 3, 3, 3] })
  await li.release({ tag: '2.0.0' })
  const { release, batches } = await bench.sees(li, 'the gate', at('release-approval'))
  const [canary, second, third, fourth] = batches
  if (canary === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error('four')
  const gates = { ...defaultGates, bakeSeconds: 120, approval: false }
  const change = (uids: readonly (typeof canary)['uid'][]) =>
    li.call('release/change-plan', {
      request: randomUUID(),
      target: li.target(),
      release: release?.id ?? '',
      change: {
        steps: uids.map((batch) => ({ batch, gates, leftOut: false })),
        sizes: uids.includes(fourth.uid) ? [{ batch: fourth.uid, from: 3, to: 5 }] : [],
      },
    })
  expect(refusalOf(await change([canary.uid]))).toBe('Batch 1 has begun: its plan is fixed.')
  expect(await change([fourth.uid, third.uid, second.uid])).toMatchObject({ ok: true })
  await bench.sees(li, 'batch 4 grows', ({ batches: now }) => now[1]?.number === 4 && now[1].desired === 5)
  await bench.sees(li, 'the gate before batch 4', at('release-approval'))
  await li.press('approve')
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => one.desired)).toEqual([1, 3, 3, 5])
  expect(bench.link.patches().filter((name, index, all) => all.indexOf(name) === index)).toEqual([
    'web-1',
    'web-4',
    'web-3',
    'web-2',
  ])
  for (const { doneAt = 0, readyAt = 0 } of done.batches.slice(1, 3))
    expect(doneAt - readyAt).toBeGreaterThanOrEqual(120_000)
})

test('scenario 35: sizes and image in one release: first it grows and shrinks, then the batches follow', async (scene) => {
  const { bench, li } = await scene()
  const least = { pods: 9 }
  await li.release({ tag: '2.0.0', gates: { approval: false }, sizes: { 2: 6, 3: 2 } })
  await bench.sees(li, 'the resize', at('resizing'))
  await bench.sees(li, 'the end of the resize', (view) => {
    least.pods = Math.min(least.pods, view.endpoints.ready)
    return view.headline.kind !== 'resizing'
  })
  expect(least.pods).toBe(9)
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => [one.desired, one.servingNew])).toEqual([
    [1, 1],
    [6, 6],
    [2, 2],
  ])
})

test('scenario 35: a colleague who changes image and size of a waiting batch in one write is named for both', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  const containers = [{ name: 'web', image: bench.image('9.9.9') }]
  await bench.kubectl.patch(
    'web-3',
    { spec: { replicas: 6, template: { spec: { containers } } } },
    'kubectl-edit',
  )
  const held = await bench.sees(li, 'the hold', at('release-foreign'))
  expect(held.headline).toMatchObject({ batch: 3, manager: 'kubectl-edit' })
  const scaled = held.release?.log.find(
    ({ sentence }) => sentence.kind === 'log' && sentence.what === 'scaled',
  )
  expect(scaled?.sentence).toMatchObject({ batch: 3, by: 'kubectl-edit', from: 4, to: 6 })
  expect(await bench.kubectl.image('web-3')).toBe(bench.image('9.9.9'))
})

test('scenario 36: scaling a batch up or down while it rolls is told and accepted, and it ends with what is wanted', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 16, 16] })
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('push-all')
  await bench.sees(li, 'batch 2 rolls', ({ batches }) => batches[1]?.look === 'rolling')
  await bench.kubectl.scale('web-2', 24)
  await bench.sees(li, 'batch 3 rolls', ({ batches }) => batches[2]?.look === 'rolling')
  expect(li.view().batches[1]).toMatchObject({ look: 'done', desired: 24, servingNew: 24 })
  await bench.kubectl.scale('web-3', 5)
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => [one.desired, one.servingNew, one.old])).toEqual([
    [1, 1, 0],
    [24, 24, 0],
    [5, 5, 0],
  ])
  const told = done.release?.log.flatMap(({ sentence }) =>
    sentence.kind === 'log' && sentence.what === 'scaled' ? [[sentence.batch, sentence.to, sentence.by]] : [],
  )
  expect(told).toEqual([
    [2, 24, 'kubectl-scale'],
    [3, 5, 'kubectl-scale'],
  ])
})

test('scenario 36: a waiting batch that is scaled to nothing gets the image and is called empty, not verified', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await bench.kubectl.scale('web-2', 0)
  await bench.sees(li, 'it is empty', ({ batches }) => batches[1]?.desired === 0)
  await li.press('push-all')
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches[1]?.sentence).toEqual({ kind: 'batch-empty' })
  expect(await bench.kubectl.image('web-2')).toBe(bench.image('2.0.0'))
})

const strategies = [
  {
    how: 'maxSurge 1, maxUnavailable 0',
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    fewest: 4,
    most: 5,
  },
  {
    how: 'maxSurge 0, maxUnavailable 1',
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    fewest: 3,
    most: 4,
  },
  {
    how: 'both as percents',
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '50%', maxUnavailable: '25%' } },
    fewest: 3,
    most: 6,
  },
  { how: 'Recreate, which a check warns of', strategy: { type: 'Recreate' }, fewest: 0, most: 4 },
]
for (const { how, strategy, fewest, most } of strategies)
  test(`scenario 38: a batch rolls to its end with ${how}`, async (scene) => {
    const { bench, li } = await scene({
      sizes: [4],
      manifest: (manifest) => specOf(manifest, { strategy }),
    })
    const report = await bench.answer(li.call('release/check', li.draft({ tag: '2.0.0' })))
    const warned = report.checks.some(({ what }) => what.kind === 'recreate')
    expect(warned).toBe(strategy.type === 'Recreate')
    await bench.answer(li.release({ tag: '2.0.0' }))
    const seen: { readonly ready: number; readonly all: number }[] = []
    await bench.until('the end', async () => {
      const { status = {} } = await bench.kubectl.deployment('web-1')
      seen.push({ ready: status.readyReplicas ?? 0, all: status.replicas ?? 0 })
      return li.view().headline.kind === 'release-done' ? true : undefined
    })
    expect(Math.min(...seen.map(({ ready }) => ready))).toBeGreaterThanOrEqual(fewest)
    expect(Math.max(...seen.map(({ all }) => all))).toBeLessThanOrEqual(most)
    expect(li.view().batches[0]).toMatchObject({ servingNew: 4, old: 0 })
  })
