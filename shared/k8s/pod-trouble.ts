import type { Json } from './json.ts'
import type { PodTrouble } from './objects.ts'
import { asObject, listAt, numberAt, objectAt, textAt } from './read-json.ts'

const harmless = ['ContainerCreating', 'PodInitializing']

/**
 * Why a pod does not get ready, first match wins: scheduling, then init containers, then containers. A
 * probe that has not passed yet is no trouble: the pod is starting.
 * Reasons and their order: the scheduler's and the kubelet's words, read from their sources.
 */
export function readPodTrouble(raw: Json): PodTrouble | undefined {
  const status = objectAt(raw, 'status')
  const unscheduled = listAt(status, 'conditions').find(
    (one) => textAt(one, 'type') === 'PodScheduled' && textAt(one, 'status') === 'False',
  )
  const unscheduledReason = textAt(unscheduled, 'reason')
  if (unscheduledReason === 'Unschedulable' || unscheduledReason === 'SchedulingGated') {
    return { reason: unscheduledReason, message: textAt(unscheduled, 'message') }
  }
  if (textAt(status, 'phase') === 'Failed') {
    return { reason: textAt(status, 'reason', 'Failed'), message: textAt(status, 'message') }
  }
  const containers = [...listAt(status, 'initContainerStatuses'), ...listAt(status, 'containerStatuses')]
  for (const container of containers) {
    const trouble = containerTrouble(container)
    if (trouble !== undefined) return trouble
  }
  return undefined
}

function containerTrouble(container: Json): PodTrouble | undefined {
  const name = textAt(container, 'name')
  const state = objectAt(container, 'state')
  const waiting = asObject(state['waiting'])
  const reason = textAt(waiting, 'reason')
  if (reason !== '' && !harmless.includes(reason)) {
    const last = asObject(objectAt(container, 'lastState')['terminated'])
    const exitCode = 'exitCode' in last ? numberAt(last, 'exitCode') : undefined
    const why = textAt(last, 'reason')
    const message = textAt(waiting, 'message')
    return {
      reason: reason === 'CrashLoopBackOff' && why === 'OOMKilled' ? 'OOMKilled' : reason,
      message:
        exitCode === undefined ? message : `${message} (exit code ${exitCode}, ${why || 'Error'})`.trim(),
      container: name,
      ...(exitCode !== undefined && { exitCode }),
    }
  }
  const ended = asObject(state['terminated'])
  if ('exitCode' in ended && numberAt(ended, 'exitCode') !== 0) {
    return {
      reason: textAt(ended, 'reason', 'Error'),
      message: `exit code ${numberAt(ended, 'exitCode')}`,
      container: name,
      exitCode: numberAt(ended, 'exitCode'),
    }
  }
  return undefined
}
