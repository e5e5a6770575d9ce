import { expect } from 'vitest'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { refusalOf } from '../support/operator.ts'
import { test } from '../support/scene.ts'

const at = (kind: PipelineView['headline']['kind']) => (view: PipelineView) => view.headline.kind === kind
const holds = (view: PipelineView): readonly unknown[] =>
  view.release?.log.filter(({ sentence }) => sentence.kind === 'log' && sentence.what === 'held') ?? []

test('scenario 1: a canary, then a ramp: the canary waits for a person, all others follow by themselves', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 16, 16, 16] })
  const gates = { approval: false, bakeSeconds: 30 }
  await li.release({ tag: '2.0.0', gates, gatesOf: { 1: { approval: true } } })
  await bench.sees(li, 'the gate after the canary', at('release-approval'))
  await bench.pass(600)
  expect(bench.link.patches()).toEqual(['web-1'])
  await li.press('approve')
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => [one.desired, one.updated, one.servingNew, one.old])).toEqual([
    [1, 1, 1, 0],
    [16, 16, 16, 0],
    [16, 16, 16, 0],
    [16, 16, 16, 0],
  ])
  expect(done.newShare).toBe(1)
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3', 'web-4'])
})

test('scenario 2: a bake and a pause of twice the progress deadline are no failure', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0', gates: { bakeSeconds: 1300 } })
  await bench.sees(li, 'the canary bakes', at('release-baking'))
  const gate = await bench.sees(li, 'the gate', at('release-approval'))
  const [canary] = gate.batches
  expect((canary?.doneAt ?? 0) - (canary?.readyAt ?? 0)).toBeGreaterThanOrEqual(1_300_000)
  await li.press('approve')
  await bench.sees(li, 'batch 2 rolls', at('release-rolling'))
  await li.press('pause')
  await bench.pass(1300)
  expect(li.view().headline.kind).toBe('release-paused')
  await li.press('resume')
  const later = await bench.sees(li, 'the next gate', at('release-approval'))
  expect(holds(later)).toEqual([])
})

test('scenario 3: a pause lasts until a person ends it; a double click on resume or approve lets one batch go', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('pause')
  await bench.pass(3600)
  expect(li.view().release?.state).toBe('paused')
  const replies = await Promise.all([li.press('resume'), li.press('resume')])
  expect(replies.map((reply) => reply.ok)).toEqual([true, true])
  await bench.sees(li, 'the gate again', at('release-approval'))
  const clicks = await Promise.all([li.press('approve'), li.press('approve')])
  expect(clicks.map((reply) => reply.ok)).toEqual([true, true])
  const next = await bench.sees(li, 'the next gate', at('release-approval'))
  expect(next.headline).toMatchObject({ done: 2, next: 3 })
  await bench.pass(600)
  expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
})

test('scenario 4: push all while paused says to resume first; while a batch bakes it opens the gates, and the bake holds', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0', gates: { bakeSeconds: 300 } })
  await bench.sees(li, 'the canary bakes', at('release-baking'))
  await li.press('pause')
  await bench.sees(li, 'the pause', at('release-paused'))
  expect(refusalOf(await li.press('push-all'))).toBe('The release is paused. Resume it first.')
  await li.press('resume')
  await bench.sees(li, 'the bake goes on', at('release-baking'))
  expect(await li.press('push-all')).toMatchObject({ ok: true })
  await bench.pass(200)
  expect(bench.link.patches()).toEqual(['web-1'])
  const done = await bench.sees(li, 'the end', at('release-done'))
  for (const { doneAt = 0, readyAt = 0 } of done.batches)
    expect(doneAt - readyAt).toBeGreaterThanOrEqual(300_000)
})

test('scenario 4: push all after a stop is refused in words, and nothing is written', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('stop')
  await bench.sees(li, 'the end', at('release-stopped'))
  expect(refusalOf(await li.press('push-all'))).toBe('This release has ended.')
  await bench.pass(300)
  expect(bench.link.patches()).toEqual(['web-1'])
})

test('scenario 5: a skipped batch is marked as that, never green, and may be taken in again before it is passed', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 3, 3, 3] })
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('skip')
  const skipped = await bench.sees(li, 'batch 2 is left out', (view) => view.batches[1]?.look === 'skipped')
  expect(skipped.headline).toMatchObject({ kind: 'release-approval', next: 3 })
  const [, second, third] = skipped.batches
  const steps = [second, third].flatMap((batch) =>
    batch === undefined
      ? []
      : [
          {
            batch: batch.uid,
            leftOut: batch === third,
            gates: li.draft({ tag: 'x' }).steps[0]?.gates ?? gone(),
          },
        ],
  )
  const reply = await li.call('release/change-plan', {
    request: 'one-request-1',
    target: li.target(),
    release: skipped.release?.id ?? '',
    change: { steps, sizes: [] },
  })
  expect(reply).toMatchObject({ ok: true })
  await bench.sees(li, 'batch 2 is next again', (view) => view.batches[2]?.look === 'skipped')
  await li.press('push-all')
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.headline).toMatchObject({ all: false, remains: { new: [1, 2, 4], old: [3] } })
  expect(done.batches.map((one) => one.look)).toEqual(['done', 'done', 'skipped', 'done'])
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-4'])
  expect(await bench.kubectl.image('web-3')).toBe(bench.image('1.0.0'))
})

test('scenario 6: a restart goes batch by batch with new pods of the same image', async (scene) => {
  const { bench, li } = await scene()
  const before = (await bench.kubectl.pods()).map((pod) => pod.metadata.uid)
  await li.release({ change: { kind: 'restart' } })
  await bench.sees(li, 'the gate', at('release-approval'))
  expect(bench.link.patches()).toEqual(['web-1'])
  await li.press('push-all')
  await bench.sees(li, 'the end', at('release-done'))
  await bench.pass(60)
  const after = await bench.kubectl.pods()
  expect(after.filter((pod) => before.includes(pod.metadata.uid))).toEqual([])
  expect(new Set(after.map((pod) => pod.spec.containers[0]?.image))).toEqual(new Set([bench.image('1.0.0')]))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 7: sizes are whole pods, so a preview is the result; percents of a strategy round as the cluster rounds them', async (scene) => {
  const percents = ['20%', '40%', '60%', '80%', '90%']
  const { bench, li } = await scene({
    sizes: [3, 3, 3, 3, 3, 1, 1],
    manifest: (manifest, number) => {
      const maxSurge = percents[number - 1] ?? (number === 6 ? '1%' : '50%')
      const rollingUpdate = { maxSurge, maxUnavailable: '0%' }
      return {
        ...manifest,
        spec: { ...(manifest['spec'] as object), strategy: { type: 'RollingUpdate', rollingUpdate } },
      }
    },
  })
  const said = li.view().batches.map((batch) => batch.surge)
  const most = new Map<string, number>()
  await li.release({ tag: '2.0.0', gates: { approval: false }, sizes: { 1: 4, 2: 2 } })
  await bench.until('the end', async () => {
    for (const batch of li.view().batches) {
      const { status } = await bench.kubectl.deployment(batch.name)
      most.set(batch.name, Math.max(most.get(batch.name) ?? 0, status?.replicas ?? 0))
    }
    return li.view().headline.kind === 'release-done' ? true : undefined
  })
  const { batches } = li.view()
  expect(batches.map((batch) => batch.desired)).toEqual([4, 2, 3, 3, 3, 1, 1])
  expect(batches.map((batch) => batch.servingNew)).toEqual([4, 2, 3, 3, 3, 1, 1])
  expect(said).toEqual([1, 2, 2, 3, 3, 1, 1])
  for (const batch of batches) expect(most.get(batch.name)).toBe(batch.desired + batch.surge)
})

function gone(): never {
  throw new Error('there is no first step')
}
