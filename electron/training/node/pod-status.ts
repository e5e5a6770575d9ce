import { notStarted, type ContainerNow } from './container-now.ts'
import {
  isSidecar,
  type Condition,
  type Container,
  type ContainerStatus,
  type Pod,
  type PodStatus,
} from '../objects/objects.ts'

/** What the kubelet knows of a pod beyond the pod itself. */
export type PodReport = {
  readonly containers: ReadonlyMap<string, ContainerNow>
  readonly podIp: string
  readonly hostIp: string
  /** A timestamp for what changes with this report. */
  readonly at: string
}

/** 64 hexadecimal digits made from the reference: the same image has the same digest on every node. */
function digestOf(image: string): string {
  let hash = 0x811c9dc5
  let text = ''
  for (let round = 0; round < 8; round += 1) {
    for (const letter of `${round}${image}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0
    text += hash.toString(16).padStart(8, '0')
  }
  return text
}

function statusOf(container: Container, now: ContainerNow): ContainerStatus {
  const name = container.image.replace(/(:[^:/]*)?(@.*)?$/, '')
  return {
    name: container.name,
    image: container.image,
    imageID: now.containerId === '' ? '' : `${name}@sha256:${digestOf(container.image)}`,
    ready: now.ready,
    started: now.started,
    restartCount: now.restarts,
    ...(now.containerId === '' ? {} : { containerID: now.containerId }),
    state: now.state,
    lastState: now.lastState,
  }
}

type Told = Pick<Condition, 'status' | 'reason' | 'message'>

function unless(names: readonly string[], reason: string, what: string): Told {
  if (names.length === 0) return { status: 'True' }
  return { status: 'False', reason, message: `containers with ${what} status: [${names.join(' ')}]` }
}

/** Init containers that have not ended well, or, if they are sidecars, have not been started. */
function uninitialized(
  pod: Pod,
  init: readonly ContainerStatus[],
  main: readonly ContainerStatus[],
): readonly string[] {
  // Once a container of the pod has run, a sidecar that is begun anew takes nothing back.
  if (main.some((one) => one.containerID !== undefined)) return []
  return (pod.spec.initContainers ?? []).flatMap((container, index) => {
    const passed = isSidecar(container)
      ? init[index]?.started === true
      : init[index]?.state.terminated?.exitCode === 0
    return passed ? [] : [container.name]
  })
}

/** Whoever answers for a readiness gate writes its condition: without it the pod is not ready, whatever its containers are. */
function gatesOf(pod: Pod): readonly string[] {
  return (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = pod.status?.conditions?.find((one) => one.type === conditionType)
    if (found === undefined)
      return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`]
    if (found.status === 'True') return []
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`]
  })
}

function readyOf(pod: Pod, containersReady: Told): Told {
  const gates = gatesOf(pod)
  if (containersReady.status !== 'True' || gates.length === 0) return containersReady
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: gates.join(', ') }
}

/** In the kubelet's order; what others have written stays. The time is that of the last change between True and False. */
function conditionsOf(
  pod: Pod,
  told: readonly (readonly [string, Told])[],
  at: string,
): readonly Condition[] {
  const before = pod.status?.conditions ?? []
  const own = told.map(([type, said]): Condition => {
    const old = before.find((one) => one.type === type)
    return {
      type,
      ...said,
      lastTransitionTime: old?.status === said.status ? old.lastTransitionTime : at,
    }
  })
  return [...own, ...before.filter((one) => !own.some(({ type }) => type === one.type))]
}

/** The pod's status as the kubelet reports it when its containers are as they are now. */
export function reportedStatus(pod: Pod, report: PodReport): PodStatus {
  const { containers, initContainers = [] } = pod.spec
  const waiting = notStarted(initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating')
  const status = (container: Container) =>
    statusOf(container, report.containers.get(container.name) ?? waiting)
  const main = containers.map(status)
  const init = initContainers.map(status)
  const serving = [...initContainers.filter(isSidecar).map(status), ...main]
  const containersReady = unless(
    serving.filter((one) => !one.ready).map((one) => one.name),
    'ContainersNotReady',
    'unready',
  )
  const initialized = unless(uninitialized(pod, init, main), 'ContainersNotInitialized', 'incomplete')
  return {
    ...pod.status,
    phase: main.some((one) => one.containerID !== undefined) ? 'Running' : 'Pending',
    conditions: conditionsOf(
      pod,
      [
        ['PodReadyToStartContainers', { status: 'True' }],
        ['Initialized', initialized],
        ['Ready', readyOf(pod, containersReady)],
        ['ContainersReady', containersReady],
      ],
      report.at,
    ),
    hostIP: report.hostIp,
    podIP: report.podIp,
    podIPs: [{ ip: report.podIp }],
    startTime: pod.status?.startTime ?? report.at,
    ...(init.length === 0 ? {} : { initContainerStatuses: init }),
    containerStatuses: main,
  }
}
