import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAt, textAt } from '../../../../electron/training/objects/json.ts'
import { draftInput, type DraftParts } from '../../../../renderer/draft/draft-input.ts'
import { createDraftStore } from '../../../../renderer/stores/draft.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { runningVersion } from '../../../../shared/view/running-version.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { applyCase } from '../../../support/apply-case.ts'
import type { KubeClient } from '../../../support/kube-client.ts'
import { ended, kubectl, path, request } from '../../../support/shop-release.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

let bench: Bench
let kube: KubeClient
let desk: Desk
beforeAll(async () => {
  bench = await openBench()
  kube = kubectl(bench)
  for (const name of ['wrong-container', 'two-registries', 'canary-by-name', 'no-tag'])
    await applyCase(kube, name, 'demo')
  desk = await bench.open()
})
afterAll(async () => {
  await kube.close()
  await bench.close()
})

const nothing: DraftParts = createDraftStore().getState()
const live = (view: PipelineView): boolean => view.freshness.kind === 'live' && view.batches.length > 1

/** What the window would send once this tag is typed, and its checks. */
async function typed(service: string, parts: Partial<DraftParts>) {
  const view = await desk.picture(service, live)
  const draft = draftInput(view, { ...nothing, ...parts })
  const checked = await desk.client.call('release/check', draft)
  return { draft, kinds: checked.ok ? checked.value.checks.map(({ what }) => what.kind) : [] }
}

async function released(service: string, parts: Partial<DraftParts>): Promise<PipelineView> {
  const { draft } = await typed(service, parts)
  const steps = draft.steps.map((step) => ({
    ...step,
    gates: { ...step.gates, bakeSeconds: 0, approval: false },
  }))
  const started = await desk.client.call('release/start', {
    request: request(),
    draft: { ...draft, steps },
  })
  if (!started.ok) throw new Error(wordsOf(started.fault))
  return desk.picture(service, ended(started.value.release))
}

async function imagesOf(deployment: string): Promise<readonly string[]> {
  const { body } = await kube.get(path.deployment(deployment))
  return listAt(body, 'spec', 'template', 'spec', 'containers').map((one) => textAt(one, 'image') ?? '')
}

test('a tag typed in the window reaches the annotated container of every batch, and the view says its version', async () => {
  const view = await released('web', { tag: '2.0' })
  for (const name of ['web-1', 'web-2'])
    expect(await imagesOf(name)).toEqual([
      'registry.example:5000/obs/fluent-bit:3.1',
      'registry.example:5000/team/app:2.0',
    ])
  expect(view.batches.map((batch) => [batch.application, runningVersion(batch)])).toEqual([
    ['app', '2.0'],
    ['app', '2.0'],
  ])
  expect(view.release).toMatchObject({ tag: '2.0', image: 'registry.example:5000/team/app:2.0' })
})

test('each batch keeps its registry, and what is put back is what each of them ran', async () => {
  const { kinds } = await typed('app', { tag: '2.0' })
  expect(kinds).toContain('tag-differs')
  expect(kinds).not.toContain('repository-changes')
  const view = await released('app', { tag: '2.0' })
  expect(await Promise.all(['app-1', 'app-2', 'app-3'].map(imagesOf))).toEqual([
    ['eu.registry.example/team/app:2.0'],
    ['us.registry.example/team/app:2.0'],
    ['us.registry.example/team/app:2.0'],
  ])
  expect(view.release?.rollBack?.batches.map(({ from, to }) => [from, to])).toEqual([
    ['2.0', '1.0'],
    ['2.0', '1.0'],
    ['2.0', '1.0-arm64'],
  ])
  const back = await desk.client.call('release/roll-back', {
    request: request(),
    target: desk.target('app'),
    release: view.release?.id ?? '',
    mode: 'at-once',
    batches: view.batches.map((batch) => batch.uid),
  })
  expect(back).toMatchObject({ ok: true })
  await desk.picture('app', (now) => now.release?.outcome === 'rolled-back')
  expect(await Promise.all(['app-1', 'app-2', 'app-3'].map(imagesOf))).toEqual([
    ['eu.registry.example/team/app:1.0'],
    ['us.registry.example/team/app:1.0'],
    ['us.registry.example/team/app:1.0-arm64'],
  ])
})

test('a whole reference in the place of a tag is for all, and the checks name what changes', async () => {
  const { draft, kinds } = await typed('app', { tag: 'eu.registry.example/team/app:3.0' })
  expect(draft.change.kind === 'image' ? new Set(draft.change.images.map((one) => one.image)) : []).toEqual(
    new Set(['eu.registry.example/team/app:3.0']),
  )
  expect(kinds).toContain('repository-changes')
})

test('an image without a tag is called latest, and the canary stands first', async () => {
  const untagged = await desk.picture('notag', live)
  expect(untagged.batches.map(runningVersion)).toEqual(['latest', 'latest'])
  const hostname = await desk.picture('hostname', live)
  expect(hostname.batches.map((batch) => batch.name)).toEqual(['hostname-canary', 'hostname'])
})

test('a draft that gives an image to a container that is not there is refused before anything is written', async () => {
  const { draft } = await typed('notag', { tag: '2' })
  const images = draft.steps.map(({ batch }) => ({ batch, container: 'gone', image: 'x:1' }))
  const started = await desk.client.call('release/start', {
    request: request(),
    draft: { ...draft, change: { kind: 'image', images } },
  })
  expect(spoken(started)).toMatchObject({ ok: false, fault: { message: 'notag-1 has no container gone.' } })
})
