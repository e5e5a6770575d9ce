import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContainerState, ContainerStatus, Pod } from '../../electron/training/objects/objects.ts'
import { deploymentManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import { startRecording } from '../conformance/controllers/recording.ts'
import { startRealTarget } from '../conformance/targets/real-target.ts'
import type { Target } from '../conformance/targets/target.ts'
import { startTrainingTarget } from '../conformance/targets/training-target.ts'
import { eventually } from '../support/eventually.ts'
import { itemsOf } from '../support/watched-objects.ts'

/** Slow enough that no state passes between two writes of a busy machine. */
const podSpeed = 8
const core = '/api/v1/namespaces/demo'
const apps = '/apis/apps/v1/namespaces/demo'

let training: Target
let real: Target

beforeAll(async () => {
  training = await startTrainingTarget({ podSpeed })
  real = await startRealTarget({ podSpeed })
})
afterAll(async () => {
  await training.stop()
  await real.stop()
})

type Life = {
  /** Part of the tag, or a whole reference. */
  readonly image: string
  /** The state that ends the look at the pod. */
  readonly until: (pod: Pod) => boolean
  readonly probe?: boolean
  readonly init?: string
  /** Before the others, as a native sidecar. */
  readonly sidecar?: string
  /** Events of what comes after that state: told or not, by how soon the pod is deleted. */
  readonly mayFollow?: RegExp
}

const first = ({ status }: Pod): ContainerStatus | undefined => status?.containerStatuses?.[0]
const isReady = (pod: Pod): boolean => first(pod)?.ready === true
const waits = (pod: Pod, reason: string, restarts = 0): boolean =>
  first(pod)?.state.waiting?.reason === reason && first(pod)?.restartCount === restarts

const lives: Readonly<Record<string, Life>> = {
  'a good image': { image: '1', until: isReady },
  'a good image without a probe': { image: '1', probe: false, until: isReady },
  'an image that is missing': { image: '1-missing', until: (pod) => waits(pod, 'ImagePullBackOff') },
  'a reference that is none': { image: 'Not/An:Image:1', until: (pod) => waits(pod, 'InvalidImageName') },
  'an image that crashes': { image: '1-crash', until: (pod) => waits(pod, 'CrashLoopBackOff', 2) },
  'an image that takes too much memory': {
    image: '1-oom',
    until: (pod) => waits(pod, 'CrashLoopBackOff', 1),
  },
  'an image that never gets ready': {
    image: '1-never-ready',
    until: (pod) => first(pod)?.state.running !== undefined,
  },
  'an image that is slow': { image: '1-slow', until: isReady },
  'an image that dies': {
    image: '1-dies',
    until: (pod) => first(pod)?.restartCount === 1 && isReady(pod),
    mayFollow: /Unhealthy|BackOff/,
  },
  'an init container, then the rest': { image: '1', init: '1', until: isReady },
  'a native sidecar, an init container, then the rest': {
    image: '1',
    sidecar: '1',
    init: '1',
    until: isReady,
  },
  'a native sidecar whose image is missing': {
    image: '1',
    sidecar: '1-missing',
    until: ({ status }) => status?.initContainerStatuses?.[0]?.state.waiting?.reason === 'ImagePullBackOff',
  },
  'an init container that crashes': {
    image: '1',
    init: '1-missing',
    until: ({ status }) => status?.initContainerStatuses?.[0]?.state.waiting?.reason === 'ImagePullBackOff',
  },
}

function stateOf({ waiting, running, terminated }: ContainerState): unknown {
  if (running !== undefined) return 'running'
  if (terminated !== undefined) return { exitCode: terminated.exitCode, reason: terminated.reason }
  return waiting ?? {}
}

/** A pod without what is its own: names, uid, times, addresses. */
function shapeOf(pod: Pod): unknown {
  const { metadata, status } = pod
  function plain(text: string | undefined): string | undefined {
    return text?.replaceAll(metadata.name, 'POD').replaceAll(metadata.uid, 'UID')
  }
  const container = (one: ContainerStatus): unknown => ({
    name: one.name,
    image: one.image,
    imageId: one.imageID,
    ready: one.ready,
    started: one.started,
    restarts: one.restartCount,
    state: JSON.parse(plain(JSON.stringify(stateOf(one.state))) ?? '') as unknown,
    lastState: stateOf(one.lastState),
  })
  return {
    phase: status?.phase,
    qosClass: status?.qosClass,
    hasIp: status?.podIP !== undefined,
    hasNode: pod.spec.nodeName !== undefined,
    conditions: (status?.conditions ?? [])
      .map(({ type, status: is, reason, message }) => [type, is, reason, plain(message)])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    init: (status?.initContainerStatuses ?? []).map(container),
    containers: (status?.containerStatuses ?? []).map(container),
  }
}

type Told = {
  readonly states: readonly unknown[]
  readonly ending: readonly string[]
  readonly events: readonly string[]
}

/** Lets one pod live on a target, until its state, then until it is deleted; gives each state that was told. */
async function live(
  target: Target,
  name: string,
  { image, until, probe = true, init, sidecar, mayFollow = /Unhealthy/ }: Life,
): Promise<Told> {
  const client = target.client('admin')
  const manifest = deploymentManifest({
    name,
    namespace: 'demo',
    app: name,
    replicas: 1,
    image: refOf(name, image),
  }) as {
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly [object] } } }
  }
  const { template } = manifest.spec
  const [container] = template.spec.containers
  const containers = [probe ? container : { ...container, readinessProbe: undefined }]
  // Without a probe: once two containers live side by side, which of them gets on first is chance.
  const initContainers = [
    ...(sidecar === undefined
      ? []
      : [{ name: 'mesh', image: refOf(name, sidecar), restartPolicy: 'Always' }]),
    ...(init === undefined ? [] : [{ name: 'prepare', image: refOf(name, init), imagePullPolicy: 'Always' }]),
  ]
  const spec = { ...template.spec, containers, ...(initContainers.length > 0 && { initContainers }) }
  const recording = await startRecording<Pod>(client, `${core}/pods?labelSelector=app%3D${name}`)
  const made = await client.post(`${apps}/deployments`, {
    ...manifest,
    spec: { ...manifest.spec, template: { ...template, spec } },
  })
  expect(made.status, made.text).toBe(201)
  const pod = await eventually(
    async () => {
      const found = itemsOf((await client.get(`${core}/pods?labelSelector=app%3D${name}`)).body)
      return (found as unknown as readonly Pod[]).find(until)
    },
    { what: `${name} gets there`, atMostMs: 60_000 },
  )
  await client.remove(`${apps}/deployments/${name}`)
  const all = await eventually(
    async () => {
      const soFar = await recording.through(pod.metadata.resourceVersion)
      return soFar.at(-1)?.type === 'DELETED' ? soFar : undefined
    },
    { what: `${name} is gone` },
  )
  recording.stop()
  const reached = all.findIndex(({ object }) => until(object))
  const states = all.slice(0, reached + 1).map(({ object }) => JSON.stringify(shapeOf(object)))
  const ending = all
    .filter(({ object }) => object.metadata.deletionTimestamp !== undefined)
    .map(({ object, type }) => `${type} ${object.status?.phase ?? ''}`)
  const events = itemsOf(
    (await client.get(`${core}/events?fieldSelector=involvedObject.uid%3D${pod.metadata.uid}`)).body,
  )
  const words = (events as unknown as readonly { reason: string; type: string; message: string }[]).map(
    (event) =>
      `${event.type} ${event.reason} ${event.message}`
        .replaceAll(pod.metadata.name, 'POD')
        .replaceAll(pod.metadata.uid, 'UID')
        .replace(/training-w\d/, 'NODE')
        .replace(/\d+(\.\d+)?m?s/g, 'TIME')
        .replace(/10\.244\.\d+\.\d+/, 'IP'),
  )
  return {
    states: states
      .filter((state, index) => state !== states[index - 1])
      .map((state) => JSON.parse(state) as unknown),
    ending: [...new Set(ending)],
    events: [...new Set(words)].filter((word) => !mayFollow.test(word)).sort(),
  }
}

/** A repository for each life: which of them finds an image on its node would be chance otherwise. */
function refOf(name: string, image: string): string {
  return image.includes('/') ? image : `registry.example/${name}:${image}`
}

test.concurrent.each(Object.entries(lives))(
  '%s: a pod of the playing kubelet lives as one of the training cluster',
  async (title, life) => {
    const name = `life-${Object.keys(lives).indexOf(title)}`
    const [onTraining, onReal] = await Promise.all([live(training, name, life), live(real, name, life)])
    expect(onReal).toEqual(onTraining)
    expect(onReal.states.length).toBeGreaterThan(3)
  },
)
