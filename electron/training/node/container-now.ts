import type { TrainingClock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import type { Container, ContainerState } from '../objects/objects.ts'
import type { Behaviour } from './pod-behaviours.ts'

/** What one container is at now. */
export type ContainerNow = {
  readonly state: ContainerState
  readonly lastState: ContainerState
  readonly ready: boolean
  /** It runs, and its startup probe, where it has one, has succeeded. */
  readonly started: boolean
  readonly restarts: number
  /** '' before it first ran. */
  readonly containerId: string
}

export type LifeOptions = {
  readonly clock: TrainingClock
  readonly random: Random
  readonly container: Container
  readonly behaviour: Behaviour
  /** Init containers end by themselves, and then the next one may begin; a sidecar only has to be started for that. */
  readonly role: 'main' | 'init' | 'sidecar'
  /** `name_namespace(uid)`, as messages name the pod. */
  readonly podLabel: string
  readonly podIp: string
  /** The images that are on the node. */
  readonly images: Set<string>
  readonly onChange: (now: ContainerNow) => void
  readonly onLog: (what: 'begin' | 'end' | readonly string[]) => void
  readonly onEvent: (type: 'Normal' | 'Warning', reason: string, message: string) => void
  readonly onCompleted: () => void
  readonly onStarted: () => void
}

/** How a container is before its turn. */
export function notStarted(reason: 'ContainerCreating' | 'PodInitializing'): ContainerNow {
  return {
    state: { waiting: { reason } },
    lastState: {},
    ready: false,
    started: false,
    restarts: 0,
    containerId: '',
  }
}

/** What the parts of one container's life share. */
export type Playing = {
  readonly options: LifeOptions
  /** Unless the container ends before. */
  later(delayMs: number, run: () => void): void
  wait(reason: string, message: string): void
}

/** These have ended as they were asked to. */
export function withEnded(
  containers: ReadonlyMap<string, ContainerNow>,
  names: readonly string[],
  finishedAt: string,
): ReadonlyMap<string, ContainerNow> {
  return new Map(
    [...containers].map(([name, now]) => {
      const { running } = now.state
      if (!names.includes(name) || running === undefined) return [name, now]
      const { startedAt } = running
      const containerID = now.containerId
      const terminated = { exitCode: 0, reason: 'Completed', startedAt, finishedAt, containerID }
      return [name, { ...now, state: { terminated }, ready: false, started: false }]
    }),
  )
}
