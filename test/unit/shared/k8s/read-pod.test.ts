import { expect, test } from 'vitest'
import { readPod } from '../../../../shared/k8s/read-others.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'

const running = { state: { running: {} }, ready: true, restartCount: 0 }
const crashed = {
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } },
  lastState: { terminated: { exitCode: 1, reason: 'Error' } },
  ready: false,
  restartCount: 2,
}
const completed = { state: { terminated: { exitCode: 0 } }, ready: true, restartCount: 3 }
type Status = { readonly name: string } & JsonObject

function telling(parts: {
  readonly statuses: readonly Status[]
  readonly init?: readonly Status[]
  readonly annotations?: Readonly<Record<string, string>>
}): string | undefined {
  return readPod({
    metadata: { name: 'shop-1-x', uid: 'u', annotations: { ...parts.annotations } },
    spec: { containers: [{ name: 'shop' }, { name: 'agent' }] },
    status: { initContainerStatuses: [...(parts.init ?? [])], containerStatuses: [...parts.statuses] },
  })?.telling
}

const [agent, shop] = [
  { name: 'agent', ...running },
  { name: 'shop', ...running },
]

test('the container whose log tells most is the one in trouble, be it a sidecar or an init container', () => {
  expect(telling({ statuses: [{ name: 'agent', ...crashed }, shop] })).toBe('agent')
  const waiting = { state: { waiting: { reason: 'PodInitializing' } }, ready: false, restartCount: 0 }
  const init = [{ name: 'migrate', ...crashed }]
  expect(telling({ init, statuses: [{ name: 'shop', ...waiting }] })).toBe('migrate')
})

test('without trouble it is the one that was restarted most, else the one that is not ready', () => {
  expect(
    telling({
      statuses: [
        { ...agent, restartCount: 2 },
        { ...shop, restartCount: 1 },
      ],
    }),
  ).toBe('agent')
  expect(telling({ statuses: [{ ...agent, ready: false }, shop] })).toBe('agent')
})

test('an init container that has completed tells nothing, however often it was tried', () => {
  const init = [{ name: 'migrate', ...completed }]
  expect(telling({ init, statuses: [{ ...agent, ready: false }, shop] })).toBe('agent')
})

test('where all is well it is the first of the spec, or the one that kubectl is told', () => {
  expect(telling({ statuses: [agent, shop] })).toBe('shop')
  const annotations = { 'kubectl.kubernetes.io/default-container': 'agent' }
  expect(telling({ statuses: [agent, shop], annotations })).toBe('agent')
})

const sidecarSpec = {
  initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
  containers: [{ name: 'shop' }],
}

test('restarts of a native sidecar are counted, tries of an init container that has completed are not', () => {
  const pod = readPod({
    metadata: { name: 'shop-1-x', uid: 'u' },
    spec: sidecarSpec,
    status: {
      initContainerStatuses: [
        { name: 'migrate', ...completed },
        { name: 'proxy', ...running, restartCount: 5 },
      ],
      containerStatuses: [{ ...shop, restartCount: 1 }],
    },
  })
  expect(pod).toMatchObject({ restarts: 6, telling: 'proxy' })
})

test('a native sidecar that crashes is the trouble of its pod, with its exit code and its name', () => {
  const pod = readPod({
    metadata: { name: 'shop-1-x', uid: 'u' },
    spec: sidecarSpec,
    status: {
      conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
      initContainerStatuses: [
        { name: 'migrate', ...completed },
        { name: 'proxy', ...crashed },
      ],
      containerStatuses: [shop],
    },
  })
  expect(pod).toMatchObject({
    trouble: { reason: 'CrashLoopBackOff', container: 'proxy', exitCode: 1 },
    telling: 'proxy',
    restarts: 2,
  })
})

const gates = { readinessGates: [{ conditionType: 'mesh.example/registered' }] }

function unready(conditions: readonly JsonObject[], spec: JsonObject = gates): unknown {
  return readPod({ metadata: { name: 'shop-1-x', uid: 'u' }, spec, status: { conditions: [...conditions] } })
    ?.unready
}

const gateNotReady = {
  type: 'Ready',
  status: 'False',
  reason: 'ReadinessGatesNotReady',
  message: 'corresponding condition of pod readiness gate "mesh.example/registered" does not exist.',
}

test('a pod that a readiness gate keeps out says which one, with the words of who keeps it shut', () => {
  const shut = {
    type: 'mesh.example/registered',
    status: 'False',
    reason: 'TargetUnhealthy',
    message: 'health checks failed with code 503',
  }
  const well = { type: 'ContainersReady', status: 'True' }
  expect(unready([gateNotReady, well, shut])).toEqual({
    reason: 'ReadinessGatesNotReady',
    message: 'TargetUnhealthy: health checks failed with code 503',
    gate: 'mesh.example/registered',
  })
})

test('of a gate that nobody has answered, the words of the kubelet are all there is', () => {
  const well = { type: 'ContainersReady', status: 'True' }
  expect(unready([gateNotReady, well])).toEqual({
    reason: 'ReadinessGatesNotReady',
    message: gateNotReady.message,
    gate: 'mesh.example/registered',
  })
})

test('while containers are not ready the gate is not named: it is not what the pod waits for', () => {
  const message = 'containers with unready status: [shop]'
  const not = { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message }
  const containers = { type: 'ContainersReady', status: 'False', reason: 'ContainersNotReady', message }
  expect(unready([not, containers])).toEqual({ reason: 'ContainersNotReady', message })
})

test('a pod that is ready, and one of which nothing is said yet, have no reason not to be', () => {
  expect(unready([{ type: 'Ready', status: 'True' }])).toBeUndefined()
  expect(unready([])).toBeUndefined()
})
