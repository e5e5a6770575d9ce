import type { TrainingClock } from '../../electron/training/clock/clock.ts'
import type { ContainerNow } from '../../electron/training/node/container-now.ts'
import { timestamp, type ContainerState } from '../../electron/training/objects/objects.ts'

/**
 * Pods may live faster than the wall clock, but a real control plane and its clients compare their times with
 * the wall clock: gives the states of containers with the moments at which things really happened.
 */
export function createWallTimes(
  clock: TrainingClock,
  speed: number,
): (containers: ReadonlyMap<string, ContainerNow>) => ReadonlyMap<string, ContainerNow> {
  const wallStart = Date.now()
  const clusterStart = clock.now()

  function wall(text: string): string {
    return timestamp(Math.min(Date.now(), wallStart + Math.max(0, Date.parse(text) - clusterStart) / speed))
  }
  function state({ waiting, running, terminated }: ContainerState): ContainerState {
    if (running !== undefined) return { running: { startedAt: wall(running.startedAt) } }
    if (terminated === undefined) return waiting === undefined ? {} : { waiting }
    const { startedAt, finishedAt } = terminated
    return { terminated: { ...terminated, startedAt: wall(startedAt), finishedAt: wall(finishedAt) } }
  }
  return (containers) =>
    new Map(
      [...containers].map(([name, now]) => [
        name,
        { ...now, state: state(now.state), lastState: state(now.lastState) },
      ]),
    )
}
