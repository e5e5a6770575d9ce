import { expect, test } from 'vitest'
import { asAt, setAsAt } from '../../../../shared/history/as-at.ts'
import { revisionsOf, type BatchSource, type NamedReplicaSet } from '../../../../shared/history/revisions.ts'
import { timelineOf } from '../../../../shared/history/timeline.ts'
import { templateDigest } from '../../../../shared/k8s/template-digest.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { buildBatch, buildBatchSet, buildTemplate, newImage, oldImage } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'

const hour = 3_600_000
const oldDigest = templateDigest(buildTemplate(oldImage))
const newDigest = templateDigest(buildTemplate(newImage))

function replicaSet(digest: string, revision: number, parts: Partial<NamedReplicaSet> = {}): NamedReplicaSet {
  return {
    digest,
    content: digest,
    revision,
    name: `rs-${digest}`,
    createdAt: revision * hour,
    before: [],
    containers: [],
    cause: '',
    ...parts,
  }
}

function source(replicaSets: readonly NamedReplicaSet[], parts: Partial<BatchSource> = {}): BatchSource {
  const digest = [...replicaSets].sort((a, b) => b.revision - a.revision)[0]?.digest ?? ''
  return {
    uid: buildBatch(1).uid,
    name: 'demo-aone-1',
    digest,
    content: digest,
    writers: [],
    writtenAt: 0,
    replicaSets,
    ...parts,
  }
}

/** A release of the new image that is done with its only batch, begun at 2 h. */
function doneRelease(parts: Partial<Release> = {}): Release {
  const release = buildRelease(buildBatchSet([buildBatch(1)]), { now: 2 * hour })
  return {
    ...release,
    log: [
      ...release.log,
      { at: 2 * hour + 60_000, what: 'batch-started', batch: buildBatch(1).uid },
      { at: 2 * hour + 120_000, what: 'batch-done', batch: buildBatch(1).uid },
    ],
    ...parts,
  }
}

test('changes that follow each other by number are known at every time after the first', () => {
  const timeline = timelineOf(source([replicaSet('a', 1), replicaSet('b', 2), replicaSet('c', 3)]), [])
  expect(asAt(timeline, 0.5 * hour)).toEqual({ kind: 'unknown', why: 'before' })
  expect(asAt(timeline, hour)).toEqual({ kind: 'known', digest: 'a' })
  expect(asAt(timeline, 2.5 * hour)).toEqual({ kind: 'known', digest: 'b' })
  expect(asAt(timeline, 99 * hour)).toEqual({ kind: 'known', digest: 'c' })
})

test('after an undo the time of the last write tells when it came back, not the age of its ReplicaSet', () => {
  const undone = source([replicaSet('a', 3, { createdAt: hour, before: [1] }), replicaSet('b', 2)], {
    writtenAt: 7 * hour,
  })
  const { timeline, revisions } = revisionsOf(undone, [])
  expect(revisions.map((one) => [one.digest, one.since / hour, one.known, one.current])).toEqual([
    ['a', 7, 'exactly', true],
    ['b', 2, 'exactly', false],
  ])
  expect(asAt(timeline, 5 * hour)).toEqual({ kind: 'known', digest: 'b' })
  expect(asAt(timeline, 8 * hour)).toEqual({ kind: 'known', digest: 'a' })
})

test('between changes whose times nobody knows, what ran is not guessed', () => {
  // a, b, a again (when?), b again at 7 h
  const sets = [
    replicaSet('a', 3, { createdAt: hour, before: [1] }),
    replicaSet('b', 4, { createdAt: 2 * hour, before: [2] }),
  ]
  const timeline = timelineOf(source(sets, { writtenAt: 7 * hour }), [])
  expect(asAt(timeline, 1.5 * hour)).toEqual({ kind: 'known', digest: 'a' })
  expect(asAt(timeline, 5 * hour)).toEqual({ kind: 'unknown', why: 'gap' })
  expect(asAt(timeline, 8 * hour)).toEqual({ kind: 'known', digest: 'b' })
})

test('a ReplicaSet that was pruned leaves a gap, and no neighbour is taken for it', () => {
  const timeline = timelineOf(source([replicaSet('a', 1), replicaSet('c', 3)]), [])
  expect(asAt(timeline, 2.5 * hour)).toEqual({ kind: 'unknown', why: 'gap' })
  expect(asAt(timeline, 3.5 * hour)).toEqual({ kind: 'known', digest: 'c' })
})

test('scenario 26: what the cluster has pruned is known from the release that began with it', () => {
  const pruned = source([replicaSet(newDigest, 2, { createdAt: 2 * hour + 61_000 })])
  const { revisions, timeline } = revisionsOf(pruned, [doneRelease()])
  expect(revisions.map((one) => [one.digest, one.source.kind, one.known])).toEqual([
    [newDigest, 'replica-set', 'exactly'],
    [oldDigest, 'release', 'by'],
  ])
  expect(revisions[1]?.images).toEqual([{ container: 'demo-aone', image: oldImage }])
  expect(asAt(timeline, hour)).toEqual({ kind: 'unknown', why: 'before' })
  expect(asAt(timeline, 2 * hour + 30_000)).toEqual({ kind: 'known', digest: oldDigest })
})

test('a release fills in when a ReplicaSet that was used again was left, and contradicts no time of the cluster', () => {
  const sets = [
    replicaSet(oldDigest, 3, { createdAt: hour, before: [1] }),
    replicaSet(newDigest, 4, { createdAt: 2 * hour + 61_000, before: [2] }),
  ]
  const back = doneRelease({
    log: [...doneRelease().log, { at: 4 * hour, what: 'batch-returned', batch: buildBatch(1).uid }],
  })
  const later = { writtenAt: 7 * hour }
  const timeline = timelineOf(source(sets, later), [back])
  expect(timeline.map((one) => [one.revision, (one.at ?? 0) / hour, one.known])).toEqual([
    [1, 1, 'exactly'],
    [2, 2 + 61 / 3600, 'exactly'],
    [3, 4, 'by'],
    [4, 7, 'exactly'],
  ])
  expect(asAt(timeline, 3 * hour)).toEqual({ kind: 'unknown', why: 'gap' })
  expect(asAt(timeline, 5 * hour)).toEqual({ kind: 'known', digest: oldDigest })
  const wrongClock = { ...back, log: back.log.map((event) => ({ ...event, at: event.at + 90 * hour })) }
  expect(timelineOf(source(sets, later), [wrongClock])[2]?.at).toBeUndefined()
})

test('a paused Deployment whose change has no ReplicaSet yet runs that change, not the last ReplicaSet’s', () => {
  const { revisions, timeline } = revisionsOf(
    source([replicaSet('a', 1)], { digest: 'z', writtenAt: 5 * hour }),
    [],
  )
  expect(asAt(timeline, 6 * hour)).toEqual({ kind: 'known', digest: 'z' })
  expect(revisions.map((one) => one.current)).toEqual([false])
})

test('a Deployment that was deleted and created anew can still go back to what a release knows of its name', () => {
  const anew = source([replicaSet('x', 1)], { uid: buildBatch(9).uid })
  expect(revisionsOf(anew, [doneRelease()]).revisions.map((one) => [one.digest, one.revision])).toEqual([
    ['x', 1],
    [newDigest, 0],
    [oldDigest, 0],
  ])
})

test('what a webhook made of a release’s template is not offered as what the release sent', () => {
  const release = doneRelease()
  const [own] = release.batches
  if (own === undefined) throw new Error('no batch')
  const phase = {
    kind: 'done',
    at: 3 * hour,
    generation: 2,
    digest: 'with-sidecar',
    rolledSince: 2 * hour,
    pods: 1,
  } as const
  const mutated = { ...release, batches: [{ ...own, phase }] }
  const { revisions } = revisionsOf(source([replicaSet('later', 3)]), [mutated])
  expect(revisions.map((one) => one.digest)).toEqual(['later', oldDigest])
})

test('the whole set at a time names each batch for which it is not known', () => {
  const batches = [
    { name: 'one', timeline: timelineOf(source([replicaSet('a', 1), replicaSet('b', 2)]), []) },
    { name: 'two', timeline: timelineOf(source([replicaSet('a', 1), replicaSet('c', 3)]), []) },
  ]
  expect(setAsAt(batches, 1.5 * hour).map(({ batch, found }) => [batch.name, found])).toEqual([
    ['one', { kind: 'known', digest: 'a' }],
    ['two', { kind: 'unknown', why: 'gap' }],
  ])
})
