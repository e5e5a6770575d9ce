import { expect, test } from 'vitest'
import { lintImages, lintRestart } from '../../../../shared/model/lint-images.ts'
import { plannedOf } from '../../../../shared/model/planned.ts'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import { buildBatch, buildBatchSet, newImage, oldImage } from '../../../support/build-batch.ts'

function planned(batches: readonly Batch[], kind = 'image') {
  const steps = batches.map(({ uid }) => ({ batch: uid, leftOut: false }))
  return plannedOf({ change: { kind }, steps, sizes: [] }, buildBatchSet(batches))
}
const main = {
  name: 'demo-aone',
  image: oldImage,
  init: false,
  hasReadinessProbe: true,
  imagePullPolicy: 'IfNotPresent',
}
const digest = `registry.example/app-cloud/demo@sha256:${'a'.repeat(64)}`

test('an image that runs already is told as a batch in which nothing rolls', () => {
  const batches = [buildBatch(1, { image: newImage }), buildBatch(2)]
  expect(lintImages({ 'demo-aone': newImage }, planned(batches))).toContainEqual({
    level: 'warning',
    what: { kind: 'image-same', batches: [1] },
  })
})

test.each([
  ['registry.example/app-cloud/demo:latest', ['warning image-mutable', 'warning image-cached']],
  ['registry.example:5000/app-cloud/demo', ['warning image-mutable', 'warning image-cached']],
  [newImage, ['info image-no-digest', 'ok image-ok']],
  [digest, ['ok image-ok']],
])('what %s may mean later is told', (image, kinds) => {
  const checks = lintImages({ 'demo-aone': image }, planned([buildBatch(1), buildBatch(2)]))
  expect(checks.map(({ level, what }) => `${level} ${what.kind}`)).toEqual(kinds)
})

test('a container that is missing in one batch blocks with its name and that batch', () => {
  const batches = [buildBatch(1), buildBatch(2, { containers: [{ ...main, name: 'web' }] })]
  expect(lintImages({ 'demo-aone': newImage }, planned(batches))).toEqual([
    { level: 'blocker', what: { kind: 'no-container', container: 'demo-aone', batches: [2] } },
  ])
})

test('an init container of the same repository that keeps its old image is told', () => {
  const init = { ...main, name: 'migrate', init: true }
  const batches = [buildBatch(1, { containers: [main, init] })]
  expect(lintImages({ 'demo-aone': newImage }, planned(batches))).toContainEqual({
    level: 'warning',
    what: { kind: 'same-repository', container: 'migrate', image: oldImage, batches: [1] },
  })
  const both = lintImages({ 'demo-aone': newImage, migrate: newImage }, planned(batches))
  expect(both.map((check) => check.what.kind)).toContain('init-image')
  expect(both.map((check) => check.what.kind)).not.toContain('same-repository')
})

test('a restart pulls nothing where nodes keep what they have under a mutable tag', () => {
  const image = 'registry.example/app-cloud/demo:latest'
  const cached = buildBatch(1, { containers: [{ ...main, image }] })
  const pulled = buildBatch(2, { containers: [{ ...main, image, imagePullPolicy: 'Always' }] })
  expect(lintRestart(planned([cached, pulled], 'restart'))).toEqual([
    { level: 'warning', what: { kind: 'image-cached', tag: 'latest', policy: 'IfNotPresent', batches: [1] } },
  ])
})
