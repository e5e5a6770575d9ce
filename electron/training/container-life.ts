import type { TrainingClock } from './clock.ts'
import { timestamp, type ContainerState } from './objects.ts'
import type { Behaviour } from './pod-behaviours.ts'
import type { Random } from './random.ts'

/** What one container is at now. */
export type ContainerNow = {
  readonly state: ContainerState
  readonly lastState: ContainerState
  readonly ready: boolean
  readonly restarts: number
}

export type LifeOptions = {
  readonly clock: TrainingClock
  readonly random: Random
  readonly image: string
  readonly behaviour: Behaviour
  /** The image is on the node already. */
  readonly cached: () => boolean
  readonly onPulled: () => void
  readonly onChange: (now: ContainerNow) => void
  readonly onLog: (what: 'begin' | 'end' | readonly string[]) => void
  readonly onEvent: (type: 'Normal' | 'Warning', reason: string, message: string) => void
}

const firstBackOffMs = 10_000
const longestBackOffMs = 300_000
const probeMs = 10_000

/** Plays one container: pull, start, ready, and whatever its image has in store. Returns its stop. */
export function startContainerLife(options: LifeOptions): () => void {
  const { clock, random, image, behaviour } = options
  let stopTimer: (() => void) | undefined
  let now: ContainerNow = { state: waiting('ContainerCreating'), lastState: {}, ready: false, restarts: 0 }

  function later(delayMs: number, run: () => void): void {
    stopTimer = clock.setTimer(delayMs, run)
  }
  function change(next: Partial<ContainerNow>): void {
    now = { ...now, ...next }
    options.onChange(now)
  }

  function pull(failures: number): void {
    if (behaviour.pull === 'invalid') {
      const message = `Failed to apply default image tag "${image}": couldn't parse image name: invalid reference format`
      change({ state: waiting('InvalidImageName', message) })
      options.onEvent('Warning', 'InspectFailed', message)
      return
    }
    if (options.cached()) {
      options.onEvent('Normal', 'Pulled', `Container image "${image}" already present on machine`)
      later(random.between(100, 400), start)
      return
    }
    options.onEvent('Normal', 'Pulling', `Pulling image "${image}"`)
    later(random.between(1_000, 3_000), () => {
      if (behaviour.pull === 'missing') failPull(failures)
      else {
        options.onPulled()
        options.onEvent('Normal', 'Pulled', `Successfully pulled image "${image}"`)
        later(200, start)
      }
    })
  }

  function failPull(failures: number): void {
    const message = `failed to pull and unpack image "${image}": ${image}: not found`
    change({ state: waiting('ErrImagePull', message) })
    options.onEvent('Warning', 'Failed', `Failed to pull image "${image}": ${message}`)
    later(1_500, () => {
      change({ state: waiting('ImagePullBackOff', `Back-off pulling image "${image}": ${message}`) })
      options.onEvent('Warning', 'BackOff', `Back-off pulling image "${image}"`)
      later(backOff(failures), () => pull(failures + 1))
    })
  }

  function start(): void {
    const startedAt = timestamp(clock.now())
    options.onLog('begin')
    options.onLog([`starting ${image}`])
    options.onEvent('Normal', 'Started', 'Container started')
    change({ state: { running: { startedAt } }, ready: false })
    const { readyAfter, exit } = behaviour
    if (readyAfter !== undefined) {
      const delay = random.between(...readyAfter)
      later(delay, () => {
        options.onLog(['listening on port 7001'])
        change({ ready: true })
        if (exit !== undefined) later(exit.afterMs, () => end(startedAt))
      })
    } else if (exit !== undefined) later(exit.afterMs, () => end(startedAt))
    else later(probeMs, probe)
  }

  function probe(): void {
    options.onEvent('Warning', 'Unhealthy', 'Readiness probe failed: dial tcp: connect: connection refused')
    later(probeMs, probe)
  }

  function end(startedAt: string): void {
    const { exit } = behaviour
    if (exit === undefined) return
    options.onLog(exit.log)
    options.onLog('end')
    const terminated = {
      exitCode: exit.code,
      reason: exit.reason,
      startedAt,
      finishedAt: timestamp(clock.now()),
      containerID: `containerd://${random.hex(64)}`,
    }
    const wait = backOff(now.restarts)
    const message = `back-off ${Math.round(wait / 1000)}s restarting failed container`
    change({
      state: waiting('CrashLoopBackOff', message),
      lastState: { terminated },
      ready: false,
      restarts: now.restarts + 1,
    })
    options.onEvent('Warning', 'BackOff', 'Back-off restarting failed container')
    later(wait, start)
  }

  options.onChange(now)
  pull(0)
  return () => stopTimer?.()
}

function waiting(reason: string, message?: string): ContainerState {
  return { waiting: { reason, ...(message !== undefined && { message }) } }
}

function backOff(failures: number): number {
  return Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(failures, 10))
}
