import { withEnded, type ContainerNow } from './container-now.ts'
import { keyOf, splitKey, type ControllerContext } from '../controllers/controller-context.ts'
import { timestamp, type Pod } from '../objects/objects.ts'
import { startPodEnding } from './pod-ending.ts'
import { startPodLife, type PodEvent } from './pod-life.ts'
import type { LogAddress, PodLogs } from './pod-logs.ts'
import { reportedStatus } from './pod-status.ts'
import { nodes, pods } from '../objects/resources.ts'
import type { Change } from '../objects/watch-log.ts'
import { createWorkQueue } from '../controllers/work-queue.ts'

type Life = {
  ending: boolean
  stop: () => void
  readonly podIp: string
  containers: ReadonlyMap<string, ContainerNow>
}

/** All kubelets of the cluster in one: makes bound pods live and lets deleted ones end. Returns its stop. */
export function startKubelet(context: ControllerContext, logs: PodLogs): () => void {
  const { store, clock, random, lifecycle, events } = context
  const queue = createWorkQueue(clock, sync)
  const lives = new Map<string, Life>()
  const images = new Map<string, Set<string>>()
  let lastIp = 0

  function sync(key: string): void {
    const pod = store.get(pods, ...splitKey(key))
    if (pod?.spec.nodeName === undefined) return
    const life = lives.get(pod.metadata.uid)
    if (pod.metadata.deletionTimestamp !== undefined) end(pod, life)
    else if (life === undefined) begin(pod)
    // Whoever answers for a readiness gate writes its condition into the pod.
    else if (pod.spec.readinessGates !== undefined) report(context, pod, life)
  }

  function imagesOn(node: string): Set<string> {
    const found = images.get(node) ?? new Set<string>()
    images.set(node, found)
    return found
  }

  function begin(pod: Pod): void {
    lastIp += 1
    const podIp = `10.244.${(lastIp >> 8) & 255}.${lastIp & 255}`
    const life: Life = { ending: false, stop: () => undefined, podIp, containers: new Map() }
    lives.set(pod.metadata.uid, life)
    life.stop = startPodLife({
      clock,
      random,
      pod,
      podIp,
      images: imagesOn(pod.spec.nodeName ?? ''),
      onChange(containers) {
        life.containers = containers
        report(context, pod, life)
      },
      onLog: (container, what) =>
        writeLog(logs, { uid: pod.metadata.uid, container }, { what, now: clock.now() }),
      onEvent: (event) => tell(pod, event),
    })
  }

  function tell(pod: Pod, event: PodEvent): void {
    events.record(pod, { ...event, component: 'kubelet', host: pod.spec.nodeName ?? '' })
  }

  function end(pod: Pod, life: Life | undefined): void {
    if (life?.ending === true) return
    life?.stop()
    const last: Life = {
      ending: true,
      stop: () => undefined,
      podIp: life?.podIp ?? '',
      containers: life?.containers ?? new Map<string, ContainerNow>(),
    }
    lives.set(pod.metadata.uid, last)
    last.stop = startPodEnding({
      clock,
      random,
      pod,
      onEvent: (event) => tell(pod, event),
      onEnded(names) {
        last.containers = withEnded(last.containers, names, timestamp(clock.now()))
        for (const container of names) logs.end({ uid: pod.metadata.uid, container })
        report(context, pod, last)
      },
      onGone() {
        const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
        if (found?.metadata.uid === pod.metadata.uid) lifecycle.remove(pods, found, { graceSeconds: 0 })
      },
    })
  }

  const stopListening = store.subscribe((change: Change) => {
    if (change.resource.plural !== pods.plural) return
    if (change.type !== 'DELETED') {
      queue.add(keyOf(change.object))
      return
    }
    const { uid } = change.object.metadata
    lives.get(uid)?.stop()
    lives.delete(uid)
    logs.forget(uid)
  })
  return () => {
    stopListening()
    queue.stop()
    for (const life of lives.values()) life.stop()
    lives.clear()
  }
}

function writeLog(
  logs: PodLogs,
  address: LogAddress,
  { what, now }: { readonly what: 'begin' | 'end' | readonly string[]; readonly now: number },
): void {
  if (what === 'begin') logs.begin(address)
  else if (what === 'end') logs.end(address)
  else {
    const at = new Date(now).toISOString()
    logs.append(
      address,
      what.map((text) => ({ at, text })),
    )
  }
}

function report(
  { store, clock, lifecycle }: ControllerContext,
  pod: Pod,
  { containers, podIp }: Pick<Life, 'containers' | 'podIp'>,
): void {
  const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
  if (found?.metadata.uid !== pod.metadata.uid) return
  const hostIp = store.get(nodes, '', found.spec.nodeName ?? '')?.status.addresses[0]?.address ?? ''
  const status = reportedStatus(found, { containers, podIp, hostIp, at: timestamp(clock.now()) })
  if (JSON.stringify(status) !== JSON.stringify(found.status))
    lifecycle.update(pods, { ...found, status }, 'status')
}
