import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RightsReport } from '../../../../shared/model/rights.ts'
import { openBench, type Bench } from '../../../support/app-on-training.ts'
import { wordsOf } from '../../../support/spoken.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

async function rights(user: string): Promise<RightsReport> {
  const { client, connection } = await bench.open({ user })
  const report = await client.call('rights/review', { connection, namespace: 'demo' })
  if (!report.ok) throw new Error(wordsOf(report.fault))
  return report.value
}

const missing = (report: RightsReport): readonly string[] =>
  report.rights.filter((one) => !one.allowed).map((one) => `${one.for}: ${one.verb} ${one.resource}`)

test('who may do everything is told so, and gets no snippet', async () => {
  const report = await rights('training')
  expect([missing(report), report.role]).toEqual([[], undefined])
  // To go back to a revision its ReplicaSet is read once more.
  expect(report.rights).toContainEqual(expect.objectContaining({ verb: 'get', resource: 'replicasets' }))
})

test('who may only look is told each verb on each resource that is missing, with a Role to hand to the administrator', async () => {
  const report = await rights('viewer')
  expect(missing(report)).toEqual([
    'see-lock: list leases',
    'see-lock: watch leases',
    'release: patch deployments',
    'release: get leases',
    'release: create leases',
    'release: update leases',
    'history: create configmaps',
    'history: update configmaps',
  ])
  expect(report.role).toContain(
    '- {apiGroups: ["coordination.k8s.io"], resources: [leases], verbs: [list, watch, get, create, update]}',
  )
  expect(report.role).toContain('- {apiGroups: ["apps"], resources: [deployments], verbs: [patch]}')
  expect(report.role).toContain('name: "viewer"')
})

test('asking needs a connected cluster', async () => {
  const { client, connection } = await bench.open()
  await client.call('cluster/disconnect', { connection })
  expect(await client.call('rights/review', { connection, namespace: 'demo' })).toMatchObject({
    fault: { code: 'unreachable' },
  })
})
