import { timestamp, type ContainerState } from '../objects/objects.ts'
import { notStarted, type ContainerNow, type LifeOptions, type Playing } from './container-now.ts'
import { probeReadiness, probeStartup, type Up } from './container-probes.ts'
import { pullImage } from './image-pull.ts'
import { backOffMs, durationText } from './kubelet-messages.ts'
import type { Behaviour } from './pod-behaviours.ts'

/** Between an exit and the first restart, which waits for no back-off. */
const restartMs = 1_000

type Exit = NonNullable<Behaviour['exit']>
/** A good container ends by itself when it is asked to. */
const killed = { code: 143, reason: 'Error', log: ['INFO  received SIGTERM, shutting down'] } as const

/** Plays one container: pull, start, ready, and whatever its image has in store. Returns its stop. */
export function startContainerLife(options: LifeOptions): () => void {
  const { clock, random, container, behaviour, onEvent } = options
  const { image, name, readinessProbe, startupProbe } = container
  const { later, stopTimers } = createTimers(clock)
  let now = notStarted('ContainerCreating')
  const playing: Playing = { options, later, wait }

  function change(next: Partial<ContainerNow>): void {
    now = { ...now, ...next }
    options.onChange(now)
  }
  function wait(reason: string, message: string): void {
    change({ state: { waiting: { reason, message } }, ready: false, started: false })
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
      else {
        const onStarted = (): void => {
          change(begun())
          onceStarted(up)
        }
        const onFailed = (): void => end(startedAt, killed)
        probeStartup(playing, { probe: startupProbe, up, failures: 0 }, { onStarted, onFailed })
      }
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
    if (readinessProbe !== undefined)
      probeReadiness(playing, { probe: readinessProbe, up }, () => change({ ready: true }))
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

  later(random.between(200, 600), () => pullImage(playing, start))
  options.onChange(now)
  return stopTimers
}

function createTimers(clock: LifeOptions['clock']) {
  const timers = new Set<() => void>()
  return {
    later(delayMs: number, run: () => void): void {
      const stop = clock.setTimer(delayMs, () => {
        timers.delete(stop)
        run()
      })
      timers.add(stop)
    },
    stopTimers(): void {
      for (const stop of timers) stop()
      timers.clear()
    },
  }
}
