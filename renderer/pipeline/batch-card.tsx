import type { BatchView, PipelineView } from '../../shared/model/pipeline.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { PodShape } from '../parts/pod-shape.tsx'
import { PodDots } from './pod-dots.tsx'
import { SizeControl } from './size-control.tsx'

const marks: Readonly<Record<BatchView['look'], IconName>> = {
  idle: 'idle',
  waiting: 'idle',
  rolling: 'roll',
  frozen: 'pause',
  baking: 'bake',
  approval: 'hand',
  done: 'done',
  skipped: 'idle',
  failing: 'fail',
  returning: 'undo',
  returned: 'done',
}

/** One batch in words, dots and numbers. */
export function BatchCard({ view, batch }: { readonly view: PipelineView; readonly batch: BatchView }) {
  const { pipeline } = useWords()
  const say = useSay()
  return (
    <li className={`batch-card is-${batch.look}`} aria-label={pipeline.batch(batch.number)}>
      <header className="card-head">
        <h2>
          {pipeline.batch(batch.number)}
          {batch.canary ? <span className="card-tag">{pipeline.canary}</span> : null}
        </h2>
        <Icon name={marks[batch.look]} className="card-mark" />
        <p className="card-name" title={batch.name}>
          <Middle text={batch.name} />
        </p>
      </header>
      <p className="card-sentence">{say(batch.sentence)}</p>
      <div className="card-dots">
        <PodDots letters={batch.pods} width={144} />
      </div>
      <ImageLines batch={batch} />
      <SizeControl view={view} batch={batch} />
    </li>
  )
}

function ImageLines({ batch }: { readonly batch: BatchView }) {
  const image = batch.images.find((one) => !one.init)?.image ?? ''
  const tag = image.slice(image.lastIndexOf('/') + 1).replace(/^[^:@]*[:@]/, '')
  const isNew = batch.look === 'done'
  if (batch.from === undefined || batch.to === undefined || isNew) {
    return (
      <ul className="card-images">
        <li title={image}>
          <PodShape kind={isNew ? 'new' : 'old'} />
          <Middle text={tag} />
        </li>
      </ul>
    )
  }
  return (
    <ul className="card-images">
      <li>
        <PodShape kind="old" />
        <Middle text={batch.from} />
      </li>
      <li title={image}>
        <PodShape kind="new" />
        <Middle text={batch.to} />
      </li>
    </ul>
  )
}
