import { expect, test } from 'vitest'
import { addPod, nodeRoom as roomOn, readNode } from '../../../../electron/app/preflight/node-room.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import type { Amounts, Defaults } from '../../../../shared/k8s/pod-requests.ts'

const noDefaults: Defaults = { requests: {}, limits: {} }

function nodeRoom(podSpec: JsonObject, nodes: readonly JsonObject[], pods: readonly JsonObject[]) {
  const taken = new Map<string, Amounts>()
  for (const pod of pods) addPod(taken, pod)
  return roomOn(podSpec, { nodes: nodes.map(readNode), taken }, noDefaults)
}

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

test('a pod that asks for nothing asks for what its LimitRange says: 4 fit, and not one for every place', () => {
  const silent = { containers: [{ name: 'app' }] }
  const roomy = node('a', { spec: {} })
  const nodes = [
    { ...roomy, status: { ...(roomy['status'] as JsonObject), allocatable: { cpu: '4', pods: '110' } } },
  ]
  const defaults = { requests: { cpu: 1 }, limits: {} }
  expect(nodeRoom(silent, nodes, []).fits).toBe(110)
  expect(roomOn(silent, { nodes: nodes.map(readNode), taken: new Map() }, defaults).fits).toBe(4)
})

test('what a pod asks for as a whole counts in place of its containers, and its overhead on top', () => {
  const whole = spec('100m', { resources: { requests: { cpu: '1' }, limits: { memory: '20Gi' } } })
  // Of memory its containers ask for 1Gi, so its limit is no request.
  expect(nodeRoom(whole, [node('a')], []).fits).toBe(3)
  expect(nodeRoom({ ...whole, overhead: { cpu: '900m' } }, [node('a')], []).fits).toBe(2)
})

test('ports of the host, its network, a runtime class and another scheduler make the answer uncertain', () => {
  const ports = [{ containerPort: 80 }]
  const bare = { containers: [{ name: 'app', ports }] }
  expect(nodeRoom(bare, [node('a')], []).certain).toBe(true)
  for (const more of [{ hostNetwork: true }, { runtimeClassName: 'gvisor' }, { schedulerName: 'volcano' }])
    expect(nodeRoom({ ...bare, ...more }, [node('a')], []).certain).toBe(false)
})
