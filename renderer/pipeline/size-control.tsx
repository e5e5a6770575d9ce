import { Slider } from '@base-ui/react/slider'
import type { BatchView } from '../../shared/model/pipeline.ts'
import { keepTotal, largest, sizeOf } from '../../shared/model/sizes.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useDrawnPlan } from '../release/use-drawn-plan.ts'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'

/** How large a batch is to be: slider, field, minus and plus. A size that can't change says why. */
export function SizeControl({ batch, pods }: SizeControlProps) {
  const { pipeline } = useWords()
  const say = useSay()
  const stale = usePipeline((view) => view?.freshness.kind !== 'live')
  if (batch.size.kind === 'fixed' || stale) {
    const why = batch.size.kind === 'fixed' ? say(batch.size.why) : pipeline.sizeStale
    return (
      <div className="card-size">
        <p className="card-size-row">
          <span>{pipeline.pods}</span>
          <strong>
            {batch.desired} <Icon name="lock" />
          </strong>
        </p>
        <p className="card-size-note">{why}</p>
      </div>
    )
  }
  return <FreeSize batch={batch} pods={pods} />
}

type SizeControlProps = { readonly batch: BatchView; readonly pods: number }

function FreeSize({ batch, pods }: SizeControlProps) {
  const { pipeline } = useWords()
  const stores = useStores()
  const { batches } = useDrawnPlan()
  const sizes = useDraft((draft) => draft.sizes)
  const most = largest({ batches }, sizes, batch.uid)
  const total = batches.reduce((sum, one) => sum + sizeOf(one, sizes), 0)
  const change = (next: number) => {
    const draft = stores.draft.getState()
    draft.setSizes(keepTotal({ batches }, draft.sizes, { batch: batch.uid, pods: next }))
  }
  return (
    <div className="card-size">
      <div className="card-size-row">
        <span>{pipeline.pods}</span>
        <span className="stepper">
          <button type="button" aria-label={pipeline.fewer(batch.number)} onClick={() => change(pods - 1)}>
            <Icon name="minus" />
          </button>
          <input
            type="number"
            min={1}
            max={most}
            value={pods}
            aria-label={pipeline.podsOf(batch.number)}
            onChange={(event) => {
              if (event.target.value !== '') change(event.target.valueAsNumber)
            }}
          />
          <button type="button" aria-label={pipeline.more(batch.number)} onClick={() => change(pods + 1)}>
            <Icon name="plus" />
          </button>
        </span>
      </div>
      <Slider.Root
        value={pods}
        min={1}
        max={Math.max(2, most)}
        onValueChange={(value) => change(typeof value === 'number' ? value : pods)}
      >
        <Slider.Control className="slider">
          <Slider.Track className="slider-track">
            <Slider.Indicator className="slider-range" />
            <Slider.Thumb
              className="slider-thumb"
              aria-label={pipeline.sizeOf(batch.number)}
              getAriaValueText={(_text, value) => pipeline.sizeText(value, total)}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
      <p className="card-size-note is-change">
        {pods === batch.desired ? '\u00a0' : pipeline.nowWas(batch.desired, pods)}
      </p>
    </div>
  )
}
