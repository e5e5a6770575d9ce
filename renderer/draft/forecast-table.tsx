import { memo, useMemo } from 'react'
import { forecast } from '../../shared/view/sizes.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useDraft, usePipeline } from '../stores/store-context.tsx'
import { forecastRows } from './forecast-rows.ts'
import { useDrawnPlan } from '../plan/use-drawn-plan.ts'

/** What the traffic will look like after each batch, by the sizes as they are dragged. */
export const Forecast = memo(function Forecast({ drafted: asked }: { readonly drafted: boolean }) {
  const { release: words, plan } = useWords()
  const { batches, left, drafted } = useDrawnPlan(asked)
  const others = usePipeline((view) => view?.endpoints.others.ready ?? 0)
  const sizes = useDraft((state) => state.sizes)
  const rows = useMemo(
    () => forecastRows({ batches, left }, forecast({ batches, others }, sizes, left), !drafted),
    [batches, others, left, sizes, drafted],
  )
  return (
    <table className="forecast">
      <thead>
        <tr>
          <th scope="col">{words.forecastAfter}</th>
          <th scope="col">{words.forecastPods}</th>
          <th scope="col">{words.forecastShare}</th>
          <th scope="col">{words.forecastPeak}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          row.kind === 'more' ? (
            <tr key="more" className="forecast-more">
              <td colSpan={4}>{words.forecastMore(row.count)}</td>
            </tr>
          ) : row.kind === 'left-out' ? (
            <tr key={`left-${String(row.batch)}`} className="forecast-left-out">
              <th scope="row">
                <Icon name="skip" />
                {words.forecastBatch(row.batch)}
              </th>
              <td colSpan={3}>{plan.leftOut}</td>
            </tr>
          ) : (
            <ForecastLine key={row.row.afterBatch} line={row} />
          ),
        )}
      </tbody>
    </table>
  )
})

function ForecastLine({
  line,
}: {
  readonly line: Extract<ReturnType<typeof forecastRows>[number], { kind: 'row' }>
}) {
  const { release: words } = useWords()
  const format = useFormat()
  const { row, progress } = line
  return (
    <tr className={`forecast-${progress}`}>
      <th scope="row">
        {progress === 'done' ? <Icon name="check" /> : progress === 'now' ? <Icon name="roll" /> : null}
        {words.forecastBatch(row.afterBatch)}
        {progress === 'to-come' ? null : (
          <span className="sr">, {progress === 'done' ? words.forecastDone : words.forecastNow}</span>
        )}
      </th>
      <td>{format.number(row.newPods)}</td>
      <td className="forecast-share">
        <span className="share-bar" aria-hidden="true">
          <i style={{ width: `${String(row.share * 100)}%` }} />
        </span>
        <b>{format.share(row.share)}</b>
      </td>
      <td>{format.number(row.peakPods)}</td>
    </tr>
  )
}
