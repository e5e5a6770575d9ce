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
