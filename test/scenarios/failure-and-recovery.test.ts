import { expect } from 'vitest'
import { refusalOf } from '../support/operator.ts'
import { at, unfit } from '../support/pictures.ts'
import { test } from '../support/scene.ts'

test('scenario 9: an image that is not there is told within seconds, with the pod and its reason; later batches stay untouched', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: 'missing-2', gates: { approval: false } })
  await bench.until('the pod says it', async () =>
    (await bench.kubectl.pods()).some(
      (pod) => pod.status?.containerStatuses?.[0]?.state.waiting?.reason === 'ImagePullBackOff',
    )
      ? true
      : undefined,
  )
  await bench.pass(5)
  const { headline, batches } = li.view()
  expect(headline).toMatchObject({ kind: 'release-failing', batch: 1, reason: 'ImagePullBackOff' })
  expect(batches[0]?.trouble?.pod).toMatch(/^web-1-/)
  await bench.pass(1200)
  expect(bench.link.patches()).toEqual(['web-1'])
  expect(batches.slice(1).map((one) => one.look)).toEqual(['waiting', 'waiting'])
})

test('scenario 16: a template that the API refuses changes nothing, and the mended one goes', async (scene) => {
  const { bench, li } = await scene()
  const [canary] = li.view().batches
  const { template } = (await bench.kubectl.deployment('web-1')).spec
  const edited = (label: string): string => {
    const containers = template.spec.containers.map((one) => ({ ...one, image: bench.image('2.0.0') }))
    return JSON.stringify({ metadata: { labels: { app: label } }, spec: { ...template.spec, containers } })
  }
  const change = (text: string) => ({ kind: 'template', batch: canary?.uid ?? missing(), text }) as const
  const refused = await bench.arrived(li.release({ change: change(edited('other')) }))
  expect(refusalOf(refused)).toContain('selector')
  await bench.pass(60)
  expect(bench.link.patches()).toEqual([])
  expect(li.view().lock.kind).toBe('free')
  const started = await bench.arrived(
    li.release({ change: change(edited('web')), gates: { approval: false } }),
  )
  expect(started).toMatchObject({ ok: true })
  await bench.sees(li, 'the end', at('release-done'))
  expect(await bench.kubectl.image('web-3')).toBe(bench.image('2.0.0'))
})

test('scenario 19: with a tolerance of one, 15 of 16 are enough; of a single pod none is not', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 16] })
  const gates = { approval: false, tolerance: 1 }
  await li.release({ tag: '2.0.0', gates, batchLimitSeconds: 600 })
  const sick = await bench.until('a new pod of batch 2', async () => {
    const pods = await bench.kubectl.pods()
    const found = pods.find((pod) => pod.metadata.name.startsWith('web-2-') && isNew(pod) && !unfit(pod))
    return found?.metadata.name
  })
  await bench.kubectl.setReady(sick, false)
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches[1]).toMatchObject({ desired: 16, updated: 16, servingNew: 15, old: 0 })
  await li.release({ tag: 'never-ready-3', gates, batchLimitSeconds: 300 })
  const held = await bench.sees(li, 'the hold', (view) => view.release?.state === 'held')
  expect(held.headline).toMatchObject({ kind: 'release-deadline', batch: 1 })
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-1'])

  function isNew(pod: {
    readonly spec: { readonly containers: readonly { readonly image: string }[] }
  }): boolean {
    return pod.spec.containers[0]?.image === bench.image('2.0.0')
  }
})

function missing(): never {
  throw new Error('there is no canary')
}

test('scenario 9: tried again, the pods that have failed are given time; a new pod that fails is told within seconds', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: 'missing-2' })
  await bench.sees(li, 'the failure', at('release-failing'))
  const failing = () => li.view().batches[0]?.trouble
  const first = failing()?.pod ?? ''
  await li.press('retry')
  await bench.pass(120)
  expect(li.view().release?.state).toBe('running')
  expect(failing()?.pod).toBe(first)
  await bench.kubectl.remove('pods', first)
  await bench.until('a new pod fails', () =>
    failing()?.weight === 'final' && failing()?.pod !== first ? true : undefined,
  )
  await bench.pass(5)
  const held = li.view()
  expect(held.headline).toMatchObject({ kind: 'release-failing', batch: 1, reason: 'ImagePullBackOff' })
  expect(held.release?.state).toBe('held')
})
