import type { Uid } from '../ids.ts'
import type { Condition, Deployment, Pod, ReplicaSet } from '../k8s/objects.ts'
import type { BatchPod, Gated, Trouble } from './batch-set.ts'

/** Reasons that Kubernetes does not get over by trying again; others are shown and waited for. */
const final = [
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CrashLoopBackOff',
  'OOMKilled',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]

type Behind = { readonly set: ReplicaSet; readonly isNew: boolean; readonly serving: ReadonlySet<Uid> }

export function batchPod(pod: Pod, { set, isNew, serving }: Behind): BatchPod {
  const { createdAt } = pod.meta
  // A pod that was restarted got ready more than once: the last time says nothing about how long a start takes.
  const started = pod.ready && pod.restarts === 0 && pod.readySince > createdAt
  return {
    uid: pod.meta.uid,
    name: pod.meta.name,
    node: pod.node,
    state: stateOf(pod, isNew),
    isNew,
    containers: set.containers,
    ready: pod.ready && pod.meta.deletingSince === undefined,
    ...(pod.ready && pod.meta.deletingSince === undefined && { readySince: pod.readySince }),
    serving: serving.has(pod.meta.uid),
    restarts: pod.restarts,
    telling: pod.telling,
    createdAt,
    ...(started && { startSeconds: (pod.readySince - createdAt) / 1000 }),
    reason: pod.trouble?.reason ?? pod.unready?.reason ?? '',
    message: pod.trouble?.message ?? pod.unready?.message ?? '',
    ...(pod.trouble === undefined && pod.unready?.gate !== undefined && { gate: pod.unready.gate }),
  }
}

function stateOf(pod: Pod, isNew: boolean): BatchPod['state'] {
  if (pod.meta.deletingSince !== undefined) return 'ending'
  if (pod.trouble !== undefined && !pod.ready) return 'failing'
  if (!pod.ready) return 'starting'
  return isNew ? 'new' : 'old'
}

/** New pods that Kubernetes does not get over by trying again. */
export function brokenPods(pods: readonly BatchPod[]): readonly BatchPod[] {
  return pods.filter((pod) => pod.isNew && pod.state === 'failing' && final.includes(pod.reason))
}

/**
 * Why a batch can't get done: its first new pod that is broken for good, else what its ReplicaSet or Deployment was
 * refused, else a new pod that waits for something that may still come, else one that has ended without ever being ready.
 */
export function troubleOf(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  { pods, ended }: { readonly pods: readonly BatchPod[]; readonly ended: readonly Pod[] },
): Trouble | undefined {
  const failing = pods.filter((pod) => pod.isNew && pod.state === 'failing')
  const [broken] = brokenPods(pods)
  const refused = refusalOf(deployment, current)
  if (broken === undefined && refused !== undefined) {
    return { reason: refused.reason, message: refused.message, pods: 0, weight: 'refused' }
  }
  const first = broken ?? failing[0]
  if (first === undefined) return current && endedTrouble(current, pods, ended)
  return {
    reason: first.reason,
    message: first.message,
    pod: first.name,
    podUid: first.uid,
    container: first.telling,
    pods: failing.length,
    weight: first === broken ? 'final' : 'slow',
  }
}

/**
 * Pods that a kubelet did not take (OutOfcpu, NodeAffinity, UnexpectedAdmissionError), evicted or preempted are Failed for
 * good, and their ReplicaSet makes another at once: among those that live there is nothing to see while it goes on for
 * ever. They count from the newest pod that got ready on: what ended before that one has been got over.
 */
function endedTrouble(
  current: ReplicaSet,
  pods: readonly BatchPod[],
  ended: readonly Pod[],
): Trouble | undefined {
  const ready = pods.filter((pod) => pod.isNew && pod.ready)
  if (ready.length >= current.replicas) return undefined
  const since = ready.reduce((newest, pod) => Math.max(newest, pod.createdAt), 0)
  const lost = ended
    .filter(({ meta, phase }) => phase === 'Failed' && meta.controller?.uid === current.meta.uid)
    .filter(({ meta, trouble }) => trouble !== undefined && meta.createdAt >= since)
    .toSorted((a, b) => b.meta.createdAt - a.meta.createdAt || a.meta.name.localeCompare(b.meta.name))
  const [last] = lost
  if (last?.trouble === undefined) return undefined
  return {
    reason: last.trouble.reason,
    message: last.trouble.message,
    pod: last.meta.name,
    podUid: last.meta.uid,
    container: last.telling,
    pods: lost.length,
    weight: 'slow',
  }
}

/** The controller says so before it says that it has observed anything: without a ReplicaSet it never does. */
function refusalOf(deployment: Deployment, current: ReplicaSet | undefined): Condition | undefined {
  const conditions = [...(current?.status.conditions ?? []), ...deployment.status.conditions]
  return conditions.find(
    ({ type, status, reason }) =>
      (type === 'ReplicaFailure' && status === 'True') ||
      (current === undefined && type === 'Progressing' && reason === 'ReplicaSetCreateError'),
  )
}

/** No trouble of the pod's own, and no failure: whoever keeps the gate may open it any moment. Till then it is said. */
export function gatedOf(pods: readonly BatchPod[]): Gated | undefined {
  const shut = pods.filter((pod) => pod.state === 'starting' && pod.gate !== undefined)
  const first = shut.find((pod) => pod.isNew) ?? shut[0]
  if (first?.gate === undefined) return undefined
  return { gate: first.gate, message: first.message, pod: first.name, pods: shut.length }
}

export function oldTroubleOf(pods: readonly BatchPod[]): Trouble | undefined {
  const broken = pods.filter((pod) => !pod.isNew && pod.state === 'failing' && final.includes(pod.reason))
  const [first] = broken
  if (first === undefined) return undefined
  return {
    reason: first.reason,
    message: first.message,
    pod: first.name,
    podUid: first.uid,
    container: first.telling,
    pods: broken.length,
    weight: 'final',
  }
}
