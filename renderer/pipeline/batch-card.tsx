import { memo, useMemo } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { knownImages, runningVersion, withApplication } from '../../shared/view/running-version.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { PodShape } from '../parts/pod-shape.tsx'
import { draftVersion } from '../draft/draft-input.ts'
import { useDraft } from '../stores/store-context.tsx'
import { batchIcons } from './batch-look.ts'
import { CardTime } from './card-time.tsx'
import { PodBar } from './pod-bar.tsx'
import { allPods, countPods, draftedPods } from './pod-counts.ts'
import { mostDots, PodDots } from './pod-dots.tsx'
import { SizeControl } from './size-control.tsx'

type BatchCardProps = {
  readonly batch: BatchView
  /** As dragged. */
  readonly pods: number
  readonly only: boolean
  /** Of the release that is drafted. */
  readonly leftOut: boolean
  readonly width: number
}

/** One batch in words, dots and numbers. Its rows line up with those of the other cards. */
export const BatchCard = memo(function BatchCard({ batch, pods, only, leftOut, width }: BatchCardProps) {
  const { pipeline, plan } = useWords()
  const say = useSay()
  const look = leftOut ? 'skipped' : batch.look
  const drafted = pods !== batch.desired
  const counts = useMemo(
    () => (drafted ? draftedPods(pods) : countPods(batch.pods)),
    [drafted, pods, batch.pods],
  )
  return (
    <li className={`batch-card is-${look}`} aria-label={pipeline.batch(batch.number)}>
      <header className="card-head">
        <h2>
          {pipeline.batch(batch.number)}
          {batch.canary ? <span className="card-tag">{pipeline.canary}</span> : null}
        </h2>
        <Icon name={batchIcons[look]} className="card-mark" />
        <p className="card-name" title={batch.name}>
          <Middle text={batch.name} from={18} />
        </p>
      </header>
      <div className="card-say">
        <p className="card-sentence">
          {leftOut ? plan.leftOutKeeps(runningVersion(batch)) : say(batch.sentence)}
        </p>
        {leftOut ? null : <CardTime batch={batch} pods={pods} />}
      </div>
      <div className="card-pods">
        {allPods(counts) > mostDots ? (
          <PodBar pods={counts} />
        ) : (
          <PodDots letters={drafted ? 'o'.repeat(pods) : batch.pods} width={width} only={only} />
        )}
      </div>
      <ImageLines batch={batch} leftOut={leftOut} />
      <SizeControl batch={batch} pods={pods} />
    </li>
  )
})

function ImageLines({ batch, leftOut }: { readonly batch: BatchView; readonly leftOut: boolean }) {
  const { pipeline } = useWords()
  const image = knownImages(batch).join(', ')
  const chosen = useDraft((draft) => draft.container)
  const tag = runningVersion(withApplication(batch, chosen))
  const drafted = useDraft((draft) => (leftOut ? '' : draftVersion(draft, batch)))
  const idle = batch.look === 'idle' || batch.look === 'returned' || batch.look === 'done'
  const next = idle && drafted !== ''
  const from = next ? tag : (batch.from ?? tag)
  const to = next ? drafted : batch.to
  // In an incident: the version that others have changed to, with no pod left on the one before.
  const changed = batch.to !== undefined && batch.from === undefined && !next
  if (to === undefined || from === to || changed || (batch.look === 'done' && drafted === '')) {
    const isNew = batch.isNew === true || changed
    return (
      <ul className="card-images">
        <li title={image} className={isNew ? 'is-now' : ''}>
          <PodShape kind={isNew ? 'new' : 'old'} />
          <Middle text={tag} from={18} />
        </li>
      </ul>
    )
  }
  const back = batch.look === 'returning'
  const going = batch.look === 'rolling' || batch.look === 'failing' || batch.look === 'baking' || back
  return (
    <ul className="card-images is-pair">
      <li>
        <PodShape kind={back ? 'new' : 'old'} />
        <Middle text={from} from={18} />
      </li>
      <li title={image} className={going ? 'is-now' : ''}>
        <PodShape kind={back ? 'old' : 'new'} />
        <Middle text={to} from={18} />
        <Icon name="arrow-down" className="becomes" />
        <span className="sr">{pipeline.becomes}</span>
      </li>
    </ul>
  )
}
