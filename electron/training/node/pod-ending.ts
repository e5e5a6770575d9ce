import type { TrainingClock } from '../clock/clock.ts'
import { isSidecar, type Container, type Pod } from '../objects/objects.ts'
import type { PodEvent } from './pod-life.ts'
import type { Random } from '../clock/random.ts'

/** How long a good container takes to end after SIGTERM; its grace period is the most it gets. */
const endingMs = [1_500, 4_000] as const
/** A sidecar has nothing more to serve by then. */
const sidecarEndingMs = [200, 600] as const

export type PodEndingOptions = {
  readonly clock: TrainingClock
  readonly random: Random
  readonly pod: Pod
  readonly onEvent: (event: PodEvent) => void
  /** These have ended, others of the pod have not. */
  readonly onEnded: (containers: readonly string[]) => void
  /** Nothing of it runs any more. */
  readonly onGone: () => void
}

/**
 * Plays the end of a pod that was asked to end: its containers all at once, and once they are gone its sidecars, one
 * after the other, the last that was started first. Returns its stop.
 */
export function startPodEnding(options: PodEndingOptions): () => void {
  const { clock, random, pod, onEvent, onEnded } = options
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar).toReversed()
  let left = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000
  let stop = (): void => undefined

  function wait([low, high]: readonly [number, number], run: () => void): void {
    const took = Math.min(left, random.between(low, high))
    left -= took
    stop = clock.setTimer(took, run)
  }

  function endNext(rest: readonly Container[], ended: readonly string[]): void {
    const [next, ...others] = rest
    if (next === undefined) {
      options.onGone()
      return
    }
    onEnded(ended)
    onEvent(killing(next, 'initContainers'))
    wait(sidecarEndingMs, () => endNext(others, [next.name]))
  }

  for (const container of pod.spec.containers) onEvent(killing(container, 'containers'))
  wait(endingMs, () =>
    endNext(
      sidecars,
      pod.spec.containers.map((one) => one.name),
    ),
  )
  return () => stop()
}

function killing({ name }: Container, field: 'containers' | 'initContainers'): PodEvent {
  return {
    type: 'Normal',
    reason: 'Killing',
    message: `Stopping container ${name}`,
    fieldPath: `spec.${field}{${name}}`,
  }
}
