import { createRealClock, type TrainingClock } from '../../electron/training/clock/clock.ts'
import { withEnded, type ContainerNow } from '../../electron/training/node/container-now.ts'
import { timestamp, type Pod, type PodStatus } from '../../electron/training/objects/objects.ts'
import { startPodEnding } from '../../electron/training/node/pod-ending.ts'
import { startPodLife } from '../../electron/training/node/pod-life.ts'
import { reportedStatus } from '../../electron/training/node/pod-status.ts'
import { createRandom } from '../../electron/training/clock/random.ts'
import { nodeManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import type { KubeClient } from './kube-client.ts'
import { patientClient } from './patient-client.ts'
import { createPlayingEvents } from './playing-events.ts'
import { startPlayingScheduler } from './playing-scheduler.ts'
import { createWallTimes } from './wall-times.ts'
import { watchObjects } from './watched-objects.ts'

export type PlayingKubeletOptions = {
  /** Of somebody who may do everything. */
  readonly client: KubeClient
  /** Pods live so many times as fast as they would. */
  readonly speed?: number
  readonly seed?: number
  readonly nodes?: number
  readonly podsPerNode?: number
}

type Life = {
  pod: Pod
  ending: boolean
  stop: () => void
  /** Status writes of one pod go out one after the other, each of them: no state is left out on a slow machine. */
  readonly reports: (() => Promise<void>)[]
  writing: boolean
  podIp: string
  containers: ReadonlyMap<string, ContainerNow>
}

/** A scheduler and kubelets for a control plane that has none: pods live as on the training cluster. */
export async function startPlayingKubelet(options: PlayingKubeletOptions): Promise<() => Promise<void>> {
  const { speed = 20, seed = 1, nodes = 6, podsPerNode = 40 } = options
  const client = patientClient(options.client)
  const clock: TrainingClock = createRealClock(speed)
  const random = createRandom(seed)
  const wallTimes = createWallTimes(clock, speed)
  const tell = createPlayingEvents(client, random)
  const lives = new Map<string, Life>()
  const images = new Map<string, Set<string>>()
  const writes = new Set<Promise<unknown>>()
  let isOver = false
  let lastIp = 0

  /** What fails here fails because the pod or the server is gone; the watch brings the rest. */
  function inBackground(work: Promise<unknown>): void {
    const settled: Promise<void> = work.then(done, done)
    function done(): void {
      writes.delete(settled)
    }
    writes.add(settled)
  }

  function see(pod: Pod): void {
    const { nodeName = '' } = pod.spec
    if (nodeName === '' || isOver) return
    const life = lives.get(pod.metadata.uid) ?? begin(pod, nodeName)
    life.pod = pod
    if (pod.metadata.deletionTimestamp !== undefined && !life.ending) end(life)
  }

  function begin(pod: Pod, nodeName: string): Life {
    lastIp += 1
    const podIp = `10.244.${(lastIp >> 8) & 255}.${lastIp & 255}`
    const node = images.get(nodeName) ?? new Set<string>()
    images.set(nodeName, node)
    const life: Life = {
      pod,
      ending: false,
      stop: () => undefined,
      reports: [],
      writing: false,
      podIp,
      containers: new Map(),
    }
    lives.set(pod.metadata.uid, life)
    if (pod.metadata.deletionTimestamp !== undefined) return life
    life.stop = startPodLife({
      clock,
      random,
      pod,
      podIp,
      images: node,
      onChange(containers) {
        life.containers = wallTimes(containers)
        report(life)
      },
      onLog: () => undefined,
      onEvent: (event) => inBackground(tell(life.pod, { ...event, component: 'kubelet', host: nodeName })),
    })
    return life
  }

  function report(life: Life): void {
    const { podIp, containers } = life
    life.reports.push(async () => {
      const { name, namespace = '', uid } = life.pod.metadata
      const at = timestamp(Date.now())
      const status = reportedStatus(life.pod, { podIp, containers, hostIp: '10.0.0.11', at })
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`
      const answer = await client.patch(path, 'strategic', { metadata: { uid }, status: asPatch(status) })
      if (answer.status === 200) life.pod = answer.body as unknown as Pod
    })
    if (!life.writing) inBackground(writeReports(life))
  }

  async function writeReports(life: Life): Promise<void> {
    life.writing = true
    try {
      for (let next = life.reports.shift(); next !== undefined; next = life.reports.shift()) {
        if (!isOver) await next()
      }
    } finally {
      life.writing = false
    }
  }

  function end(life: Life): void {
    life.ending = true
    // What it was at before is nobody's news any more.
    life.reports.splice(0)
    life.stop()
    const { pod } = life
    const { name, namespace = '', uid } = pod.metadata
    const host = pod.spec.nodeName ?? ''
    life.stop = startPodEnding({
      clock,
      random,
      pod,
      onEvent: (event) => inBackground(tell(pod, { ...event, component: 'kubelet', host })),
      onEnded(names) {
        life.containers = withEnded(life.containers, names, timestamp(Date.now()))
        report(life)
      },
      onGone,
    })
    function onGone(): void {
      const options = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        gracePeriodSeconds: 0,
        preconditions: { uid },
      }
      inBackground(client.remove(`/api/v1/namespaces/${namespace}/pods/${name}`, options))
    }
  }

  for (let number = 1; number <= nodes; number += 1) {
    const answer = await client.post('/api/v1/nodes', nodeManifest(number, podsPerNode))
    if (answer.status !== 201 && answer.status !== 409) throw new Error(`node ${number}: ${answer.text}`)
  }
  const stopScheduler = await startPlayingScheduler(client, tell)
  const stopPods = await watchObjects<Pod>(client, '/api/v1/pods', ({ type, object }) => {
    if (type !== 'DELETED') {
      see(object)
      return
    }
    lives.get(object.metadata.uid)?.stop()
    lives.delete(object.metadata.uid)
  })
  return async () => {
    isOver = true
    await Promise.all([stopScheduler(), stopPods()])
    for (const life of lives.values()) life.stop()
    lives.clear()
    await Promise.all(writes)
  }
}

/** A merge keeps what is not named: what a condition no longer says must be taken back. */
function asPatch(status: PodStatus): unknown {
  const conditions = (status.conditions ?? [])
    .filter(({ type }) => type !== 'PodScheduled')
    .map((condition) => ({ reason: null, message: null, ...condition }))
  return { ...status, conditions }
}
