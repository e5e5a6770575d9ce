import { startContainerLife, type ContainerNow } from './container-life.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { timestamp, type Container, type Pod } from './objects.ts'
import { behaviourOf } from './pod-behaviours.ts'
import type { PodLogs } from './pod-logs.ts'
import { reportedStatus } from './pod-status.ts'
import { nodes, pods } from './resources.ts'
import type { Change } from './watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

type Life = {
  readonly containers: Map<string, ContainerNow>
  readonly stops: (() => void)[]
  readonly ip: string
  ending: boolean
}

/** How long a good container takes to end after SIGTERM; its grace period is the most it gets. */
const endingMs = [1_500, 4_000] as const

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
    const ip = `10.244.${(lastIp >> 8) & 255}.${lastIp & 255}`
    const life: Life = { containers: new Map(), stops: [], ip, ending: false }
    lives.set(pod.metadata.uid, life)
    startInit(pod, life, pod.spec.initContainers ?? [])
  }

  /** Init containers run one after the other, and the rest only after the last of them. */
  function startInit(pod: Pod, life: Life, left: readonly Container[]): void {
    const [first, ...rest] = left
    if (first !== undefined) {
      play(pod, life, { container: first, role: 'init', onCompleted: () => startInit(pod, life, rest) })
      return
    }
    for (const container of pod.spec.containers) {
      play(pod, life, { container, role: 'main', onCompleted: () => undefined })
    }
  }

  function play(
    pod: Pod,
    life: Life,
    part: { readonly container: Container; readonly role: 'main' | 'init'; readonly onCompleted: () => void },
  ): void {
    const { name, namespace = '', uid } = pod.metadata
    const { container } = part
    const { nodeName = '' } = pod.spec
    const address = { uid, container: container.name }
    const field = part.role === 'init' ? 'initContainers' : 'containers'
    const stop = startContainerLife({
      clock,
      random,
      ...part,
      behaviour: behaviourOf(container.image),
      podLabel: `${name}_${namespace}(${uid})`,
      podIp: life.ip,
      images: imagesOn(nodeName),
      onChange: (now) => {
        life.containers.set(container.name, now)
        report(pod, life)
      },
      onLog: (what) => {
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
      onEvent: (type, reason, message) => {
        const fieldPath = `spec.${field}{${container.name}}`
        events.record(pod, { type, reason, message, component: 'kubelet', host: nodeName, fieldPath })
      },
    })
    life.stops.push(stop)
  }

  function end(pod: Pod, life: Life | undefined): void {
    if (life?.ending === true) return
    for (const stop of life?.stops ?? []) stop()
    for (const container of pod.spec.containers) {
      events.record(pod, {
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${container.name}`,
        component: 'kubelet',
        host: pod.spec.nodeName ?? '',
        fieldPath: `spec.containers{${container.name}}`,
      })
    }
    const ending: Life = life ?? { containers: new Map(), stops: [], ip: '', ending: true }
    ending.ending = true
    lives.set(pod.metadata.uid, ending)
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000
    const stop = clock.setTimer(Math.min(grace, random.between(...endingMs)), () => {
      const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
      if (found?.metadata.uid === pod.metadata.uid) lifecycle.remove(pods, found, { graceSeconds: 0 })
    })
    ending.stops.push(stop)
  }

  function report(pod: Pod, life: Life): void {
    const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
    if (found?.metadata.uid !== pod.metadata.uid) return
    const hostIp = store.get(nodes, '', found.spec.nodeName ?? '')?.status.addresses[0]?.address ?? ''
    const at = timestamp(clock.now())
    const status = reportedStatus(found, { containers: life.containers, podIp: life.ip, hostIp, at })
    lifecycle.update(pods, { ...found, status }, 'status')
  }

  const stopListening = store.subscribe((change: Change) => {
    if (change.resource.plural !== pods.plural) return
    if (change.type !== 'DELETED') {
      queue.add(keyOf(change.object))
      return
    }
    const { uid } = change.object.metadata
    for (const stop of lives.get(uid)?.stops ?? []) stop()
    lives.delete(uid)
    logs.forget(uid)
  })
  return () => {
    stopListening()
    queue.stop()
    for (const life of lives.values()) for (const stop of life.stops) stop()
    lives.clear()
  }
}
