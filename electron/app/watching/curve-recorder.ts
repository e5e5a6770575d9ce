import type { Target } from '../../../shared/contract.ts'
import type { CurveSample } from '../../../shared/view/curve-series.ts'
import type { Release } from '../../../shared/release/release.ts'
import { noCurves, type CurveSeries } from '../../../shared/view/curve-series.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { ClusterClock } from '../../cluster/clock/cluster-clock.ts'
import type { NamespaceModel, NamespaceModels } from './namespace-models.ts'
import { startRecording } from './start-recording.ts'

/** Keeps the small curves of the Services that are looked at or released, so that a page that is loaded anew has them. */
export type CurveRecorder = {
  /** Records while anybody follows. Returns its stop function; what was recorded stays. */
  follow(target: Target): () => void
  /** Follows these and no others on its own account: releases are driven without a page, too. */
  followDriven(targets: readonly Target[]): void
  samples(target: Target): readonly CurveSample[]
  /** Another cluster is behind this connection now. */
  forget(connection: Target['connection']): void
  close(): void
}

export type CurveRecorderOptions = {
  readonly clock: Clock
  /** The time of a target's cluster: curves stand beside what its releases did. */
  readonly timeOf: (target: Target) => Pick<ClusterClock, 'now' | 'speed'>
  readonly models: NamespaceModels
  readonly release: (target: Target, model: NamespaceModel) => Release | undefined
  /** Connections that open and close: what is followed is then opened anew. */
  readonly isConnected: (target: Target) => boolean
  readonly onConnections: (listener: () => void) => () => void
}

const mostSeries = 20

type Recording = { readonly target: Target; stop: (() => void) | undefined; users: number }

export function createCurveRecorder(options: CurveRecorderOptions): CurveRecorder {
  const { clock, models, release } = options
  const series = new Map<string, CurveSeries>()
  const recordings = new Map<string, Recording>()
  let driven: readonly (() => void)[] = []

  function record(target: Target, key: string): (() => void) | undefined {
    const opened = models.open(target.connection, target.namespace)
    if (opened === undefined) return undefined
    const stop = startRecording({
      clock,
      time: () => options.timeOf(target),
      service: target.service,
      model: opened.model,
      release: () => release(target, opened.model),
      known: () => series.get(key) ?? noCurves,
      keep: (curves) => keep(key, curves),
    })
    return () => {
      stop()
      opened.dispose()
    }
  }

  function keep(key: string, curves: CurveSeries): void {
    // Put at the end, so that the oldest series is the first to be forgotten.
    series.delete(key)
    series.set(key, curves)
    const [oldest] = series.keys()
    if (series.size > mostSeries && oldest !== undefined) series.delete(oldest)
  }

  const stopConnections = options.onConnections(() => {
    for (const [key, recording] of recordings) {
      if (!options.isConnected(recording.target)) {
        recording.stop?.()
        recording.stop = undefined
      } else recording.stop ??= record(recording.target, key)
    }
  })

  function follow(target: Target): () => void {
    const key = keyOf(target)
    const recording = recordings.get(key) ?? { target, users: 0, stop: record(target, key) }
    recordings.set(key, recording)
    recording.users++
    let left = false
    return () => {
      if (left) return
      left = true
      recording.users--
      if (recording.users > 0) return
      recordings.delete(key)
      recording.stop?.()
    }
  }

  return {
    follow,
    followDriven(targets) {
      const before = driven
      driven = targets.map(follow)
      for (const stop of before) stop()
    },
    forget(connection) {
      for (const key of series.keys()) if (key.startsWith(`${connection}/`)) series.delete(key)
    },
    samples: (target) => series.get(keyOf(target))?.samples ?? [],
    close() {
      stopConnections()
      for (const { stop } of recordings.values()) stop?.()
      recordings.clear()
    },
  }
}

function keyOf(target: Target): string {
  return `${target.connection}/${target.namespace}/${target.service}`
}
