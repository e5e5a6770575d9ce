import { expect, test } from 'vitest'
import { defaultsOf, limitChecks } from '../../../../electron/app/preflight/limit-checks.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import { plannedOf } from '../../../../shared/preflight/planned.ts'
import { buildBatch, buildBatchSet, buildTemplate, oldImage } from '../../../support/build-batch.ts'

const team: JsonObject = {
  metadata: { name: 'team' },
  spec: {
    limits: [
      { type: 'Container', max: { memory: '4Gi' }, min: { cpu: '100m' }, default: { memory: '1Gi' } },
      { type: 'PersistentVolumeClaim', max: { storage: '1Ki' } },
    ],
  },
}

function check(
  resources: Readonly<Record<string, Readonly<Record<string, string>>>>,
  range: JsonObject = team,
) {
  const set = buildBatchSet([buildBatch(1, { template: buildTemplate(oldImage, { resources }) })])
  const steps = set.batches.map(({ uid }) => ({ batch: uid, leftOut: false }))
  const planned = plannedOf({ change: { kind: 'image' }, steps, sizes: [] }, set)
  return limitChecks([range], planned, defaultsOf([range])).map((one) => one.what)
}

test('a container over the maximum of a LimitRange, or under its minimum, is named with the bound', () => {
  const broken = { kind: 'limit-broken', limit: 'team', container: 'demo-aone', batches: [1] }
  expect(check({ limits: { memory: '8Gi' }, requests: { cpu: '50m' } })).toEqual([
    { ...broken, resource: 'cpu', bound: 'min', value: '0.1' },
    { ...broken, resource: 'memory', bound: 'max', value: '4Gi' },
  ])
})

test('what a container leaves open has the defaults of the LimitRange', () => {
  expect(check({ requests: { cpu: '1' } })).toEqual([])
})

test('all containers of a pod together are held against a LimitRange of type Pod', () => {
  const ofPods = (bounds: JsonObject): JsonObject => ({
    metadata: { name: 'pods' },
    spec: { limits: [{ type: 'Pod', ...bounds }] },
  })
  const resources = { requests: { cpu: '1' }, limits: { cpu: '4' } }
  const broken = { kind: 'limit-broken-pod', limit: 'pods', resource: 'cpu', batches: [1] }
  expect(check(resources, ofPods({ max: { cpu: '4' }, min: { cpu: '1' } }))).toEqual([])
  expect(check(resources, ofPods({ max: { cpu: '3' } }))).toEqual([{ ...broken, bound: 'max', value: '3' }])
  // A maximum of what no container has a limit for refuses them all.
  expect(check(resources, ofPods({ max: { memory: '64Gi' } }))).toEqual([
    { ...broken, resource: 'memory', bound: 'max', value: '64Gi' },
  ])
  expect(check(resources, ofPods({ maxLimitRequestRatio: { cpu: '2' } }))).toEqual([
    { ...broken, bound: 'maxLimitRequestRatio', value: '2' },
  ])
})

test('a limit under the minimum and a request over the maximum are outside as well', () => {
  const of = (bounds: JsonObject): JsonObject => ({
    metadata: { name: 'each' },
    spec: { limits: [{ type: 'Container', ...bounds }] },
  })
  expect(check({ requests: { cpu: '1' }, limits: { cpu: '1' } }, of({ min: { cpu: '2' } }))).toHaveLength(1)
  expect(check({ requests: { cpu: '3' }, limits: { cpu: '1' } }, of({ max: { cpu: '2' } }))).toHaveLength(1)
  expect(
    check({ requests: { cpu: '1' }, limits: { cpu: '3' } }, of({ maxLimitRequestRatio: { cpu: '2' } })),
  ).toHaveLength(1)
})
