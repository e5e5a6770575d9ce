import { expect } from 'vitest'
import { at } from '../support/pictures.ts'
import { test } from '../support/scene.ts'

const sidecar = { name: 'proxy', image: 'registry.example/proxy:1' }

test('scenario 31: an image that somebody sets with kubectl in the middle is named with manager and time, and not overwritten', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await bench.kubectl.setImage('web-3', bench.image('1.0.1'), 'kubectl-set')
  const held = await bench.sees(li, 'the hold', at('release-foreign'))
  expect(held.headline).toMatchObject({ batch: 3, manager: 'kubectl-set' })
  // A colleague who changes it once more, while nobody has decided, is what is decided about.
  await bench.kubectl.setImage('web-3', bench.image('1.0.2'), 'kubectl-set')
  await bench.sees(
    li,
    'the second change',
    // And that the release is held for it: until then nobody has seen what would be decided about.
    ({ batches, release }) =>
      batches[2]?.images[0]?.image === bench.image('1.0.2') &&
      (release?.version ?? 0) > (held.release?.version ?? 0),
  )
  const written = held.headline.kind === 'release-foreign' ? held.headline.at : 0
  expect(written).toBeGreaterThan((held.release?.startedAt ?? 0) - 5_000)
  expect(bench.link.patches()).toEqual(['web-1'])
  expect(await bench.kubectl.image('web-3')).toBe(bench.image('1.0.2'))
  // Accepted, it is what this batch goes back to.
  expect(await li.press('adopt')).toMatchObject({ ok: true })
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('push-all')
  await bench.sees(li, 'the end', at('release-done'))
  await li.rollBack()
  await bench.sees(li, 'all is back', at('release-rolled-back'))
  expect(await bench.kubectl.image('web-3')).toBe(bench.image('1.0.2'))
  expect(await bench.kubectl.image('web-2')).toBe(bench.image('1.0.0'))
})

test('scenario 32: GitOps that puts the old image back halts the release; nobody fights, a person decides', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await bench.kubectl.setImage('web-1', bench.image('1.0.0'), 'argocd-controller')
  const held = await bench.sees(li, 'the hold', at('release-foreign'))
  expect(held.headline).toMatchObject({ batch: 1, manager: 'argocd-controller' })
  await bench.rest(3)
  expect(bench.link.patches()).toEqual(['web-1'])
  // A person who has switched GitOps off puts it back, once.
  await li.press('restore')
  await bench.sees(li, 'the gate again', at('release-approval'))
  expect(await bench.kubectl.image('web-1')).toBe(bench.image('2.0.0'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-1'])
})

test('scenario 33: a sidecar that a webhook adds to our patch is not taken for a stranger, and rolling back is not stuck on it', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  const when = (one: { readonly method: string; readonly path: string }): boolean =>
    one.method === 'PATCH' && one.path.includes('/deployments/')
  const operations = [{ op: 'add', path: '/spec/template/spec/containers/-', value: sidecar }]
  const stop = bench.link.disturb({ when, times: Infinity, what: { kind: 'mutate', operations } })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  const done = await bench.sees(li, 'the end', at('release-done'))
  expect(done.batches.map((one) => one.images.length)).toEqual([2, 2])
  expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
  await li.rollBack()
  await bench.sees(li, 'all is back', at('release-rolled-back'))
  expect(await bench.kubectl.image('web-2')).toBe(bench.image('1.0.0'))
  stop()
})

test('scenario 33: a template that changes in nothing but an annotation is a change; adopted, it is kept and the release goes on', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  const annotations = { 'checksum/config': 'b1946ac9' }
  await bench.kubectl.patch('web-2', { spec: { template: { metadata: { annotations } } } }, 'helm')
  const held = await bench.sees(li, 'the hold', at('release-foreign'))
  expect(held.headline).toMatchObject({ batch: 2, manager: 'helm' })
  await li.press('adopt')
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('approve')
  await bench.sees(li, 'the end', at('release-done'))
  const { template } = (await bench.kubectl.deployment('web-2')).spec
  expect(template.metadata?.annotations).toMatchObject(annotations)
  expect(template.spec.containers[0]?.image).toBe(bench.image('2.0.0'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
})

test('scenario 39: a Deployment that is paused already is a blocker before the start, and none once it is resumed', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  const blockers = async () => {
    await bench.rest(1)
    const report = await bench.answer(li.call('release/check', li.draft({ tag: '2.0.0' })))
    return report.checks.filter(({ level }) => level === 'blocker').map(({ what }) => what)
  }
  await bench.kubectl.patch('web-2', { spec: { paused: true } })
  expect(await blockers()).toEqual([{ kind: 'paused', batches: [2] }])
  await bench.kubectl.patch('web-2', { spec: { paused: false } })
  expect(await blockers()).toEqual([])
  await bench.answer(li.release({ tag: '2.0.0', gates: { approval: false } }))
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
})

test('scenario 40: a batch that is deleted in the middle holds the release; created anew under its name it is another one, until a person says so', async (scene) => {
  const { bench, li } = await scene()
  const old = await bench.kubectl.deployment('web-3')
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await bench.kubectl.remove('deployments', 'web-3')
  const held = await bench.sees(li, 'the hold', at('release-gone'))
  expect(held.headline).toMatchObject({ batch: 3, again: false })
  const { name, namespace, labels } = old.metadata
  await bench.kubectl.create('deployments', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: old.spec,
  })
  await bench.sees(
    li,
    'the new one is noticed',
    ({ headline }) => headline.kind === 'release-gone' && headline.again,
  )
  expect(bench.link.patches()).toEqual(['web-1'])
  await bench.allServe(li)
  await li.press('adopt')
  await bench.sees(li, 'the gate', at('release-approval'))
  await li.press('push-all')
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
  expect(await bench.kubectl.image('web-3')).toBe(bench.image('2.0.0'))
})
