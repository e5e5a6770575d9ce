import { forecast } from '../../shared/model/sizes.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { PodShape } from '../parts/pod-shape.tsx'
import { useDraft, usePipeline } from '../stores/store-context.tsx'
import { BatchCard } from './batch-card.tsx'
import { Ribbons } from './ribbons.tsx'
import { ServiceBar } from './service-bar.tsx'
import { Track } from './track.tsx'

/** More than these are scrolled sideways instead of being squeezed until they can't be read. */
const roomyBatches = 5
const narrowestCard = 172

/** The picture of one Service: traffic above, batches below, gates between them. */
export function Pipeline() {
  const view = usePipeline((one) => one)
  const sizes = useDraft((draft) => draft.sizes)
  const { pipeline } = useWords()
  const format = useFormat()
  if (view === undefined) return null
  const { service, endpoints } = view
  const crowded = view.batches.length > roomyBatches
  return (
    <section className={`pipeline is-${view.freshness.kind}`} aria-label={pipeline.batches}>
      <p className="service-line">
        <span>
          {pipeline.service} <strong>{service.name}</strong>
        </span>
        <code>{service.ports}</code>
        <span>{pipeline.endpoints(endpoints.ready, endpoints.expected)}</span>
        <span className="service-share">
          {view.newShare === undefined ? (
            <>
              {pipeline.byStep}{' '}
              <strong>
                {forecast(view, sizes)
                  .map((row) => format.share(row.share))
                  .join(' → ')}
              </strong>
            </>
          ) : (
            <>
              <strong className="share-number">{format.share(view.newShare)}</strong> {pipeline.onNew}
            </>
          )}
        </span>
      </p>
      <div className="picture-scroll" tabIndex={crowded ? 0 : undefined}>
        <div style={{ minWidth: crowded ? view.batches.length * narrowestCard : undefined }}>
          <ServiceBar view={view} />
          <Ribbons view={view} />
          <Track view={view} />
          <ol className="batch-cards">
            {view.batches.map((batch) => (
              <BatchCard key={batch.uid} view={view} batch={batch} />
            ))}
          </ol>
        </div>
      </div>
      <p className="legend" aria-hidden="true">
        <PodShape kind="old" /> {pipeline.legendOld}
        <PodShape kind="new" /> {pipeline.legendNew}
        <PodShape kind="starting" /> {pipeline.legendStarting}
        <PodShape kind="failing" /> {pipeline.legendFailing}
        <PodShape kind="ending" /> {pipeline.legendEnding}
      </p>
    </section>
  )
}
