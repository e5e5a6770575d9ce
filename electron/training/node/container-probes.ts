import type { Probe } from '../objects/objects.ts'
import type { Playing } from './container-now.ts'
import { unhealthyText } from './kubelet-messages.ts'

/** When it was begun, and how long after that it would answer; undefined: never. */
export type Up = { readonly startedMs: number; readonly readyMs: number | undefined }

/** Probes come at the initial delay, then each period. */
function atNextProbe(
  { options, later }: Playing,
  { probe, up }: { readonly probe: Probe; readonly up: Up },
  look: (isUp: boolean) => void,
): void {
  const { clock, random } = options
  const { startedMs, readyMs } = up
  const { initialDelaySeconds = 0, periodSeconds = 10 } = probe
  const first = initialDelaySeconds * 1000 + random.between(0, 500)
  const periodMs = Math.max(1, periodSeconds) * 1000
  const passed = clock.now() - startedMs
  const nextProbe = passed < first ? first : first + (Math.floor((passed - first) / periodMs) + 1) * periodMs
  later(nextProbe - passed, () => look(readyMs !== undefined && clock.now() - startedMs >= readyMs))
}

/** The first that finds the application up makes it ready. */
export function probeReadiness(
  playing: Playing,
  asked: { readonly probe: Probe; readonly up: Up },
  onReady: () => void,
): void {
  const { options } = playing
  const { probe, up } = asked
  atNextProbe(playing, asked, (isUp) => {
    if (isUp) {
      options.onLog(['INFO  listening on port 7001'])
      onReady()
      return
    }
    // A good image that is still starting is not worth an event.
    if (up.readyMs === undefined || up.readyMs > 30_000)
      options.onEvent('Warning', 'Unhealthy', unhealthyText('Readiness', probe, options.podIp))
    probeReadiness(playing, asked, onReady)
  })
}

/** Until it succeeds nothing else is probed; too often in vain, the container is begun anew. */
export function probeStartup(
  playing: Playing,
  asked: { readonly probe: Probe; readonly up: Up; readonly failures: number },
  then: { readonly onStarted: () => void; readonly onFailed: () => void },
): void {
  const { options } = playing
  const { probe } = asked
  atNextProbe(playing, asked, (isUp) => {
    if (isUp) {
      then.onStarted()
      return
    }
    options.onEvent('Warning', 'Unhealthy', unhealthyText('Startup', probe, options.podIp))
    const failures = asked.failures + 1
    if (failures < (probe.failureThreshold ?? 3)) {
      probeStartup(playing, { ...asked, failures }, then)
      return
    }
    const what = `Container ${options.container.name} failed startup probe, will be restarted`
    options.onEvent('Normal', 'Killing', what)
    then.onFailed()
  })
}
