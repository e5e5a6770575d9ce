import { memo } from 'react'
import type { CurveSample } from '../../shared/view/curve-series.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { usePipeline } from '../stores/store-context.tsx'
import { curveBox, curvePaths } from './curve-paths.ts'

const none: readonly CurveSample[] = []

/** All batches together: ready pods, restarts and the share of the new version, now and over the release. */
export const Curves = memo(function Curves() {
  const { timeline } = useWords()
  const format = useFormat()
  const endpoints = usePipeline((view) => view?.endpoints)
  const restarts = usePipeline((view) => view?.restarts ?? 0)
  const share = usePipeline((view) => view?.newShare)
  const samples = usePipeline((view) => view?.curves ?? none)
  return (
    <section className="curves" aria-label={timeline.all}>
      <h2>{timeline.all}</h2>
      <Curve
        kind="ready"
        label={timeline.ready}
        value={
          endpoints === undefined
            ? ''
            : `${format.number(endpoints.ready)} / ${format.number(endpoints.expected)}`
        }
        paths={curvePaths(samples, (sample) => sample.ready, { least: 6, fromZero: false })}
      />
      <Curve
        kind="restarts"
        label={timeline.restarts}
        value={format.number(restarts)}
        paths={curvePaths(samples, (sample) => sample.restarts, { least: 4, fromZero: true })}
      />
      <Curve
        kind="share"
        label={timeline.share}
        value={share === undefined ? timeline.noShare : format.share(share)}
        paths={curvePaths(samples, (sample) => sample.share, { least: 0.1, fromZero: true })}
      />
    </section>
  )
})

type CurveProps = {
  readonly kind: 'ready' | 'restarts' | 'share'
  readonly label: string
  readonly value: string
  readonly paths: readonly string[]
}

function Curve({ kind, label, value, paths }: CurveProps) {
  return (
    <p className={`curve is-${kind}`}>
      <span>{label}</span>
      <b>{value}</b>
      <svg
        viewBox={`0 0 ${String(curveBox.width)} ${String(curveBox.height)}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {paths.map((points) => (
          <polyline key={points} points={points} />
        ))}
      </svg>
    </p>
  )
}
