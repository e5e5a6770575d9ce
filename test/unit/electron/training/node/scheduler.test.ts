import { expect, test } from 'vitest'
import { textAt, type Json } from '../../../../../electron/training/objects/json.ts'
import { createTrainingCluster } from '../../../../../electron/training/training-cluster.ts'
import { createFakeTrainingClock } from '../../../../support/fake-training-clock.ts'

test('a pod that names another scheduler waits for that one', async () => {
  const clock = createFakeTrainingClock()
  const cluster = createTrainingCluster({ clock })
  const pods = '/api/v1/namespaces/demo/pods'
  const ask = (method: string, path: string, body = ''): string => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const said = cluster.answer({ method, path, headers, body: Buffer.from(body) })
    return said.kind === 'text' ? said.text : ''
  }
  const make = (name: string, schedulerName: string): void => {
    const spec = { schedulerName, containers: [{ name: 'main', image: 'registry.example/demo:1' }] }
    ask('POST', pods, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }))
  }
  const nodeOf = (name: string): string | undefined =>
    textAt(JSON.parse(ask('GET', `${pods}/${name}`)) as Json, 'spec', 'nodeName')
  make('ours', 'default-scheduler')
  make('theirs', 'nobody')
  clock.advance(60_000)
  expect(nodeOf('ours')).toBeDefined()
  expect(nodeOf('theirs')).toBeUndefined()
  await cluster.stop()
})
