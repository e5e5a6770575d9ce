import type { ContainerNow } from './container-life.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { timestamp, type Pod } from './objects.ts'
import { endingTime, killingEvents, startPodLife, type PodEvent } from './pod-life.ts'
import type { PodLogs } from './pod-logs.ts'
import { reportedStatus } from './pod-status.ts'
import { nodes, pods } from './resources.ts'
import type { Change } from './watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

type Life = { ending: boolean; stop: () => void }

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
  }

  function imagesOn(node: string): Set<string> {
    const found = images.get(node) ?? new Set<string>()
    images.set(node, found)
    return found
  }

  function begin(pod: Pod): void {
    lastIp += 1
    const podIp = `10.244.${(lastIp >> 8) & 255}.${lastIp & 255}`
    const life: Life = { ending: false, stop: () => undefined }
    lives.set(pod.metadata.uid, life)
    life.stop = startPodLife({
      clock,
      random,
      pod,
      podIp,
      images: imagesOn(pod.spec.nodeName ?? ''),
      onChange: (containers) => report(pod, { containers, podIp }),
      onLog: (container, what) => {
        const address = { uid: pod.metadata.uid, container }
        if (what === 'begin') logs.begin(address)
        else if (what === 'end') logs.end(address)
        else {
          const at = new Date(clock.now()).toISOString()
          logs.append(
            address,
            what.map((text) => ({ at, text })),
          )
        }
      },
      onEvent: (event) => tell(pod, event),
    })
  }

  function tell(pod: Pod, event: PodEvent): void {
    events.record(pod, { ...event, component: 'kubelet', host: pod.spec.nodeName ?? '' })
  }

  function end(pod: Pod, life: Life | undefined): void {
    if (life?.ending === true) return
    life?.stop()
    for (const event of killingEvents(pod)) tell(pod, event)
    const stop = clock.setTimer(endingTime(pod, random), () => {
      const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
      if (found?.metadata.uid === pod.metadata.uid) lifecycle.remove(pods, found, { graceSeconds: 0 })
    })
    lives.set(pod.metadata.uid, { ending: true, stop })
  }

  function report(
    pod: Pod,
    now: { readonly containers: ReadonlyMap<string, ContainerNow>; readonly podIp: string },
  ): void {
    const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
    if (found?.metadata.uid !== pod.metadata.uid) return
    const hostIp = store.get(nodes, '', found.spec.nodeName ?? '')?.status.addresses[0]?.address ?? ''
    const status = reportedStatus(found, { ...now, hostIp, at: timestamp(clock.now()) })
    lifecycle.update(pods, { ...found, status }, 'status')
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
