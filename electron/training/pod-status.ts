import { withCondition } from './conditions.ts'
import { notStarted, type ContainerNow } from './container-life.ts'
import type { Condition, Container, ContainerStatus, Pod, PodStatus } from './objects.ts'

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
    started: now.state.running !== undefined,
    restartCount: now.restarts,
    ...(now.containerId === '' ? {} : { containerID: now.containerId }),
    state: now.state,
    lastState: now.lastState,
  }
}

function conditionsOf(
  pod: Pod,
  holds: { readonly initialized: boolean; readonly ready: boolean },
  at: string,
): readonly Condition[] {
  const { containers, initContainers = [] } = pod.spec
  const unready = (reason: string, names: readonly string[]) => {
    const message = `containers with ${reason === 'ContainersNotReady' ? 'unready' : 'incomplete'} status: [${names.join(' ')}]`
    return { status: 'False' as const, reason, message }
  }
  const notInitialized = unready(
    'ContainersNotInitialized',
    initContainers.map((one) => one.name),
  )
  const notReady = unready(
    'ContainersNotReady',
    containers.map((one) => one.name),
  )
  const said: readonly (readonly [string, Pick<Condition, 'status' | 'reason' | 'message'>])[] = [
    ['PodReadyToStartContainers', { status: 'True' }],
    ['Initialized', holds.initialized ? { status: 'True' } : notInitialized],
    ['Ready', holds.ready ? { status: 'True' } : notReady],
    ['ContainersReady', holds.ready ? { status: 'True' } : notReady],
  ]
  return said.reduce<readonly Condition[]>(
    (all, [type, told]) => withCondition(all, { type, ...told, lastTransitionTime: at }),
    pod.status?.conditions ?? [],
  )
}

/** The pod's status as the kubelet reports it when its containers are as they are now. */
export function reportedStatus(pod: Pod, report: PodReport): PodStatus {
  const { containers, initContainers = [] } = pod.spec
  const waiting = notStarted(initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating')
  const status = (container: Container) =>
    statusOf(container, report.containers.get(container.name) ?? waiting)
  const main = containers.map(status)
  const init = initContainers.map(status)
  const initialized = init.every((one) => one.state.terminated?.exitCode === 0)
  const started = main.some((one) => one.containerID !== undefined)
  return {
    ...pod.status,
    phase: started ? 'Running' : 'Pending',
    conditions: conditionsOf(pod, { initialized, ready: main.every((one) => one.ready) }, report.at),
    hostIP: report.hostIp,
    podIP: report.podIp,
    podIPs: [{ ip: report.podIp }],
    startTime: pod.status?.startTime ?? report.at,
    ...(init.length === 0 ? {} : { initContainerStatuses: init }),
    containerStatuses: main,
  }
}
