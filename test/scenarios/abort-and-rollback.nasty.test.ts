import { expect } from 'vitest'
import { faultOf, refusalOf } from '../support/operator.ts'
import { at, specOf } from '../support/pictures.ts'
import type { Bench } from '../support/scenario-bench.ts'
import { test } from '../support/scene.ts'

async function images(bench: Bench): Promise<readonly string[]> {
  const found = await Promise.all(['web-1', 'web-2', 'web-3'].map((name) => bench.kubectl.image(name)))
  return found.map((image) => image.split(':')[1] ?? '')
}

test('scenario 21: with nothing running, stop and roll back do nothing and say why', async (scene) => {
  const { bench, li } = await scene()
  expect(refusalOf(await li.press('stop'))).toBe('No release of this Service is known.')
  expect(refusalOf(await li.rollBack())).toBe('No release of this Service is known.')
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  await bench.until('the history has it', () =>
    bench.link.requests.some(
      ({ method, path, status }) => method === 'POST' && path.endsWith('/configmaps') && status === 201,
    )
      ? true
      : undefined,
  )
  const before = bench.link.requests.length
  // It has ended: that is what was asked for, so nothing is refused and nothing is done.
  await li.press('stop')
  await bench.sees(li, 'still the end', at('release-done'))
  expect(bench.link.requests.slice(before).filter((one) => one.method !== 'GET')).toEqual([])
  expect(li.view().endpoints.ready).toBe(9)
  expect(await images(bench)).toEqual(['2.0.0', '2.0.0', '2.0.0'])
})

test('scenario 22: a roll back in the middle of push all works at once', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: 'slow-2' })
  await bench.sees(li, 'the canary rolls', ({ batches }) => batches[0]?.look === 'rolling')
  expect(await li.press('push-all')).toMatchObject({ ok: true })
  await bench.sees(li, 'batch 2 rolls', ({ batches }) => batches[1]?.look === 'rolling')
  expect(await li.rollBack()).toMatchObject({ ok: true })
  const back = await bench.sees(li, 'all is back', at('release-rolled-back'))
  expect(back.batches.map((one) => one.look)).toEqual(['returned', 'returned', 'idle'])
  expect(await images(bench)).toEqual(['1.0.0', '1.0.0', '1.0.0'])
  const [first, second, ...others] = bench.link.patches()
  expect([first, second, ...[...others].sort()]).toEqual(['web-1', 'web-2', 'web-1', 'web-2'])
})

test('scenario 22: a roll back works while new pods are sick and nothing else would end it', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: 'never-ready-2', gates: { approval: false } })
  await li.press('push-all')
  await bench.sees(li, 'the canary does not get ready', ({ batches }) => batches[0]?.look === 'rolling')
  await li.rollBack()
  await bench.sees(li, 'all is back', at('release-rolled-back'))
  expect(await images(bench)).toEqual(['1.0.0', '1.0.0', '1.0.0'])
  expect(bench.link.patches()).toEqual(['web-1', 'web-1'])
})

test('scenario 23: rolling back twice, and stopping a roll back, changes nothing a second time', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('approve')
  await bench.sees(
    li,
    'the next gate',
    ({ headline }) => headline.kind === 'release-approval' && headline.next === 3,
  )
  const replies = await Promise.all([li.rollBack(), li.rollBack(), li.rollBack()])
  expect(replies.map((reply) => reply.ok)).toEqual([true, true, true])
  await bench.sees(li, 'all is back', at('release-rolled-back'))
  await Promise.all([li.press('stop'), li.press('stop')])
  expect(faultOf(await li.rollBack())?.code).toBe('conflict')
  await bench.sees(li, 'still back', at('release-rolled-back'))
  expect([...bench.link.patches()].sort()).toEqual(['web-1', 'web-1', 'web-2', 'web-2'])
  expect(await images(bench)).toEqual(['1.0.0', '1.0.0', '1.0.0'])
})

test('scenario 25: batches that ran different images return each to its own', async (scene) => {
  const { bench, li } = await scene({ tags: ['1.1.0', '1.0.0', '0.9.0'] })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  expect(await images(bench)).toEqual(['2.0.0', '2.0.0', '2.0.0'])
  expect(li.view().release?.rollBack?.batches.map((one) => one.to)).toEqual(['1.1.0', '1.0.0', '0.9.0'])
  await li.rollBack()
  await bench.sees(li, 'all are back', at('release-rolled-back'))
  expect(await images(bench)).toEqual(['1.1.0', '1.0.0', '0.9.0'])
})

test('scenario 26: what the history of revisions has lost comes back from the baselines of the release', async (scene) => {
  const { bench, li } = await scene({ manifest: (manifest) => specOf(manifest, { revisionHistoryLimit: 0 }) })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  await bench.until('the old ReplicaSets are pruned', async () =>
    (await bench.kubectl.replicaSets()).length === 3 ? true : undefined,
  )
  await li.rollBack()
  await bench.sees(li, 'all are back', at('release-rolled-back'))
  expect(await images(bench)).toEqual(['1.0.0', '1.0.0', '1.0.0'])
})

test('scenario 27: an undo by kubectl puts old words back on the objects, and nothing is taken for a release by them', async (scene) => {
  const { bench, li } = await scene()
  for (const tag of ['2.0.0', '3.0.0']) {
    await li.release({ tag, gates: { approval: false } })
    await bench.sees(li, `the end of ${tag}`, (view) => at('release-done')(view) && view.release?.tag === tag)
  }
  for (const name of ['web-1', 'web-2', 'web-3']) await bench.kubectl.undo(name, bench.image('2.0.0'))
  const undone = await bench.sees(li, 'the undo', (view) =>
    view.batches.every((one) => one.images[0]?.image === bench.image('2.0.0') && one.updated === one.desired),
  )
  expect(undone.release).toBeUndefined()
  expect(undone.headline.kind).toBe('idle')
  const history = await bench.answer(li.call('history/list', { target: li.target() }))
  expect(history.releases.map((one) => one.outcome)).toEqual(['done', 'done'])
  expect(history.batches.map(({ revisions }) => revisions[0]?.images[0]?.image)).toEqual(
    Array<string>(3).fill(bench.image('2.0.0')),
  )
  await li.release({ tag: '3.0.0', gates: { approval: false } })
  await bench.sees(li, 'the next release', at('release-done'))
  expect(await images(bench)).toEqual(['3.0.0', '3.0.0', '3.0.0'])
})

test('scenario 28: approve and resume right after a roll back, before anything was observed, lose nothing and do nothing wrong', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  const wake = bench.link.silenceWatches()
  const step = li.verb('approve')?.step ?? -1
  const replies = Promise.all([
    li.press('approve'),
    li.rollBack('at-once', [1, 2, 3]),
    li.press('approve', { step: step + 1 }),
    li.press('resume'),
    li.press('push-all'),
  ])
  const codes = (await bench.arrived(replies)).map((reply) => faultOf(reply)?.code)
  // What takes back goes before what goes forward that has not begun, in whatever order they were asked for.
  const refused = expect.stringMatching(/^(conflict|moved-on)$/) as string
  expect(codes.slice(1)).toEqual([undefined, refused, refused, refused])
  wake()
  await bench.sees(li, 'all is back', at('release-rolled-back'))
  expect(await images(bench)).toEqual(['1.0.0', '1.0.0', '1.0.0'])
  expect(bench.link.patches().filter((name) => name === 'web-3')).toEqual([])
})
