import { Slider } from '@base-ui/react/slider'
import type { BatchView, PipelineView } from '../../shared/model/pipeline.ts'
import { keepTotal, largest, sizeOf } from '../../shared/model/sizes.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useDraft } from '../stores/store-context.tsx'

/** How large a batch is to be: slider, field, minus and plus. A size that can't change says why. */
export function SizeControl({ view, batch }: { readonly view: PipelineView; readonly batch: BatchView }) {
  const { pipeline } = useWords()
  const say = useSay()
  const sizes = useDraft((draft) => draft.sizes)
  const setSizes = useDraft((draft) => draft.setSizes)
  const pods = sizeOf(batch, sizes)
  if (batch.size.kind === 'fixed') {
    return (
      <div className="card-size">
        <p className="card-size-row">
          <span>{pipeline.pods}</span>
          <strong>
            {batch.desired} <Icon name="lock" />
          </strong>
        </p>
        <p className="card-size-note">{say(batch.size.why)}</p>
      </div>
    )
  }
  const most = largest(view, sizes, batch.uid)
  const change = (next: number) => setSizes(keepTotal(view, sizes, { batch: batch.uid, pods: next }))
  const total = view.batches.reduce((sum, one) => sum + sizeOf(one, sizes), 0)
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
        {pods === batch.desired ? ' ' : pipeline.nowWas(batch.desired, pods)}
      </p>
    </div>
  )
}
