import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import { plus, podAmounts, readAmounts, type Amounts } from '../../../shared/k8s/pod-requests.ts'
import { flagAt, listAt, objectAt, textAt, textsAt } from '../../../shared/k8s/read-json.ts'

/** How many more pods of one template fit. `certain`: no rule of placement was left out that could make it fewer. */
export type NodeRoom = { readonly fits: number; readonly certain: boolean }

/**
 * Allocatable minus the requests of the pods that are there, node by node, on those nodes that the scheduler would
 * consider: ready, not cordoned, fitting the node selector, without taints that the pods do not tolerate.
 */
export function nodeRoom(podSpec: JsonObject, nodes: readonly Json[], pods: readonly Json[]): NodeRoom {
  const need: Amounts = { ...podAmounts(podSpec).requests, pods: 1 }
  const taken = new Map<string, Amounts>()
  for (const pod of pods) {
    const spec = objectAt(pod, 'spec')
    const node = textAt(spec, 'nodeName')
    if (node === '' || ['Succeeded', 'Failed'].includes(textAt(objectAt(pod, 'status'), 'phase'))) continue
    taken.set(node, plus(taken.get(node) ?? {}, { ...podAmounts(spec).requests, pods: 1 }))
  }
  const fits = nodes
    .filter((node) => takes(node, podSpec))
    .map((node) => {
      const room = plus(allocatable(node), taken.get(textAt(objectAt(node, 'metadata'), 'name')) ?? {}, -1)
      const counts = Object.entries(need)
        .filter(([, amount]) => amount > 0)
        .map(([resource, amount]) => Math.floor((room[resource] ?? 0) / amount + 1e-9))
      return Math.max(0, Math.min(...counts))
    })
  return { fits: fits.reduce((sum, one) => sum + one, 0), certain: !hasPlacementRules(podSpec) }
}

function allocatable(node: Json): Amounts {
  return readAmounts(objectAt(node, 'status')['allocatable'])
}

function takes(node: Json, podSpec: JsonObject): boolean {
  const spec = objectAt(node, 'spec')
  const labels = textsAt(objectAt(node, 'metadata'), 'labels')
  const ready = listAt(objectAt(node, 'status'), 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  )
  const wanted = Object.entries(textsAt(podSpec, 'nodeSelector'))
  const tolerations = listAt(podSpec, 'tolerations')
  return (
    ready &&
    !flagAt(spec, 'unschedulable') &&
    wanted.every(([key, value]) => labels[key] === value) &&
    listAt(spec, 'taints')
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

/** Affinity, spreading, fixed host ports and volumes may keep pods from nodes that have room. */
function hasPlacementRules(podSpec: JsonObject): boolean {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const affinity = objectAt(podSpec, 'affinity')
  return (
    Object.keys(affinity).some((kind) => required in objectAt(affinity, kind)) ||
    listAt(podSpec, 'topologySpreadConstraints').some(
      (one) => textAt(one, 'whenUnsatisfiable', 'DoNotSchedule') === 'DoNotSchedule',
    ) ||
    listAt(podSpec, 'volumes').some(
      (one) => Object.keys(objectAt(one, 'persistentVolumeClaim')).length > 0,
    ) ||
    listAt(podSpec, 'containers').some((one) => listAt(one, 'ports').some(hasHostPort))
  )
}

function hasHostPort(port: Json): boolean {
  return textAt(port, 'hostPort', '0') !== '0'
}
