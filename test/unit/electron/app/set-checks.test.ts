import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { expect, test } from 'vitest'
import {
  orphanChecks,
  otherServiceChecks,
  standingChecks,
  toleranceChecks,
} from '../../../../electron/app/preflight/set-checks.ts'
import type { Draft } from '../../../../shared/contract.ts'
import { connectionId, uid } from '../../../../shared/ids.ts'
import type { ReplicaSet } from '../../../../shared/k8s/objects.ts'
import { plannedOf } from '../../../../shared/preflight/planned.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { setBatch } from '../../../../shared/release/transitions.ts'
import { buildBatch, buildBatchSet } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'

const set = buildBatchSet([
  buildBatch(1),
  buildBatch(2, { template: { metadata: { labels: { app: 'demo-aone', tier: 'blue' } }, spec: {} } }),
])
const draft: Draft = {
  target: { connection: connectionId('c'), namespace: 'demo', service: 'demo-http' },
  change: { kind: 'restart' },
  sizes: [],
  steps: set.batches.map(({ uid: batch }) => ({
    batch,
    gates: { ...defaultGates, bakeSeconds: 0 },
    leftOut: false,
  })),
  onFailure: 'pause',
  batchLimitSeconds: 600,
}
const planned = plannedOf(draft, set)
const other = (expired: boolean) => ({ kind: 'other', holder: 'wang@desk', expired, seconds: 60 }) as const

test('a release that somebody else holds blocks and names them; an expired lock is taken', () => {
  expect(standingChecks(draft, { where: 'lease', driving: false, lock: other(false) })).toEqual([
    { level: 'blocker', what: { kind: 'other-release', holder: 'wang@desk' } },
  ])
  expect(standingChecks(draft, { where: 'lease', driving: false, lock: other(true) })).toEqual([
    { level: 'warning', what: { kind: 'lock-expired', holder: 'wang@desk' } },
  ])
})

test('one’s own release blocks a second one, unless that takes its place', () => {
  const standing = { where: 'lease', driving: true, lock: { kind: 'mine' } } as const
  expect(standingChecks(draft, standing)).toEqual([{ level: 'blocker', what: { kind: 'release-running' } }])
  const inItsPlace: Draft = { ...draft, supersedes: { release: 'r1', from: 'rest' } }
  expect(standingChecks(inItsPlace, { ...standing, release: buildRelease(set) })).toEqual([])
  expect(standingChecks(inItsPlace, standing)).toEqual([
    { level: 'blocker', what: { kind: 'supersede-gone' } },
  ])
})

test('a release that was never finished and a journal that can’t be read block: nothing is started over them', () => {
  const free = { where: 'lease', driving: false, lock: { kind: 'free' } } as const
  expect(standingChecks(draft, { ...free, release: buildRelease(set) })).toEqual([
    { level: 'blocker', what: { kind: 'abandoned-release', by: 'li.wei' } },
  ])
  const over: Release = { ...buildRelease(set), state: { kind: 'ended', at: 0, outcome: 'done' } }
  const doubted = setBatch(over, over.batches[0]?.uid ?? uid(''), { inDoubt: { since: 0 } })
  expect(standingChecks(draft, { ...free, release: doubted })).toEqual([
    { level: 'blocker', what: { kind: 'abandoned-release', by: 'li.wei', ended: 'in-doubt' } },
  ])
  const ours = { where: 'lease', driving: true, lock: { kind: 'mine' } } as const
  expect(standingChecks(draft, { ...ours, release: doubted })).toEqual([])
  const unreadable = { version: '7', newer: true, sentence: { kind: 'journal-newer' } } as const
  expect(standingChecks(draft, { ...free, unreadable })).toEqual([
    {
      level: 'blocker',
      what: { kind: 'journal-unreadable', newer: true },
    },
  ])
})

test('another Service that sees only some of the batches is named with those; one that sees all is not', () => {
  const service = (name: string, selector: Readonly<Record<string, string>>) => ({
    ...set,
    service: { ...set.service, meta: { ...set.service.meta, name, uid: uid(name) }, selector },
  })
  const sets = [
    set,
    service('blue', { tier: 'blue' }),
    service('all', { app: 'demo-aone' }),
    service('x', { app: 'x' }),
  ]
  expect(otherServiceChecks(planned, sets)).toEqual([
    { level: 'warning', what: { kind: 'part-of-service', service: 'blue', batches: [2] } },
  ])
})

test('a ReplicaSet without an owner that a batch would adopt is named', () => {
  const meta = { ...set.service.meta, name: 'demo-aone-0-5845748b4', labels: { app: 'demo-aone' } }
  const replicaSet: ReplicaSet = {
    meta,
    replicas: 3,
    revision: 1,
    templateDigest: '',
    contentDigest: '',
    containers: [],
    status: { observedGeneration: 1, replicas: 3, ready: 3, available: 3, conditions: [] },
  }
  const owned = {
    ...replicaSet,
    meta: { ...meta, controller: { kind: 'Deployment', name: 'a', uid: uid('a') } },
  }
  const selector = () => ({ matchLabels: { app: 'demo-aone' }, matchExpressions: [] })
  expect(orphanChecks(planned, [replicaSet, owned], selector)).toEqual([
    { level: 'warning', what: { kind: 'orphan-sets', names: ['demo-aone-0-5845748b4'] } },
  ])
})

test('a tolerance beyond what the Deployment takes away is warned about: old pods would stay', () => {
  // maxUnavailable of the batches is 4.
  const forgiving = (tolerance: number): Draft => ({
    ...draft,
    steps: draft.steps.map((step) => ({ ...step, gates: { ...step.gates, tolerance } })),
  })
  expect(toleranceChecks(forgiving(4), planned)).toEqual([])
  expect(toleranceChecks(forgiving(5), planned)).toEqual([
    { level: 'warning', what: { kind: 'tolerance-kept', batches: [2] } },
  ])
})
