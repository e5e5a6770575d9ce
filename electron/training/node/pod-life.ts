import { startContainerLife } from './container-life.ts'
import type { ContainerNow } from './container-now.ts'
import type { TrainingClock } from '../clock/clock.ts'
import { isSidecar, type Container, type Pod } from '../objects/objects.ts'
import { behaviourOf } from './pod-behaviours.ts'
import type { Random } from '../clock/random.ts'

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

  /** Init containers run one after the other, sidecars as soon as they are started, and the rest after the last of them. */
  function startInit(left: readonly Container[]): void {
    const [first, ...rest] = left
    if (first === undefined)
      for (const container of pod.spec.containers) play(container, 'main', () => undefined)
    else play(first, isSidecar(first) ? 'sidecar' : 'init', () => startInit(rest))
  }

  function play(container: Container, role: 'main' | 'init' | 'sidecar', onPassed: () => void): void {
    const field = role === 'main' ? 'containers' : 'initContainers'
    let passed = false
    /** A sidecar that is begun anew has been passed already. */
    function pass(): void {
      if (passed) return
      passed = true
      onPassed()
    }
    const stop = startContainerLife({
      clock,
      random,
      container,
      role,
      onCompleted: role === 'init' ? pass : () => undefined,
      onStarted: role === 'sidecar' ? pass : () => undefined,
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
