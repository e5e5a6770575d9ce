import { withCondition } from '../controllers/conditions.ts'
import type { Lifecycle } from '../objects/lifecycle.ts'
import { timestamp, type Pod } from '../objects/objects.ts'
import { pods } from '../objects/resources.ts'

/** Puts a pod on a node: its place and the condition that tells of it come in one write. */
export function placePod(
  tools: { readonly lifecycle: Lifecycle; readonly clock: { now(): number } },
  pod: Pod,
  nodeName: string,
): Pod {
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastTransitionTime: timestamp(tools.clock.now()),
  } as const
  return tools.lifecycle.commit(pods, {
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: {
      ...pod.status,
      phase: pod.status?.phase ?? 'Pending',
      conditions: withCondition(pod.status?.conditions ?? [], scheduled),
    },
  })
}
