import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import {
  plus,
  podAmounts,
  readAmounts,
  type Amounts,
  type Defaults,
} from '../../../shared/k8s/pod-requests.ts'
import { flagAt, listAt, numberAt, objectAt, textAt, textsAt } from '../../../shared/k8s/read-json.ts'

/** What the scheduler looks at of a node. A node as the API gives it also lists every image that it holds. */
export type NodeOffer = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly ready: boolean
  readonly unschedulable: boolean
  readonly taints: readonly Json[]
  readonly allocatable: Amounts
}

/** Node -> what the pods on it have asked for, each also taking one of its `pods`. */
export type Taken = ReadonlyMap<string, Amounts>

/** How many more pods of one template fit. `certain`: no rule of placement was left out that could make it fewer. */
export type NodeRoom = { readonly fits: number; readonly certain: boolean }

export function readNode(raw: Json): NodeOffer {
  const [metadata, spec, status] = [objectAt(raw, 'metadata'), objectAt(raw, 'spec'), objectAt(raw, 'status')]
  return {
    name: textAt(metadata, 'name'),
    labels: textsAt(metadata, 'labels'),
    ready: listAt(status, 'conditions').some(
      (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
    ),
    unschedulable: flagAt(spec, 'unschedulable'),
    taints: listAt(spec, 'taints'),
    allocatable: readAmounts(status['allocatable']),
  }
}

/** A pod that has ended holds nothing any more. Those that are there have had their defaults when they were made. */
export function addPod(taken: Map<string, Amounts>, pod: Json): void {
  const spec = objectAt(pod, 'spec')
  const node = textAt(spec, 'nodeName')
  if (node === '' || ['Succeeded', 'Failed'].includes(textAt(objectAt(pod, 'status'), 'phase'))) return
  taken.set(node, plus(taken.get(node) ?? {}, { ...podAmounts(spec).requests, pods: 1 }))
}

/**
 * Allocatable minus the requests of the pods that are there, node by node, on those nodes that the scheduler would
 * consider: ready, not cordoned, fitting the node selector, without taints that the pods do not tolerate (fitsRequest of
 * the scheduler's NodeResourcesFit). A template says nothing of what its LimitRange makes its pods ask for: `defaults`.
 */
export function nodeRoom(
  podSpec: JsonObject,
  { nodes, taken }: { readonly nodes: readonly NodeOffer[]; readonly taken: Taken },
  defaults: Defaults,
): NodeRoom {
  const need: Amounts = { ...podAmounts(podSpec, defaults).requests, pods: 1 }
  const fits = nodes
    .filter((node) => takes(node, podSpec))
    .map((node) => {
      const room = plus(node.allocatable, taken.get(node.name) ?? {}, -1)
      const counts = Object.entries(need)
        .filter(([, amount]) => amount > 0)
        .map(([resource, amount]) => Math.floor((room[resource] ?? 0) / amount + 1e-9))
      return Math.max(0, Math.min(...counts))
    })
  return { fits: fits.reduce((sum, one) => sum + one, 0), certain: !hasPlacementRules(podSpec) }
}

function takes(node: NodeOffer, podSpec: JsonObject): boolean {
  const wanted = Object.entries(textsAt(podSpec, 'nodeSelector'))
  const tolerations = listAt(podSpec, 'tolerations')
  return (
    node.ready &&
    !node.unschedulable &&
    wanted.every(([key, value]) => node.labels[key] === value) &&
    node.taints
      .filter((taint) => textAt(taint, 'effect') !== 'PreferNoSchedule')
      .every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)))
  )
}

/** core/v1 Toleration.ToleratesTaint: an empty key with Exists tolerates everything, an empty effect all effects. */
function tolerates(toleration: Json, taint: Json): boolean {
  const [key, effect] = [textAt(toleration, 'key'), textAt(toleration, 'effect')]
  if (effect !== '' && effect !== textAt(taint, 'effect')) return false
  if (key !== '' && key !== textAt(taint, 'key')) return false
  if (textAt(toleration, 'operator') === 'Exists') return true
  return key !== '' && textAt(toleration, 'value') === textAt(taint, 'value')
}

/**
 * Affinity, spreading, host ports, volumes and devices may keep pods from nodes that have room; a runtime class may add
 * an overhead and a selector of its own; another scheduler goes by rules of its own.
 */
function hasPlacementRules(podSpec: JsonObject): boolean {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const affinity = objectAt(podSpec, 'affinity')
  return (
    Object.keys(affinity).some((kind) => required in objectAt(affinity, kind)) ||
    listAt(podSpec, 'topologySpreadConstraints').some(
      (one) => textAt(one, 'whenUnsatisfiable', 'DoNotSchedule') === 'DoNotSchedule',
    ) ||
    listAt(podSpec, 'volumes').some(
      (one) =>
        Object.keys(objectAt(one, 'persistentVolumeClaim')).length > 0 ||
        Object.keys(objectAt(one, 'ephemeral')).length > 0,
    ) ||
    listAt(podSpec, 'resourceClaims').length > 0 ||
    textAt(podSpec, 'runtimeClassName') !== '' ||
    textAt(podSpec, 'schedulerName', 'default-scheduler') !== 'default-scheduler' ||
    takesHostPorts(podSpec)
  )
}

/** On the host's network every port is one of the host (SetDefaults_Pod). */
function takesHostPorts(podSpec: JsonObject): boolean {
  const ports = ['containers', 'initContainers'].flatMap((list) =>
    listAt(podSpec, list).flatMap((one) => listAt(one, 'ports')),
  )
  return ports.some((port) => flagAt(podSpec, 'hostNetwork') || numberAt(port, 'hostPort') > 0)
}
