import { expect } from 'vitest'
import { at, specOf } from '../support/pictures.ts'
import { test } from '../support/scene.ts'

test('scenario 41: batches that share the very same selector are counted by their owners, and no ReplicaSet of another is touched', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 3, 5] })
  expect(li.view().sharedSelector).toBe(true)
  expect(li.view().batches.map((one) => one.pods)).toEqual(['o', 'ooo', 'ooooo'])
  await li.release({ tag: '2.0.0' })
  const gate = await bench.sees(li, 'the gate', at('release-approval'))
  expect(gate.batches.map((one) => [one.updated, one.servingNew, one.servingOld])).toEqual([
    [1, 1, 0],
    [0, 0, 3],
    [0, 0, 5],
  ])
  await li.press('push-all')
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => [one.desired, one.servingNew])).toEqual([
    [1, 1],
    [3, 3],
    [5, 5],
  ])
  const written = bench.link.requests
    .filter(({ method, path }) => method !== 'GET' && !path.includes('/authorization.k8s.io/'))
    .map(({ path }) => /\/(deployments|leases|configmaps)(?:\/|$)/.exec(path)?.[1])
  expect(written).not.toContain(undefined)
})

test('scenario 42: a pod behind the Service that belongs to no batch is shown, never counted as one of ours and never touched', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  const container = { name: 'web', image: bench.image('0.1.0') }
  await bench.kubectl.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'stranger', labels: { app: 'web' } },
    spec: { containers: [container] },
  })
  await bench.sees(li, 'the stranger', (view) => view.foreignPods === 1)
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done).toMatchObject({ foreignPods: 1, endpoints: { expected: 4, others: { all: 1 } } })
  await bench.sees(li, 'that it takes its share of the traffic', (view) => view.newShare === 3 / 4)
  expect(done.batches.map((one) => one.servingNew)).toEqual([1, 2])
  const stranger = (await bench.kubectl.pods()).find((one) => one.metadata.name === 'stranger')
  expect(stranger?.spec.containers[0]?.image).toBe(container.image)
  expect(
    bench.link.requests.filter(({ path, method }) => path.endsWith('/stranger') && method !== 'GET'),
  ).toEqual([])
})

test('scenario 43: among several containers and init containers the image is set in the right one', async (scene) => {
  const { bench, li } = await scene({
    sizes: [1, 2],
    manifest: (manifest) => {
      const spec = manifest['spec'] as {
        readonly template: { readonly spec: { readonly containers: readonly object[] } }
      }
      const { template } = spec
      const first = { name: 'proxy', image: 'registry.example/proxy:1' }
      const init = { name: 'prepare', image: 'registry.example/prepare:1' }
      const containers = [first, ...template.spec.containers]
      return specOf(manifest, {
        template: { ...template, spec: { ...template.spec, containers, initContainers: [init] } },
      })
    },
  })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  const pod = (await bench.kubectl.deployment('web-2')).spec.template.spec
  expect(pod.containers.map((one) => [one.name, one.image])).toEqual([
    ['proxy', 'registry.example/proxy:1'],
    ['web', bench.image('2.0.0')],
  ])
  expect(pod.initContainers?.map((one) => one.image)).toEqual(['registry.example/prepare:1'])
  // An init container by its name, and another batch's containers stay what they were.
  const images = { prepare: 'registry.example/prepare:2' }
  const wished = li
    .view()
    .batches.map((batch) => ({ batch: batch.uid, container: 'prepare', image: images.prepare }))
  await li.release({ change: { kind: 'image', images: wished }, gates: { approval: false }, leftOut: [1] })
  await bench.sees(
    li,
    'the end',
    (view) => at('release-done')(view) && view.release?.image === images.prepare,
  )
  const after = (await bench.kubectl.deployment('web-2')).spec.template.spec
  expect(after.initContainers?.map((one) => one.image)).toEqual([images.prepare])
  expect(after.containers.map((one) => one.image)).toEqual(pod.containers.map((one) => one.image))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-2'])
})

test('scenario 43: pods that run another content under the same tag are told, within a batch and between batches', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  const moved = async () => {
    const report = await bench.answer(li.call('release/check', li.draft({ tag: '2.0.0' })))
    return report.checks.flatMap(({ what, level }) => (what.kind === 'tag-moved' ? [{ ...what, level }] : []))
  }
  expect(await moved()).toEqual([])
  const pods = (await bench.kubectl.pods()).map((pod) => pod.metadata.name)
  const other = `sha256:${'0'.repeat(64)}`
  await bench.kubectl.setDigest(pods.find((name) => name.startsWith('web-1-')) ?? '', other)
  await bench.rest(1)
  const told = { kind: 'tag-moved', level: 'warning', image: bench.image('1.0.0'), contents: 2 }
  expect(await moved()).toEqual([{ ...told, batches: [1, 2] }])
  for (const name of pods.filter((one) => one.startsWith('web-2-')))
    await bench.kubectl.setDigest(name, other)
  await bench.rest(1)
  expect(await moved()).toEqual([])
  await bench.kubectl.setDigest(
    pods.find((name) => name.startsWith('web-2-')) ?? '',
    `sha256:${'1'.repeat(64)}`,
  )
  await bench.rest(1)
  expect(await moved()).toEqual([{ ...told, batches: [1, 2] }])
})
