import { useMemo } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { forecast, sizeOf, totalOf } from '../../shared/view/sizes.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { useDrawnPlan } from '../plan/use-drawn-plan.ts'
import { isDirty } from '../stores/draft-data.ts'
import { useDraft, useLink, usePipeline } from '../stores/store-context.tsx'
import { Legend } from './legend.tsx'
import { Picture } from './picture.tsx'
import { isCutOff } from '../stores/client.ts'

const none: readonly BatchView[] = []

/** The picture of one Service under its name, its ports and how much of the traffic is on the new version. */
export function Pipeline() {
  const { pipeline } = useWords()
  const freshness = usePipeline((view) => view?.freshness.kind)
  const lost = isCutOff(useLink())
  if (freshness === undefined) return null
  return (
    <section className={`pipeline is-${lost ? 'stale' : freshness}`} aria-label={pipeline.batches}>
      <ServiceLine />
      <Picture />
      <Legend />
    </section>
  )
}

function ServiceLine() {
  const { pipeline } = useWords()
  const service = usePipeline((view) => view?.service)
  const endpoints = usePipeline((view) => view?.endpoints)
  const batches = usePipeline((view) => view?.batches ?? none)
  const sizes = useDraft((draft) => draft.sizes)
  const resized = batches.some((batch) => sizeOf(batch, sizes) !== batch.desired)
  const pods = batches.reduce((sum, batch) => sum + batch.desired, 0)
  const then = totalOf({ batches }, sizes)
  if (service === undefined || endpoints === undefined) return null
  return (
    <div className="service-line">
      <p className="service-name">
        <span>{pipeline.service}</span>
        <strong>
          <Middle text={service.name} />
        </strong>
      </p>
      <code className="service-ports">{service.ports}</code>
      {resized ? (
        <span className="service-endpoints">
          {then === pods ? <Icon name="lock" /> : null}
          {then === pods ? pipeline.totalStays(pods) : pipeline.totalBecomes(pods, then)}
        </span>
      ) : (
        <span className="service-endpoints">{pipeline.endpoints(endpoints.ready, endpoints.expected)}</span>
      )}
      <Share />
    </div>
  )
}

/** While a release runs: the share now. Before it: the share after each step. */
function Share() {
  const { pipeline } = useWords()
  const format = useFormat()
  const newShare = usePipeline((view) => view?.newShare)
  const running = usePipeline((view) => view?.release !== undefined && view.release.state !== 'ended')
  const { batches, left } = useDrawnPlan()
  const others = usePipeline((view) => view?.endpoints.others.ready ?? 0)
  const sizes = useDraft((draft) => draft.sizes)
  const dirty = useDraft(isDirty)
  const steps = useMemo(
    () => forecast({ batches, others }, sizes, left).map((row) => row.share),
    [batches, others, sizes, left],
  )
  if (newShare !== undefined && (running || !dirty)) {
    return (
      <p className="service-share is-large">
        <strong className="share-number">{format.share(newShare)}</strong>
        <span>{pipeline.onNew}</span>
      </p>
    )
  }
  // The rows of the forecast say the same in a table where there are too many for a line.
  const shown = steps.length > 5 ? [...steps.slice(0, 3), undefined, steps.at(-1)] : steps
  return (
    <p className="service-share">
      <span>{pipeline.byStep}</span>
      <strong>{shown.map((share) => (share === undefined ? '…' : format.share(share))).join(' → ')}</strong>
    </p>
  )
}
