import type { Release } from '../../../shared/release/release.ts'
import { curveSample, withSample, type CurveSeries } from '../../../shared/view/curve-series.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { ClusterClock } from '../../cluster/clock/cluster-clock.ts'
import { incidentIn } from '../releases/incident-in.ts'
import type { NamespaceModel } from './namespace-models.ts'

/** A change is sampled at most once a second; quiet is sampled too, as a sign that somebody was there to see it. */
const shortestMs = 1000
const quietMs = 15_000
/** Two missed signs: the machine slept, or the cluster could not be seen. */
const longestQuietMs = 3 * quietMs

/** Samples the curves of one Service, from now on until it is stopped. Returns its stop function. */
export function startRecording(options: {
  readonly clock: Clock
  /** That of the cluster. */
  readonly time: () => Pick<ClusterClock, 'now' | 'speed'>
  readonly service: string
  readonly model: NamespaceModel
  readonly release: () => Release | undefined
  readonly known: () => CurveSeries
  readonly keep: (curves: CurveSeries) => void
}): () => void {
  const { clock, model } = options
  let stopTimer: (() => void) | undefined
  let sampledAt = -Infinity
  let speedBefore = 1

  function take(): void {
    sampledAt = clock.monotonic()
    const time = options.time()
    // Samples are taken by our clock and stand at the cluster's, where more time goes by between them.
    const quiet = longestQuietMs * Math.max(speedBefore, time.speed())
    speedBefore = time.speed()
    const set = model.set(options.service)
    const release = options.release()
    const known = options.known()
    // What is old is not drawn as if it were seen now; and the curve of a release ends with it.
    if (set !== undefined && model.freshness().kind === 'live' && !isOverIn(known, release)) {
      const now = time.now()
      const sample = curveSample(set, { release, incident: incidentIn(model, set, { release, now }) }, now)
      options.keep(withSample(known, sample, { release: release?.id, longestQuietMs: quiet }))
    }
    wait(quietMs)
  }

  function wait(delayMs: number): void {
    stopTimer?.()
    stopTimer = clock.setTimer(delayMs, take)
  }

  const stopModel = model.onChange(() => wait(Math.max(0, sampledAt + shortestMs - clock.monotonic())))
  take()
  return () => {
    stopTimer?.()
    stopModel()
  }
}

/** Whether a sample of after its end stands in it already. */
function isOverIn(known: CurveSeries, release: Release | undefined): boolean {
  return (
    release?.state.kind === 'ended' &&
    known.release === release.id &&
    release.state.at < (known.samples.at(-1)?.at ?? 0)
  )
}
