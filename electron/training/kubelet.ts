import { withCondition } from './conditions.ts'
import { startContainerLife, type ContainerNow } from './container-life.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { timestamp, type Condition, type ContainerStatus, type Pod, type PodStatus } from './objects.ts'
import { behaviourOf } from './pod-behaviours.ts'
import type { PodLogs } from './pod-logs.ts'
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
  const cached = new Set<string>()
  let lastIp = 0

  function sync(key: string): void {
    const [namespace, name] = splitKey(key)
    const pod = store.get(pods, namespace, name)
    if (pod?.spec.nodeName === undefined) return
    const life = lives.get(pod.metadata.uid)
    if (pod.metadata.deletionTimestamp !== undefined) end(pod, life)
    else if (life === undefined) begin(pod)
  }

  function begin(pod: Pod): void {
    const { uid } = pod.metadata
    lastIp++
    const ip = `10.244.${(lastIp >> 8) & 255}.${lastIp & 255}`
    const life: Life = { containers: new Map(), stops: [], ip, ending: false }
    lives.set(uid, life)
    for (const container of pod.spec.containers) {
      const address = { uid, container: container.name }
      const onNode = `${pod.spec.nodeName ?? ''} ${container.image}`
      const component = { component: 'kubelet', host: pod.spec.nodeName ?? '' }
      life.stops.push(
        startContainerLife({
          clock,
          random,
          image: container.image,
          behaviour: behaviourOf(container.image),
          cached: () => cached.has(onNode),
          onPulled: () => cached.add(onNode),
          onChange: (now) => {
            life.containers.set(container.name, now)
            report(pod, life)
          },
          onLog: (what) => {
            if (what === 'begin') logs.begin(address)
            else if (what === 'end') logs.end(address)
            else
              logs.append(
                address,
                what.map((text) => ({ at: new Date(clock.now()).toISOString(), text })),
              )
          },
          onEvent: (type, reason, message) => {
            events.record(pod, {
              type,
              reason,
              message,
              ...component,
              fieldPath: `spec.containers{${container.name}}`,
            })
          },
        }),
      )
    }
  }

  function end(pod: Pod, life: Life | undefined): void {
    if (life?.ending === true) return
    if (life !== undefined) {
      life.ending = true
      for (const stop of life.stops) stop()
    }
    events.record(pod, {
      type: 'Normal',
      reason: 'Killing',
      message: 'Stopping container',
      component: 'kubelet',
      host: pod.spec.nodeName ?? '',
    })
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000
    clock.setTimer(Math.min(grace, random.between(...endingMs)), () => {
      const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
      if (found?.metadata.uid === pod.metadata.uid) lifecycle.remove(pods, found, { graceSeconds: 0 })
    })
  }

  /** Writes the pod's status as its containers are now. */
  function report(pod: Pod, life: Life): void {
    const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name)
    if (found?.metadata.uid !== pod.metadata.uid || life.containers.size < pod.spec.containers.length) return
    const statuses = found.spec.containers.map((container) =>
      statusOf(container, life.containers.get(container.name)),
    )
    const hostIP = store.get(nodes, '', found.spec.nodeName ?? '')?.status.addresses[0]?.address ?? ''
    const started = statuses.some((one) => one.state.running !== undefined || one.restartCount > 0)
    const status: PodStatus = {
      ...found.status,
      phase: started ? 'Running' : 'Pending',
      conditions: conditionsOf(found, statuses),
      hostIP,
      startTime: found.status?.startTime ?? timestamp(clock.now()),
      qosClass: 'Burstable',
      containerStatuses: statuses,
      ...(started && { podIP: life.ip, podIPs: [{ ip: life.ip }] }),
    }
    lifecycle.update(pods, { ...found, status }, 'status')
  }

  function statusOf(
    container: { readonly name: string; readonly image: string },
    now: ContainerNow | undefined,
  ): ContainerStatus {
    return {
      name: container.name,
      image: container.image,
      imageID: now?.state.running === undefined ? '' : `${container.image}@sha256:training`,
      ready: now?.ready ?? false,
      started: now?.state.running !== undefined,
      restartCount: now?.restarts ?? 0,
      state: now?.state ?? { waiting: { reason: 'ContainerCreating' } },
      lastState: now?.lastState ?? {},
    }
  }

  function conditionsOf(pod: Pod, statuses: readonly ContainerStatus[]): readonly Condition[] {
    const ready = statuses.every((one) => one.ready)
    const lastTransitionTime = timestamp(clock.now())
    const unready = { status: 'False' as const, reason: 'ContainersNotReady' }
    const said = ready ? { status: 'True' as const } : unready
    const before = withCondition(pod.status?.conditions ?? [], {
      type: 'Initialized',
      status: 'True',
      lastTransitionTime,
    })
    return ['ContainersReady', 'Ready'].reduce<readonly Condition[]>(
      (all, type) => withCondition(all, { type, lastTransitionTime, ...said }),
      before,
    )
  }

  const stopListening = store.subscribe((change: Change) => {
    if (change.resource !== pods) return
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
