import { expect, test } from 'vitest'
import { defaultsOf, limitChecks } from '../../../../electron/app/preflight/limit-checks.ts'
import { plannedOf } from '../../../../shared/model/planned.ts'
import { buildBatch, buildBatchSet, buildTemplate, oldImage } from '../../../support/build-batch.ts'

const range = {
  metadata: { name: 'team' },
  spec: {
    limits: [
      { type: 'Container', max: { memory: '4Gi' }, min: { cpu: '100m' }, default: { memory: '1Gi' } },
      { type: 'Pod', max: { memory: '1Ki' } },
    ],
  },
}

function check(resources: Readonly<Record<string, Readonly<Record<string, string>>>>) {
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
