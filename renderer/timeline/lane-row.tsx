import { memo } from 'react'
import type { MarkKind } from '../../shared/view/lanes.ts'
import type { TimelineLayout } from '../../shared/view/timeline-layout.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useToday } from '../history/use-today.ts'

const icons: Readonly<Record<MarkKind, IconName>> = {
  start: 'play',
  approval: 'hand',
  pause: 'pause',
  resume: 'play',
  failure: 'fail',
  'roll-back': 'undo',
  returned: 'check',
}

type LaneRowProps = {
  readonly lane: TimelineLayout['lanes'][number]
  readonly name: string
  readonly named: boolean
}

/** The lane of one batch; its label says in words what its bars and marks show. */
export const LaneRow = memo(function LaneRow({ lane, name, named }: LaneRowProps) {
  const { timeline } = useWords()
  const format = useFormat()
  const today = useToday()
  const bars = [...new Set(lane.bars.map((bar) => timeline.bar[bar.kind]))]
  const marks = lane.marks.map((mark) => `${timeline.mark[mark.kind]} ${format.clockSeconds(mark.at, today)}`)
  return (
    <div className="lane" role="img" aria-label={`${name}: ${[...bars, ...marks].join(', ')}`}>
      <span className="lane-name">{named ? name : null}</span>
      <span className="lane-track">
        {lane.bars.map((bar, index) => (
          <i
            key={index}
            className={`bar is-${bar.kind}`}
            style={{ left: `${(bar.left * 100).toFixed(2)}%`, width: `${(bar.width * 100).toFixed(2)}%` }}
          />
        ))}
        {lane.marks.map((mark) => (
          <span
            key={`${mark.kind}-${String(mark.at)}`}
            className={`lane-mark is-${mark.kind}`}
            title={`${timeline.mark[mark.kind]} ${format.clockSeconds(mark.at, today)}`}
            style={{ left: `${(mark.left * 100).toFixed(2)}%` }}
          >
            <Icon name={icons[mark.kind]} />
          </span>
        ))}
      </span>
    </div>
  )
})
