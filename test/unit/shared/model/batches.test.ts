import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import { findBatchSets, findUnselected, type Observation } from '../../../../shared/model/batches.ts'
import type { Batch, BatchSet } from '../../../../shared/model/batch-set.ts'
import {
  app,
  container,
  deployment,
  pod,
  replicaSet,
  service,
  slice,
  template,
} from '../../../support/build-objects.ts'

function look(seen: Partial<Observation>): BatchSet {
  const all = { services: [service('demo-http')], deployments: [], replicaSets: [], pods: [], slices: [] }
  const [first] = findBatchSets({ ...all, ...seen })
  if (first === undefined) throw new Error('no Service')
  return first
}

/** One Deployment with one ReplicaSet that runs its template, and these pods. */
function lookAtOne(
  pods: Observation['pods'],
  more: { readonly status?: JsonObject; readonly conditions?: JsonObject[] } = {},
): Batch {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1', ...(more.status && { status: more.status }) })],
    replicaSets: [
      replicaSet('demo-1-abc', { uid: 'r1', owner: 'd1', replicas: 2, conditions: more.conditions ?? [] }),
    ],
    pods,
  })
  const [batch] = set.batches
  if (batch === undefined) throw new Error('no batch')
  return batch
}

const names = (set: BatchSet): readonly string[] => set.batches.map((batch) => batch.name)
const podNames = (set: BatchSet): readonly (readonly string[])[] =>
  set.batches.map((batch) => batch.pods.map((one) => one.name))

test('a Service without Deployments is a set without batches, and every Service is listed by name', () => {
  const sets = findBatchSets({
    services: [service('b'), service('a', {})],
    deployments: [],
    replicaSets: [],
    pods: [],
    slices: [],
  })
  expect(sets.map((set) => [set.service.meta.name, set.batches])).toEqual([
    ['a', []],
    ['b', []],
  ])
})

test('the batches are the Deployments whose pods the Service selects, by the labels of their template', () => {
  const set = look({
    deployments: [
      deployment('demo-1', { template: template('1', { ...app, tier: 'web' }) }),
      deployment('labelled-itself-only', { labels: app, template: template('1', { app: 'other' }) }),
      deployment('other', { template: template('1', { app: 'other' }) }),
    ],
  })
  expect(names(set)).toEqual(['demo-1'])
})

test('a Service without a selector has no batches, however many Deployments there are', () => {
  expect(names(look({ services: [service('external', {})], deployments: [deployment('demo-1')] }))).toEqual(
    [],
  )
})

test('with a selector and a template hash shared by all, each pod counts for its owner alone', () => {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1' }), deployment('demo-2', { uid: 'd2' })],
    replicaSets: [
      replicaSet('demo-1-5845', { uid: 'r1', owner: 'd1', hash: '5845' }),
      replicaSet('demo-2-5845', { uid: 'r2', owner: 'd2', hash: '5845' }),
    ],
    pods: [pod('demo-1-5845-a', { owner: 'r1' }), pod('demo-2-5845-b', { owner: 'r2' })],
  })
  expect(podNames(set)).toEqual([['demo-1-5845-a'], ['demo-2-5845-b']])
  expect([set.sharedSelector, set.foreignPods]).toEqual([true, 0])
})

test('a ReplicaSet and pods that a sibling has adopted belong to the sibling, whatever they are called', () => {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1' }), deployment('demo-3', { uid: 'd3' })],
    replicaSets: [
      replicaSet('demo-1-abc', { uid: 'old', owner: 'd3', createdAt: '2025-01-01T00:00:00Z' }),
      replicaSet('demo-3-abc', { uid: 'new', owner: 'd3', createdAt: '2026-01-01T00:00:00Z' }),
    ],
    pods: [pod('demo-1-abc-x', { owner: 'old' })],
  })
  expect(podNames(set)).toEqual([[], ['demo-1-abc-x']])
  // The controller takes the oldest of equal templates.
  expect(set.batches[1]?.newReplicaSet?.name).toBe('demo-1-abc')
  expect(set.batches[1]?.pods[0]?.isNew).toBe(true)
})

test('a Deployment that was deleted and made again does not inherit by name', () => {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'second' })],
    replicaSets: [replicaSet('demo-1-abc', { uid: 'r', owner: 'first' })],
    pods: [pod('demo-1-abc-x', { owner: 'r' })],
  })
  expect(podNames(set)).toEqual([[]])
  expect(set.batches[0]?.newReplicaSet).toBeUndefined()
  expect(set.foreignPods).toBe(1)
})

test('pods that the Service selects and no batch owns are counted apart', () => {
  const set = look({
    deployments: [deployment('demo-1')],
    pods: [pod('lonely'), pod('other', { labels: { app: 'other' } })],
  })
  expect(set.foreignPods).toBe(1)
})

test('selectors that differ are not called shared', () => {
  const set = look({
    deployments: [deployment('demo-1'), deployment('demo-2', { selector: { ...app, batch: '2' } })],
  })
  expect(set.sharedSelector).toBe(false)
})

test('updated, ready, available and total are what the Deployment says; old is what its other sets run', () => {
  const status = {
    observedGeneration: 1,
    replicas: 5,
    updatedReplicas: 3,
    readyReplicas: 4,
    availableReplicas: 2,
  }
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1', template: template('2'), replicas: 4, status })],
    replicaSets: [
      replicaSet('new', { uid: 'n', owner: 'd1', template: template('2'), replicas: 3 }),
      replicaSet('old', { uid: 'o', owner: 'd1', template: template('1'), replicas: 2 }),
      replicaSet('older', { uid: 'oo', owner: 'd1', template: template('0'), replicas: 0 }),
    ],
    pods: [
      pod('n1', { owner: 'n' }),
      pod('n2', { owner: 'n', ready: false }),
      pod('o1', { owner: 'o' }),
      pod('o2', { owner: 'o', deleting: true }),
    ],
    slices: [slice('demo-http', { pod: 'n1' }, { pod: 'o1' }, { pod: 'o2', terminating: true })],
  })
  expect(set.batches[0]).toMatchObject({
    desired: 4,
    updated: 3,
    ready: 4,
    available: 2,
    total: 5,
    old: 2,
    terminating: 1,
    servingNew: 1,
    servingOld: 1,
    newReplicaSet: { name: 'new' },
  })
  expect(set.batches[0]?.pods.map((one) => [one.name, one.state, one.serving])).toEqual([
    ['n1', 'new', true],
    ['n2', 'starting', false],
    ['o1', 'old', true],
    ['o2', 'ending', false],
  ])
})

test('before the controller has made the ReplicaSet all pods are old', () => {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1', template: template('2') })],
    replicaSets: [replicaSet('old', { uid: 'o', owner: 'd1', template: template('1'), replicas: 1 })],
    pods: [pod('o1', { owner: 'o' })],
  })
  expect(set.batches[0]?.newReplicaSet).toBeUndefined()
  expect(set.batches[0]?.pods[0]?.state).toBe('old')
})

test('a pod whose ReplicaSet has not been seen yet is not lost: it is counted apart until then', () => {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1' })],
    pods: [pod('early', { owner: 'r1' })],
  })
  expect([podNames(set), set.foreignPods]).toEqual([[[]], 1])
})

test('finished pods, as after an eviction, do not count for the batch', () => {
  const batch = lookAtOne([
    pod('a', { owner: 'r1' }),
    pod('b', { owner: 'r1' }),
    pod('evicted', { owner: 'r1', ready: false, status: { phase: 'Failed', reason: 'Evicted' } }),
    pod('over', { owner: 'r1', ready: false, status: { phase: 'Succeeded' } }),
  ])
  expect(batch.pods.map((one) => one.name)).toEqual(['a', 'b'])
  expect(batch.trouble).toBeUndefined()
})

const turnedAway = (name: string, second: number, reason = 'OutOfcpu') =>
  pod(name, {
    owner: 'r1',
    createdAt: `2026-11-01T00:00:0${second}Z`,
    ready: false,
    status: { phase: 'Failed', reason, message: `Pod was rejected: ${reason}` },
  })

test('pods that a kubelet refuses again and again are the trouble of a batch that does not get full', () => {
  const starting = pod('next', { owner: 'r1', createdAt: '2026-11-01T00:00:04Z', ready: false })
  const batch = lookAtOne([
    pod('a', { owner: 'r1', createdAt: '2026-11-01T00:00:02Z' }),
    ...[turnedAway('x', 2), turnedAway('y', 3), starting],
  ])
  expect(batch.trouble).toMatchObject({
    ...{ reason: 'OutOfcpu', message: 'Pod was rejected: OutOfcpu', pod: 'y', pods: 2, weight: 'slow' },
  })
  expect(batch.pods.map((one) => one.name)).toEqual(['a', 'next'])
})

test('what was evicted before the newest pod got ready is over, and so is a batch that is full', () => {
  const ready = (name: string, second: number) =>
    pod(name, { owner: 'r1', createdAt: `2026-11-01T00:00:0${second}Z` })
  const growing = lookAtOne([
    ready('a', 5),
    turnedAway('x', 3, 'Evicted'),
    pod('b', { owner: 'r1', ready: false }),
  ])
  expect(growing.trouble).toBeUndefined()
  expect(lookAtOne([ready('a', 1), ready('b', 2), turnedAway('x', 3, 'Preempting')]).trouble).toBeUndefined()
})

test('what keeps a living pod from getting ready goes before what has ended', () => {
  const stuck = pod('b', { owner: 'r1', ready: false, status: unschedulable })
  expect(lookAtOne([stuck, turnedAway('x', 3)]).trouble?.reason).toBe('Unschedulable')
})

test('finished pods do not count as pods of nobody either', () => {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1' })],
    replicaSets: [replicaSet('demo-1-abc', { uid: 'r1', owner: 'd1' })],
    pods: [
      pod('evicted', { owner: 'r1', status: { phase: 'Failed' } }),
      pod('job', { owner: 'some-job', status: { phase: 'Succeeded' } }),
    ],
  })
  expect(set.foreignPods).toBe(0)
})

test('a ready pod that is being deleted serves nobody and is ending', () => {
  const batch = lookAtOne([pod('a', { owner: 'r1', deleting: true })])
  expect(batch.pods[0]).toMatchObject({ state: 'ending', ready: false })
  expect(batch.terminating).toBe(1)
})

const unschedulable: JsonObject = {
  conditions: [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' },
  ],
}
const waiting = (reason: string, message = ''): JsonObject => container({ waiting: { reason, message } })

test.each<[string, JsonObject, string, 'final' | 'slow' | undefined]>([
  ['no room on any node', unschedulable, 'Unschedulable', 'slow'],
  [
    'a scheduling gate',
    { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'gated' }] },
    'SchedulingGated',
    'slow',
  ],
  [
    'no room, although an image is missing too',
    { ...unschedulable, containerStatuses: [waiting('ErrImagePull')] },
    'Unschedulable',
    'slow',
  ],
  ['a first failed pull', { containerStatuses: [waiting('ErrImagePull')] }, 'ErrImagePull', 'slow'],
  [
    'repeated failed pulls',
    { containerStatuses: [waiting('ImagePullBackOff')] },
    'ImagePullBackOff',
    'final',
  ],
  ['a bad name', { containerStatuses: [waiting('InvalidImageName')] }, 'InvalidImageName', 'final'],
  [
    'a missing ConfigMap',
    { containerStatuses: [waiting('CreateContainerConfigError')] },
    'CreateContainerConfigError',
    'final',
  ],
  [
    'an init container before the others',
    { initContainerStatuses: [waiting('CrashLoopBackOff')], containerStatuses: [waiting('PodInitializing')] },
    'CrashLoopBackOff',
    'final',
  ],
  [
    'the second container when the first is well',
    { containerStatuses: [container({ running: {} }), waiting('ImagePullBackOff')] },
    'ImagePullBackOff',
    'final',
  ],
  [
    'too little memory behind a crash loop',
    {
      containerStatuses: [
        container(
          { waiting: { reason: 'CrashLoopBackOff' } },
          { lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } } },
        ),
      ],
    },
    'OOMKilled',
    'final',
  ],
  [
    'an exit with an error',
    { containerStatuses: [container({ terminated: { reason: 'Error', exitCode: 1 } })] },
    'Error',
    'slow',
  ],
])('a pod that is stuck by %s says so', (...[, status, reason, weight]) => {
  const { trouble } = lookAtOne([pod('a', { owner: 'r1', ready: false, status })])
  expect(trouble).toMatchObject({ reason, weight, pod: 'a', pods: 1 })
})

test.each<[string, JsonObject]>([
  ['a container that is being made', { containerStatuses: [waiting('ContainerCreating')] }],
  [
    'init containers that run',
    { initContainerStatuses: [container({ running: {} })], containerStatuses: [waiting('PodInitializing')] },
  ],
  ['an init container that is done', { initContainerStatuses: [container({ terminated: { exitCode: 0 } })] }],
  ['a probe that has not passed yet', { containerStatuses: [container({ running: {} })] }],
])('%s is no trouble', (_name, status) => {
  const batch = lookAtOne([pod('a', { owner: 'r1', ready: false, status })])
  expect([batch.trouble, batch.pods[0]?.state]).toEqual([undefined, 'starting'])
})

test('the exit code of a crash loop is told', () => {
  const crash = container(
    { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } },
    { lastState: { terminated: { reason: 'Error', exitCode: 3 } }, restartCount: 4 },
  )
  const batch = lookAtOne([pod('a', { owner: 'r1', ready: false, status: { containerStatuses: [crash] } })])
  expect(batch.trouble?.message).toBe('back-off 10s (exit code 3, Error)')
  expect(batch.restarts).toBe(4)
})

test('among several pods the one that will not get over it by itself is named', () => {
  const { trouble } = lookAtOne([
    pod('a', { owner: 'r1', ready: false, status: unschedulable }),
    pod('b', { owner: 'r1', ready: false, status: { containerStatuses: [waiting('ImagePullBackOff')] } }),
  ])
  expect(trouble).toMatchObject({ pod: 'b', pods: 2, weight: 'final' })
})

test('trouble of old pods is not that of the batch', () => {
  const set = look({
    deployments: [deployment('demo-1', { uid: 'd1', template: template('2') })],
    replicaSets: [
      replicaSet('new', { uid: 'n', owner: 'd1', template: template('2') }),
      replicaSet('old', { uid: 'o', owner: 'd1', template: template('1') }),
    ],
    pods: [
      pod('o1', { owner: 'o', ready: false, status: { containerStatuses: [waiting('CrashLoopBackOff')] } }),
    ],
  })
  expect(set.batches[0]?.trouble).toBeUndefined()
  expect(set.batches[0]?.pods[0]?.state).toBe('failing')
})

const refused = {
  type: 'ReplicaFailure',
  status: 'True',
  reason: 'FailedCreate',
  message: 'exceeded quota: small',
}

test.each<[string, Parameters<typeof lookAtOne>[1]]>([
  ['its ReplicaSet', { conditions: [refused] }],
  ['its Deployment', { status: { conditions: [refused] } }],
])('pods that may not be made at all are told from %s', (_name, more) => {
  expect(lookAtOne([], more).trouble).toEqual({
    reason: 'FailedCreate',
    message: 'exceeded quota: small',
    pods: 0,
    weight: 'refused',
  })
})

test('a ReplicaSet that may not be made is told, until there is one', () => {
  const error = { type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message: 'denied' }
  const without = look({
    deployments: [
      deployment('demo-1', { uid: 'd1', template: template('2'), status: { conditions: [error] } }),
    ],
  })
  expect(without.batches[0]?.trouble).toEqual({
    reason: 'ReplicaSetCreateError',
    message: 'denied',
    pods: 0,
    weight: 'refused',
  })
  expect(lookAtOne([], { status: { conditions: [error] } }).trouble).toBeUndefined()
})

test('a pod that is broken for good comes before a refusal, one that only waits comes after it', () => {
  const broken = pod('a', {
    owner: 'r1',
    ready: false,
    status: { containerStatuses: [waiting('ImagePullBackOff')] },
  })
  const slow = pod('a', { owner: 'r1', ready: false, status: unschedulable })
  expect(lookAtOne([broken], { conditions: [refused] }).trouble?.reason).toBe('ImagePullBackOff')
  expect(lookAtOne([slow], { conditions: [refused] }).trouble?.reason).toBe('FailedCreate')
})

test('a deadline that has passed is told with the time at which the server noticed', () => {
  const status = {
    conditions: [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        lastUpdateTime: '2026-01-01T00:10:00Z',
      },
    ],
  }
  expect(lookAtOne([], { status }).deadlineExceededAt).toBe(Date.parse('2026-01-01T00:10:00Z'))
})

test('a Service in another namespace selects nothing here', () => {
  const set = look({
    services: [{ ...service('demo-http'), meta: { ...service('demo-http').meta, namespace: 'other' } }],
    deployments: [deployment('demo-1')],
  })
  expect(names(set)).toEqual([])
})

test('Deployments of a release that its Service does not select are found by their uids, with their pods', () => {
  const seen: Observation = {
    services: [service('demo-http', { app: 'another' })],
    deployments: [deployment('demo-1', { uid: 'd1' }), deployment('demo-2', { uid: 'd2' })],
    replicaSets: [replicaSet('demo-1-abc', { uid: 'r1', owner: 'd1', replicas: 1 })],
    pods: [pod('demo-1-abc-x', { uid: 'p1', owner: 'r1' })],
    slices: [],
  }
  const found = findUnselected(seen, 'demo-http', [uid('d1'), uid('d9')])
  expect(found.map((one) => [one.name, one.unselected, one.pods.map((each) => each.name)])).toEqual([
    ['demo-1', true, ['demo-1-abc-x']],
  ])
  // Nobody is behind a Service that is not there, either.
  expect(findUnselected({ ...seen, services: [] }, 'demo-http', [uid('d2')]).map((one) => one.name)).toEqual([
    'demo-2',
  ])
})

test('a Deployment that its Service selects is found by the selector alone', () => {
  const seen: Observation = {
    services: [service('demo-http')],
    deployments: [deployment('demo-1', { uid: 'd1' })],
    replicaSets: [],
    pods: [],
    slices: [],
  }
  expect(findUnselected(seen, 'demo-http', [uid('d1')])).toEqual([])
})
