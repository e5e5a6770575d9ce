import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import { findBatchSets } from '../../../../shared/model/batches.ts'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import { restartsGate } from '../../../../shared/release/gates/restarts.ts'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { sayChinese } from '../../../../shared/words/sentences-zh.ts'
import { gatedSentence } from '../../../../shared/view/batch-view.ts'
import { deployment, pod, replicaSet, service } from '../../../support/build-objects.ts'

function batchWith(
  pods: readonly { readonly ready: boolean; readonly spec: JsonObject; readonly status: JsonObject }[],
): Batch {
  const [set] = findBatchSets({
    services: [service('demo-http')],
    deployments: [deployment('demo-1', { uid: 'd1' })],
    replicaSets: [replicaSet('demo-1-abc', { uid: 'r1', owner: 'd1', replicas: pods.length })],
    pods: pods.map((parts, index) => pod(`demo-1-abc-${index}`, { owner: 'r1', ...parts })),
    slices: [],
  })
  const [batch] = set?.batches ?? []
  if (batch === undefined) throw new Error('no batch')
  return batch
}

test('the restarts gate closes on restarts of a native sidecar', () => {
  const proxy = { name: 'proxy', restartCount: 5, ready: true, state: { running: {} } }
  const batch = batchWith([
    {
      ready: true,
      spec: { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      status: { initContainerStatuses: [proxy] },
    },
  ])
  const input = {
    gates: defaultGates,
    batch,
    generation: 1,
    restarts: undefined,
    restartsBefore: 0,
    deadlineBefore: undefined,
  }
  expect(restartsGate(input)).toMatchObject({ kind: 'fail', hold: { kind: 'restarts', restarts: 5 } })
})

const gate = 'mesh.example/registered'
const shut = {
  ready: false,
  spec: { readinessGates: [{ conditionType: gate }] },
  status: {
    conditions: [
      { type: 'ContainersReady', status: 'True' },
      { type: gate, status: 'False', reason: 'Draining', message: 'target is being deregistered' },
    ],
  },
}

test('pods that a readiness gate keeps out are said with its name and its words, and are no failure', () => {
  const batch = batchWith([shut, shut])
  expect(batch.trouble).toBeUndefined()
  expect(batch.gated).toEqual({
    gate,
    message: 'Draining: target is being deregistered',
    pod: 'demo-1-abc-0',
    pods: 2,
  })
  if (batch.gated === undefined) throw new Error('nothing is gated')
  const sentence = gatedSentence(1, batch.gated)
  expect(sayEnglish(sentence)).toBe(
    `Batch 1: 2 pods run, but are not ready: readiness gate ${gate} is not open (Draining: target is being deregistered)`,
  )
  expect(sayChinese(sentence)).toContain(gate)
})

test('a pod whose containers are not ready either is starting, whatever its gates say', () => {
  const conditions = [{ type: 'ContainersReady', status: 'False' }]
  expect(batchWith([{ ...shut, status: { conditions } }]).gated).toBeUndefined()
})
