import { expect, test } from 'vitest'
import { nodeRoom } from '../../../../electron/app/preflight/node-room.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'

const spec = (cpu: string, more: JsonObject = {}): JsonObject => ({
  containers: [{ name: 'app', resources: { requests: { cpu, memory: '1Gi' } } }],
  ...more,
})
function node(name: string, parts: { readonly spec?: JsonObject; readonly ready?: string } = {}): JsonObject {
  return {
    metadata: { name, labels: { disk: name === 'a' ? 'ssd' : 'hdd' } },
    spec: parts.spec ?? {},
    status: {
      allocatable: { cpu: '3900m', memory: '16Gi', pods: '10' },
      conditions: [{ type: 'Ready', status: parts.ready ?? 'True' }],
    },
  }
}
const pod = (nodeName: string, cpu: string, phase = 'Running'): JsonObject => ({
  spec: spec(cpu, { nodeName }),
  status: { phase },
})

test('requests are taken off node by node: room that is spread in crumbs holds no pod', () => {
  const pods = [pod('a', '3'), pod('b', '3')]
  expect(nodeRoom(spec('1'), [node('a'), node('b')], pods)).toEqual({ fits: 0, certain: true })
  expect(nodeRoom(spec('450m'), [node('a'), node('b')], pods).fits).toBe(4)
})

test('finished pods take no room, pods without requests take a place all the same', () => {
  expect(nodeRoom(spec('3'), [node('a')], [pod('a', '3', 'Succeeded')]).fits).toBe(1)
  const many = Array.from({ length: 9 }, () => ({ spec: { nodeName: 'a', containers: [{ name: 'x' }] } }))
  expect(nodeRoom(spec('1m'), [node('a')], many).fits).toBe(1)
})

test('cordoned, sick, tainted and unselected nodes hold nothing; a toleration opens a tainted one', () => {
  const taint = { key: 'team', value: 'data', effect: 'NoSchedule' }
  const nodes = [
    node('a', { spec: { unschedulable: true } }),
    node('b', { ready: 'Unknown' }),
    node('c', { spec: { taints: [taint] } }),
  ]
  expect(nodeRoom(spec('1'), nodes, []).fits).toBe(0)
  const toleration = { key: 'team', operator: 'Equal', value: 'data', effect: 'NoSchedule' }
  expect(nodeRoom(spec('1', { tolerations: [toleration] }), nodes, []).fits).toBe(3)
  expect(nodeRoom(spec('1', { nodeSelector: { disk: 'ssd' } }), [node('a'), node('z')], []).fits).toBe(3)
})

test('the largest init container counts when it is more than the containers, a sidecar counts beside them', () => {
  const resources = (cpu: string) => ({ resources: { requests: { cpu } } })
  const init = spec('1', { initContainers: [{ name: 'migrate', ...resources('3') }] })
  expect(nodeRoom(init, [node('a')], []).fits).toBe(1)
  const sidecar = spec('1', {
    initContainers: [{ name: 'proxy', restartPolicy: 'Always', ...resources('500m') }],
  })
  expect(nodeRoom(sidecar, [node('a')], []).fits).toBe(2)
})

test('rules of placement that are not worked out make the answer uncertain', () => {
  const antiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'host' }] }
  const affinity = { podAntiAffinity: antiAffinity }
  expect(nodeRoom(spec('1', { affinity }), [node('a')], []).certain).toBe(false)
})
