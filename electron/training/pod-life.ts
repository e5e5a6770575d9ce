import { startContainerLife, type ContainerNow } from './container-life.ts'
import type { TrainingClock } from './clock.ts'
import type { Container, Pod } from './objects.ts'
import { behaviourOf } from './pod-behaviours.ts'
import type { Random } from './random.ts'

/** How long a good container takes to end after SIGTERM; its grace period is the most it gets. */
const endingMs = [1_500, 4_000] as const

export type PodLifeOptions = {
  readonly clock: TrainingClock
  readonly random: Random
  readonly pod: Pod
  readonly podIp: string
  /** The images that are on the node. */
  readonly images: Set<string>
  /** All containers as they are now, by name; a container that is not in it has not begun. */
  readonly onChange: (containers: ReadonlyMap<string, ContainerNow>) => void
  readonly onLog: (container: string, what: 'begin' | 'end' | readonly string[]) => void
  readonly onEvent: (event: PodEvent) => void
}

export type PodEvent = {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly fieldPath: string
}

/** Plays the containers of a pod that is on a node. Returns its stop. */
export function startPodLife(options: PodLifeOptions): () => void {
  const { clock, random, pod, podIp, images } = options
  const { name, namespace = '', uid } = pod.metadata
  const containers = new Map<string, ContainerNow>()
  const stops: (() => void)[] = []

  /** Init containers run one after the other, and the rest only after the last of them. */
  function startInit(left: readonly Container[]): void {
    const [first, ...rest] = left
    if (first !== undefined) {
      play(first, 'init', () => startInit(rest))
      return
    }
    for (const container of pod.spec.containers) play(container, 'main', () => undefined)
  }

  function play(container: Container, role: 'main' | 'init', onCompleted: () => void): void {
    const field = role === 'init' ? 'initContainers' : 'containers'
    const stop = startContainerLife({
      clock,
      random,
      container,
      role,
      onCompleted,
      behaviour: behaviourOf(container.image),
      podLabel: `${name}_${namespace}(${uid})`,
      podIp,
      images,
      onChange: (now) => {
        containers.set(container.name, now)
        options.onChange(containers)
      },
      onLog: (what) => options.onLog(container.name, what),
      onEvent: (type, reason, message) =>
        options.onEvent({ type, reason, message, fieldPath: `spec.${field}{${container.name}}` }),
    })
    stops.push(stop)
  }

  startInit(pod.spec.initContainers ?? [])
  return () => {
    for (const stop of stops) stop()
  }
}

/** What is told of a pod that was asked to end. */
export function killingEvents(pod: Pod): readonly PodEvent[] {
  return pod.spec.containers.map((container) => ({
    type: 'Normal',
    reason: 'Killing',
    message: `Stopping container ${container.name}`,
    fieldPath: `spec.containers{${container.name}}`,
  }))
}

/** How long the containers of a pod that was asked to end take for it. */
export function endingTime(pod: Pod, random: Random): number {
  const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000
  return Math.min(grace, random.between(...endingMs))
}
