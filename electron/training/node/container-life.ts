import type { TrainingClock } from '../clock/clock.ts'
import { backOffMs, durationText, pullFailure, unhealthyText } from './kubelet-messages.ts'
import { timestamp, type Container, type ContainerState, type Probe } from '../objects/objects.ts'
import type { Behaviour } from './pod-behaviours.ts'
import type { Random } from '../clock/random.ts'

/** What one container is at now. */
export type ContainerNow = {
  readonly state: ContainerState
  readonly lastState: ContainerState
  readonly ready: boolean
  /** It runs, and its startup probe, where it has one, has succeeded. */
  readonly started: boolean
  readonly restarts: number
  /** '' before it first ran. */
  readonly containerId: string
}

export type LifeOptions = {
  readonly clock: TrainingClock
  readonly random: Random
  readonly container: Container
  readonly behaviour: Behaviour
  /** Init containers end by themselves, and then the next one may begin; a sidecar only has to be started for that. */
  readonly role: 'main' | 'init' | 'sidecar'
  /** `name_namespace(uid)`, as messages name the pod. */
  readonly podLabel: string
  readonly podIp: string
  /** The images that are on the node. */
  readonly images: Set<string>
  readonly onChange: (now: ContainerNow) => void
  readonly onLog: (what: 'begin' | 'end' | readonly string[]) => void
  readonly onEvent: (type: 'Normal' | 'Warning', reason: string, message: string) => void
  readonly onCompleted: () => void
  readonly onStarted: () => void
}

/** Between an exit and the first restart, which waits for no back-off. */
const restartMs = 1_000

type Exit = NonNullable<Behaviour['exit']>
/** A good container ends by itself when it is asked to. */
const killed = { code: 143, reason: 'Error', log: ['INFO  received SIGTERM, shutting down'] } as const

/** When it was begun, and how long after that it would answer; undefined: never. */
type Up = { readonly startedMs: number; readonly readyMs: number | undefined }

/** How a container is before its turn. */
export function notStarted(reason: 'ContainerCreating' | 'PodInitializing'): ContainerNow {
  return {
    state: { waiting: { reason } },
    lastState: {},
    ready: false,
    started: false,
    restarts: 0,
    containerId: '',
  }
}

/** Plays one container: pull, start, ready, and whatever its image has in store. Returns its stop. */
export function startContainerLife(options: LifeOptions): () => void {
  const { clock, random, container, behaviour, images, onEvent } = options
  const { image, name, readinessProbe, startupProbe } = container
  const timers = new Set<() => void>()
  let now = notStarted('ContainerCreating')

  function later(delayMs: number, run: () => void): void {
    const stop = clock.setTimer(delayMs, () => {
      timers.delete(stop)
      run()
    })
    timers.add(stop)
  }
  function stopTimers(): void {
    for (const stop of timers) stop()
    timers.clear()
  }
  function change(next: Partial<ContainerNow>): void {
    now = { ...now, ...next }
    options.onChange(now)
  }
  function wait(reason: string, message: string): void {
    change({ state: { waiting: { reason, message } }, ready: false, started: false })
  }

  function pull(failures: number): void {
    if (behaviour.pull === 'invalid') {
      const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`
      onEvent('Warning', 'InspectFailed', message)
      onEvent('Warning', 'Failed', 'Error: InvalidImageName')
      wait('InvalidImageName', message)
      return
    }
    if (container.imagePullPolicy !== 'Always' && images.has(image)) {
      onEvent(
        'Normal',
        'Pulled',
        `Container image "${image}" already present on machine and can be accessed by the pod`,
      )
      later(100, start)
      return
    }
    onEvent('Normal', 'Pulling', `Pulling image "${image}"`)
    const took = Math.round(images.has(image) ? random.between(100, 400) : random.between(1_000, 3_000))
    later(took, () => {
      if (behaviour.pull === 'missing') {
        failPull(failures)
        return
      }
      images.add(image)
      const seconds = `${took / 1000}s`
      const told = `in ${seconds} (${seconds} including waiting). Image size: 214958080 bytes.`
      onEvent('Normal', 'Pulled', `Successfully pulled image "${image}" ${told}`)
      later(200, start)
    })
  }

  function failPull(failures: number): void {
    const message = pullFailure(image)
    onEvent('Warning', 'Failed', `Failed to pull image "${image}": ${message}`)
    onEvent('Warning', 'Failed', 'Error: ErrImagePull')
    wait('ErrImagePull', message)
    later(1_500, () => {
      onEvent('Normal', 'BackOff', `Back-off pulling image "${image}"`)
      onEvent('Warning', 'Failed', 'Error: ImagePullBackOff')
      wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`)
      later(backOffMs(failures), () => pull(failures + 1))
    })
  }

  function start(): void {
    const startedMs = clock.now()
    const startedAt = timestamp(startedMs)
    const { terminated } = now.state
    onEvent('Normal', 'Created', `Created container: ${name}`)
    onEvent('Normal', 'Started', `Started container ${name}`)
    options.onLog('begin')
    options.onLog([`INFO  starting ${image}`])
    change({
      state: { running: { startedAt } },
      // Kept from the wait before, or taken over when the restart was immediate.
      lastState: terminated === undefined ? now.lastState : { terminated },
      restarts: now.containerId === '' ? 0 : now.restarts + 1,
      containerId: `containerd://${random.hex(64)}`,
      ready: false,
      ...(startupProbe === undefined && begun()),
    })
    const { readyAfter, exit } = behaviour
    const readyMs = readyAfter === undefined ? undefined : random.between(...readyAfter)
    if (options.role === 'init') later(readyMs ?? 1_000, () => end(startedAt))
    else {
      const up = { startedMs, readyMs }
      if (startupProbe === undefined) onceStarted(up)
      else probeStartup(startupProbe, { ...up, startedAt, failures: 0 })
      if (exit?.since === 'start') later(exit.afterMs, () => end(startedAt))
      if (exit?.since === 'ready') later((readyMs ?? 0) + exit.afterMs, () => end(startedAt))
    }
  }

  /** What is so as soon as it has started. */
  function begun(): Pick<ContainerNow, 'started' | 'ready'> {
    return { started: true, ready: options.role !== 'init' && readinessProbe === undefined }
  }

  function onceStarted(up: Up): void {
    options.onStarted()
    if (readinessProbe !== undefined) probeReadiness(readinessProbe, up)
  }

  /** Probes come at the initial delay, then each period. */
  function atNextProbe(probe: Probe, { startedMs }: Up, look: () => void): void {
    const { initialDelaySeconds = 0, periodSeconds = 10 } = probe
    const first = initialDelaySeconds * 1000 + random.between(0, 500)
    const periodMs = Math.max(1, periodSeconds) * 1000
    const passed = clock.now() - startedMs
    const nextProbe =
      passed < first ? first : first + (Math.floor((passed - first) / periodMs) + 1) * periodMs
    later(nextProbe - passed, look)
  }

  function isUp({ startedMs, readyMs }: Up): boolean {
    return readyMs !== undefined && clock.now() - startedMs >= readyMs
  }

  /** The first that finds the application up makes it ready. */
  function probeReadiness(probe: Probe, up: Up): void {
    atNextProbe(probe, up, () => {
      if (isUp(up)) {
        options.onLog(['INFO  listening on port 7001'])
        change({ ready: true })
        return
      }
      // A good image that is still starting is not worth an event.
      if (up.readyMs === undefined || up.readyMs > 30_000)
        onEvent('Warning', 'Unhealthy', unhealthyText('Readiness', probe, options.podIp))
      probeReadiness(probe, up)
    })
  }

  /** Until it succeeds nothing else is probed; too often in vain, the container is begun anew. */
  function probeStartup(
    probe: Probe,
    { startedAt, failures, ...up }: Up & { readonly startedAt: string; readonly failures: number },
  ): void {
    atNextProbe(probe, up, () => {
      if (isUp(up)) {
        change(begun())
        onceStarted(up)
        return
      }
      onEvent('Warning', 'Unhealthy', unhealthyText('Startup', probe, options.podIp))
      const failed = failures + 1
      if (failed < (probe.failureThreshold ?? 3)) {
        probeStartup(probe, { ...up, startedAt, failures: failed })
        return
      }
      onEvent('Normal', 'Killing', `Container ${name} failed startup probe, will be restarted`)
      end(startedAt, killed)
    })
  }

  function end(
    startedAt: string,
    exit: Pick<Exit, 'code' | 'reason' | 'log'> | undefined = behaviour.exit,
  ): void {
    stopTimers()
    options.onLog(exit?.log ?? [])
    options.onLog('end')
    const terminated = {
      exitCode: exit?.code ?? 0,
      reason: exit?.reason ?? 'Completed',
      startedAt,
      finishedAt: timestamp(clock.now()),
      containerID: now.containerId,
    }
    change({ state: { terminated }, ready: exit === undefined, started: false })
    if (exit === undefined) options.onCompleted()
    else if (now.restarts === 0) later(restartMs, start)
    else later(restartMs, () => backOff(terminated))
  }

  function backOff(terminated: NonNullable<ContainerState['terminated']>): void {
    const delay = backOffMs(now.restarts - 1)
    const what = `restarting failed container=${name} pod=${options.podLabel}`
    onEvent('Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${options.podLabel}`)
    change({ lastState: { terminated } })
    wait('CrashLoopBackOff', `back-off ${durationText(delay)} ${what}`)
    later(delay, start)
  }

  later(random.between(200, 600), () => pull(0))
  options.onChange(now)
  return stopTimers
}

/** These have ended as they were asked to. */
export function withEnded(
  containers: ReadonlyMap<string, ContainerNow>,
  names: readonly string[],
  finishedAt: string,
): ReadonlyMap<string, ContainerNow> {
  return new Map(
    [...containers].map(([name, now]) => {
      const { running } = now.state
      if (!names.includes(name) || running === undefined) return [name, now]
      const { startedAt } = running
      const containerID = now.containerId
      const terminated = { exitCode: 0, reason: 'Completed', startedAt, finishedAt, containerID }
      return [name, { ...now, state: { terminated }, ready: false, started: false }]
    }),
  )
}
