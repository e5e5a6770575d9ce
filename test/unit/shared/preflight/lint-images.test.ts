import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import { lintImages, lintRestart } from '../../../../shared/preflight/lint-images.ts'
import { plannedOf } from '../../../../shared/preflight/planned.ts'
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
/** For every batch that a test has. */
const wished = (image: string, container = 'demo-aone') =>
  [1, 2, 3, 4].map((number) => ({ batch: uid(`batch-${number}`), container, image }))
const digest = `registry.example/app-cloud/demo@sha256:${'a'.repeat(64)}`

test('an image that runs already is told as a batch in which nothing rolls', () => {
  const batches = [buildBatch(1, { image: newImage }), buildBatch(2)]
  expect(lintImages(wished(newImage), planned(batches))).toContainEqual({
    level: 'warning',
    what: { kind: 'image-same', batches: [1] },
  })
})

test.each([
  ['registry.example/app-cloud/demo:latest', ['warning image-mutable', 'warning image-cached']],
  [
    'registry.example:5000/app-cloud/demo',
    ['warning image-mutable', 'warning repository-changes', 'warning image-cached'],
  ],
  [newImage, ['info image-no-digest', 'ok image-ok']],
  [digest, ['ok image-ok']],
])('what %s may mean later is told', (image, kinds) => {
  const checks = lintImages(wished(image), planned([buildBatch(1), buildBatch(2)]))
  expect(checks.map(({ level, what }) => `${level} ${what.kind}`)).toEqual(kinds)
})

test('a container that is missing in one batch blocks with its name and that batch', () => {
  const batches = [buildBatch(1), buildBatch(2, { containers: [{ ...main, name: 'web' }] })]
  expect(lintImages(wished(newImage), planned(batches))).toEqual([
    { level: 'blocker', what: { kind: 'no-container', container: 'demo-aone', batches: [2] } },
  ])
})

test('an init container of the same repository that keeps its old image is told', () => {
  const init = { ...main, name: 'migrate', init: true }
  const batches = [buildBatch(1, { containers: [main, init] })]
  expect(lintImages(wished(newImage), planned(batches))).toContainEqual({
    level: 'warning',
    what: { kind: 'same-repository', container: 'migrate', image: oldImage, batches: [1] },
  })
  const both = lintImages([...wished(newImage), ...wished(newImage, 'migrate')], planned(batches))
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

const kindsOf = (checks: ReturnType<typeof lintImages>): readonly string[] =>
  checks.map(({ level, what }) => `${level} ${what.kind}`)
const running = (...images: readonly string[]): readonly Batch[] =>
  images.map((image, index) => buildBatch(index + 1, { image, containers: [{ ...main, image }] }))

test('a batch that gets no image at all blocks with the container that the others get', () => {
  const batches = [buildBatch(1), buildBatch(2)]
  expect(lintImages(wished(newImage).slice(0, 1), planned(batches))).toEqual([
    { level: 'blocker', what: { kind: 'no-container', container: 'demo-aone', batches: [2] } },
  ])
})

test('another repository is told with both, for the batches that leave theirs', () => {
  const batches = running('eu.example/team/app:1.0', 'us.example:5000/team/app:1.0')
  const checks = lintImages(wished('eu.example/team/app:2.0'), planned(batches))
  expect(checks).toContainEqual({
    level: 'warning',
    what: {
      kind: 'repository-changes',
      container: 'demo-aone',
      from: 'us.example:5000/team/app',
      to: 'eu.example/team/app',
      batches: [2],
    },
  })
  expect(kindsOf(checks).filter((kind) => kind.endsWith('repository-changes'))).toHaveLength(1)
})

test('a digest that is lost is told, one that another takes the place of is not', () => {
  const pinned = `eu.example/team/app@sha256:${'a'.repeat(64)}`
  const other = `eu.example/team/app@sha256:${'b'.repeat(64)}`
  const lost = lintImages(wished('eu.example/team/app:2.0'), planned(running(pinned, pinned)))
  expect(lost).toContainEqual({
    level: 'warning',
    what: { kind: 'digest-lost', container: 'demo-aone', tag: '2.0', batches: [1, 2] },
  })
  expect(kindsOf(lintImages(wished(other), planned(running(pinned))))).not.toContain('warning digest-lost')
})

test('a tag with an ending of its own is told to a person, unless the ending stays', () => {
  const batches = running('r/app:1.0', 'r/app:1.0', 'r/app:1.0-arm64')
  const found = {
    kind: 'tag-differs',
    tag: '1.0-arm64',
    others: '1.0',
    to: '2.0',
    variant: true,
    batches: [3],
  }
  expect(lintImages(wished('r/app:2.0'), planned(batches))).toContainEqual({ level: 'warning', what: found })
  const own = [...wished('r/app:2.0').slice(0, 2), ...wished('r/app:2.0-arm64').slice(2)]
  expect(kindsOf(lintImages(own, planned(batches)))).not.toContain('warning tag-differs')
  // Two endings of one version, and a canary that is simply ahead.
  expect(
    kindsOf(lintImages(wished('r/app:2'), planned(running('r/app:1-alpine', 'r/app:1-debian')))),
  ).toContain('warning tag-differs')
  const ahead = planned(running('r/app:2.0', 'r/app:1.0', 'r/app:1.0'))
  expect(kindsOf(lintImages(wished('r/app:3.0'), ahead))).toContain('info tag-differs')
  expect(kindsOf(lintImages(wished('r/app:2.0'), ahead))).not.toContain('info tag-differs')
})
