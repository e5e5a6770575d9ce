import { useMemo, useState } from 'react'
import { sizeOf } from '../../shared/view/sizes.ts'
import { useWords } from '../i18n/use-words.ts'
import { useDrawnPlan } from '../plan/use-drawn-plan.ts'
import { isDirty } from '../stores/draft-data.ts'
import { useDraft, usePipeline } from '../stores/store-context.tsx'
import { BatchCard } from './batch-card.tsx'
import { BatchSpine } from './batch-spine.tsx'
import { pictureLayout } from './picture-layout.ts'
import { countPods, draftedPods } from './pod-counts.ts'
import { Ribbons } from './ribbons.tsx'
import { ServiceBar } from './service-bar.tsx'
import { SizesNow } from './sizes-now.tsx'
import { Track } from './track.tsx'
import { useBox } from './use-box.ts'
import { wantedOpen } from './wanted-open.ts'

/** Traffic above, batches below, gates between them. Each part is drawn again only when its own values change. */
export function Picture() {
  const { pipeline } = useWords()
  const { batches, left, drafted: planned } = useDrawnPlan()
  const gates = usePipeline((view) => view?.release?.gates)
  const ended = usePipeline((view) => view?.release?.state === 'ended')
  const current = usePipeline((view) => view?.release?.current)
  const ready = usePipeline((view) => view?.endpoints.ready ?? 0)
  const live = usePipeline((view) => view?.freshness.kind === 'live')
  const sizes = useDraft((draft) => draft.sizes)
  const drafted = useDraft(isDirty)
  const [clicked, setClicked] = useState<readonly string[]>([])
  const { ref, width } = useBox<HTMLDivElement>()
  const { ref: flow, height } = useBox<HTMLDivElement>()
  const pods = useMemo(() => batches.map((batch) => sizeOf(batch, sizes)), [batches, sizes])
  const layout = useMemo(
    () => pictureLayout({ width, pods, wanted: wantedOpen(batches, current, clicked) }),
    [width, pods, batches, current, clicked],
  )
  const bands = useMemo(
    () =>
      batches.map((batch, index) => {
        const own = pods[index] ?? batch.desired
        return { counts: own === batch.desired ? countPods(batch.pods) : draftedPods(own), pods: own }
      }),
    [batches, pods],
  )
  const most = Math.max(1, ...pods)
  const columns = layout.columns.map((column) => `${column.width}px`).join(' ')
  const scrolls = layout.width > width + 1
  return (
    <div className="picture" tabIndex={scrolls ? 0 : undefined}>
      <div ref={ref} />
      <div className="picture-inside" style={{ width: width === 0 ? undefined : layout.width }}>
        <SizesNow batches={batches} pods={pods} width={layout.width} />
        <ServiceBar
          batches={batches}
          pods={pods}
          ready={ready}
          layout={layout}
          sizes={sizes}
          editable={live}
        />
        <div ref={flow} className="flow">
          <Ribbons layout={layout} batches={bands} height={height} />
          <Track batches={batches} gates={ended && drafted ? undefined : gates} left={left} layout={layout} />
        </div>
        <ol
          className="batch-cards"
          aria-label={pipeline.batches}
          style={{ gridTemplateColumns: columns, columnGap: layout.columnGap }}
        >
          {batches.map((batch, index) => {
            const column = layout.columns[index]
            return column?.open === false ? (
              <BatchSpine
                key={batch.uid}
                batch={batch}
                pods={pods[index] ?? 0}
                most={most}
                leftOut={planned && left[batch.uid] !== undefined}
                onOpen={() =>
                  setClicked((before) =>
                    [batch.uid, ...before.filter((one) => one !== batch.uid)].slice(0, 2),
                  )
                }
              />
            ) : (
              <BatchCard
                key={batch.uid}
                batch={batch}
                pods={pods[index] ?? 0}
                only={batches.length === 1}
                leftOut={planned && left[batch.uid] !== undefined}
                width={column?.width ?? 0}
              />
            )
          })}
        </ol>
      </div>
    </div>
  )
}
