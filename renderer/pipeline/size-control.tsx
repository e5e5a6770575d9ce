import { Slider } from '@base-ui/react/slider'
import { useState } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { keepTotal, sizeRange, totalOf } from '../../shared/view/sizes.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { useDrawnPlan } from '../plan/use-drawn-plan.ts'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'

/** How large a batch is to be: slider, field, minus and plus. A size that can't change says why. */
export function SizeControl({ batch, pods }: SizeControlProps) {
  const { pipeline } = useWords()
  const say = useSay()
  const stale = usePipeline((view) => view?.freshness.kind !== 'live')
  if (batch.size.kind === 'fixed' || stale) {
    const why = batch.size.kind === 'fixed' ? say(batch.size.why) : pipeline.sizeStale
    return (
      <div className="card-size" data-feeds="draft">
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
  const [refused, setRefused] = useState(false)
  const { least, most, reach } = sizeRange({ batches }, sizes, batch.uid)
  const total = totalOf({ batches }, sizes)
  const change = (next: number) => {
    const draft = stores.draft.getState()
    draft.setSizes(keepTotal({ batches }, draft.sizes, { batch: batch.uid, pods: next }))
  }
  return (
    <div className="card-size" data-feeds="draft">
      <div className="card-size-row">
        <span>{pipeline.pods}</span>
        <span className="stepper">
          <button
            type="button"
            aria-label={pipeline.fewer(batch.number)}
            aria-disabled={pods <= least}
            onClick={() => change(pods - 1)}
          >
            <Icon name="minus" />
          </button>
          <NumberField
            className="stepper-field"
            label={pipeline.podsOf(batch.number)}
            value={pods}
            least={least}
            most={most}
            onChange={change}
            onRefused={setRefused}
          />
          <button
            type="button"
            aria-label={pipeline.more(batch.number)}
            aria-disabled={pods >= most}
            onClick={() => change(pods + 1)}
          >
            <Icon name="plus" />
          </button>
        </span>
      </div>
      <Slider.Root
        value={Math.min(pods, reach)}
        min={least}
        max={Math.max(least + 1, reach)}
        disabled={least === most}
        onValueChange={(value) => change(typeof value === 'number' ? value : pods)}
      >
        <Slider.Control className="slider">
          <Slider.Track className="slider-track">
            <Slider.Indicator className="slider-range" />
            <Slider.Thumb
              className="slider-thumb"
              aria-label={pipeline.sizeOf(batch.number)}
              getAriaValueText={() => pipeline.sizeText(pods, total)}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
      <p className={`card-size-note ${refused ? 'is-refused' : 'is-change'}`} role="status">
        {refused
          ? pipeline.sizeRange(least, most)
          : pods === batch.desired
            ? '\u00a0'
            : pipeline.nowWas(batch.desired, pods)}
      </p>
    </div>
  )
}
