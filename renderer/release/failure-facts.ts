import type { PodsView } from '../../shared/view/pods-view.ts'

/** Reasons of pods whose container has never run: asking for a log would only bring a second fault. */
const neverRan: readonly string[] = [
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'Unschedulable',
  'SchedulingGated',
]
/** It waits for its next start: what it said stands in the log of the instance before. */
const waitsAfterCrash: readonly string[] = ['CrashLoopBackOff', 'OOMKilled']

/** Which log tells why a pod fails. */
export function logOf(reason: string): 'none' | 'previous' | 'current' {
  if (neverRan.includes(reason)) return 'none'
  return waitsAfterCrash.includes(reason) ? 'previous' : 'current'
}

type PodEvent = PodsView['events'][number]

/** The newest event about a pod; the cluster writes its kind in front of its name. */
export function lastEventOf(events: readonly PodEvent[], pod: string): PodEvent | undefined {
  return events
    .filter((event) => event.object === `Pod ${pod}`)
    .toSorted((a, b) => b.at - a.at)
    .at(0)
}
