import { memo } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { pictureLayout } from './picture-layout.ts'

type SizesNowProps = {
  readonly batches: readonly BatchView[]
  readonly pods: readonly number[]
  readonly width: number
}

/** While sizes are dragged: a thin bar of what they are now, to compare with. */
export const SizesNow = memo(function SizesNow({ batches, pods, width }: SizesNowProps) {
  const { pipeline } = useWords()
  if (batches.every((batch, index) => batch.desired === pods[index])) return null
  const now = batches.map((batch) => batch.desired)
  const { segments } = pictureLayout({ width, pods: now, wanted: [] })
  return (
    <div className="sizes-now">
      <div role="img" aria-label={`${pipeline.sizesNow} ${now.join(' / ')}`}>
        {segments.map(({ left, width: own }, index) => (
          <i key={index} style={{ left, width: own }} />
        ))}
      </div>
      <p aria-hidden="true">{pipeline.sizesAbove}</p>
    </div>
  )
})
