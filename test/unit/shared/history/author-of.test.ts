import { expect, test } from 'vitest'
import { authorOf, managerOf, type Marked } from '../../../../shared/history/author-of.ts'
import { templateDigest } from '../../../../shared/k8s/template-digest.ts'
import { lastWriter } from '../../../../shared/release/last-writer.ts'
import { readDeployment } from '../../../../shared/k8s/read-workloads.ts'
import { buildBatch, buildBatchSet, buildTemplate, newImage, oldImage } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'

const batch = { uid: buildBatch(1).uid, name: buildBatch(1).name }

function set(revision: number, cause: string, more: Partial<Marked> = {}): Marked {
  return { digest: `d${String(revision)}`, createdAt: revision * 1000, revision, before: [], cause, ...more }
}

function causes(...sets: readonly Marked[]): readonly string[] {
  return sets.map((one) => authorOf(one, { batch, sets, releases: [] }).cause)
}

test('words that the controller copied along from the revision before are not said of the next one', () => {
  expect(causes(set(1, 'first'), set(2, 'first'), set(3, 'third'), set(4, 'third'))).toEqual([
    'first',
    '',
    'third',
    '',
  ])
})

test('where the revision before is pruned or was used again, nobody knows for which the words were written', () => {
  expect(causes(set(7, 'seventh'), set(9, 'ninth'))).toEqual(['', ''])
  // Revision 1 came back as 3, with words of its own; those of 2 may have been its first ones.
  expect(causes(set(3, 'undone', { before: [1] }), set(2, 'second'))).toEqual(['undone', ''])
})

const release = buildRelease(buildBatchSet([buildBatch(1)]), { by: 'li.wei@laptop' })
const sets = `tranche: release ${release.id} sets ${newImage}`
const [oldDigest, newDigest] = [oldImage, newImage].map((image) => templateDigest(buildTemplate(image)))

test('a release of ours is named by its person, and not said of the change that came after it', () => {
  const own = set(2, sets, { digest: newDigest ?? '' })
  const later = set(3, sets)
  const all = { batch, sets: [own, later], releases: [release] }
  expect(authorOf(own, all)).toEqual({ cause: '', release: release.id, by: 'li.wei@laptop' })
  expect(authorOf(later, all)).toEqual({ cause: '' })
})

test('a rollback is named by who rolled back', () => {
  const log = [...release.log, { at: 9, what: 'roll-back', by: 'wang@desk' } as const]
  const back = set(3, `tranche: release ${release.id} rolled back`, { digest: oldDigest ?? '', before: [1] })
  expect(authorOf(back, { batch, sets: [back], releases: [{ ...release, log }] })).toMatchObject({
    by: 'wang@desk',
  })
})

test('of a release whose record is gone only the words are left, where they were written for this revision', () => {
  const gone = 'tranche: release gone sets app:2'
  expect(causes(set(1, 'first'), set(2, gone), set(3, gone))).toEqual(['first', gone, ''])
})

const writer = (field: 'template' | 'image' | 'replicas', manager: string, at: number) => ({
  field,
  manager,
  at,
})

test('of several managers only the one is named that wrote when the ReplicaSet was made, and never ours', () => {
  const made = { createdAt: 500_000, before: [] }
  const apply = writer('template', 'kubectl-client-side-apply', 1_000)
  expect(managerOf([apply], made)).toBe('kubectl-client-side-apply')
  expect(managerOf([apply, writer('image', 'kubectl-set', 500_000)], made)).toBe('kubectl-set')
  expect(managerOf([apply, writer('image', 'kubectl-set', 100_000)], made)).toBeUndefined()
  expect(managerOf([writer('image', 'tranche', 500_000)], made)).toBeUndefined()
  expect(managerOf([writer('replicas', 'kubectl', 500_000)], made)).toBeUndefined()
  expect(managerOf([], made)).toBeUndefined()
})

test('whoever scales through the scale is read as the writer of the replicas, and of nothing else', () => {
  const entry = (manager: string, more: object) => ({ manager, operation: 'Update', ...more })
  const found = readDeployment({
    metadata: {
      name: 'a',
      managedFields: [
        entry('kubectl', { subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }),
        entry('kube-controller-manager', {
          subresource: 'status',
          fieldsV1: { 'f:spec': { 'f:replicas': {} } },
        }),
        entry('kubectl-set', {
          time: '2026-11-24T08:00:00Z',
          fieldsV1: { 'f:spec': { 'f:template': { 'f:spec': {} } } },
        }),
      ],
    },
  })
  const writers = found?.writers ?? []
  expect(lastWriter(writers, 'replicas')).toEqual({ manager: 'kubectl', at: 0 })
  expect(lastWriter(writers, 'image', 'template').manager).toBe('kubectl-set')
})
