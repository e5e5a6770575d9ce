import { memo, useMemo } from 'react'
import type { Lane } from '../../shared/view/lanes.ts'
import { timelineLayout, type TimelineLayout } from '../../shared/view/timeline-layout.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import type { Format } from '../i18n/format.ts'
import type { Words } from '../i18n/words.ts'
import { useExpected } from '../draft/use-expected.ts'
import { useDrawnPlan } from '../plan/use-drawn-plan.ts'
import { useClusterNow, usePipeline } from '../stores/store-context.tsx'
import { LaneRow } from './lane-row.tsx'
import { TimelineKey } from './timeline-key.tsx'
import { useToday } from '../history/use-today.ts'

/** With more lanes only the first, the current and the last are named. */
const mostLabels = 6

/** A lane per batch along the time: what it has been through, and what is expected. */
export const Timeline = memo(function Timeline() {
  const { timeline, pipeline } = useWords()
  const format = useFormat()
  const today = useToday()
  const picture = useTimeline()
  if (picture === undefined) {
    return (
      <section className="timeline" aria-label={timeline.title}>
        <TimelineKey layout={undefined} />
        <p className="timeline-empty">{timeline.empty}</p>
      </section>
    )
  }
  const { layout, phase, until } = picture
  const many = layout.lanes.length > mostLabels
  const label = phase === 'draft' ? sinceStart(timeline, format) : clockOf(layout, format)
  return (
    <section className={`timeline ${many ? 'is-dense' : ''}`} aria-label={timeline.title}>
      <TimelineKey layout={layout} />
      <div className="lanes">
        {layout.lanes.map((lane, index) => (
          <LaneRow
            key={lane.batch}
            lane={lane}
            name={pipeline.batch(lane.number)}
            named={
              !many || index === 0 || index === layout.lanes.length - 1 || picture.current === lane.batch
            }
          />
        ))}
        <div className="axis" aria-hidden="true">
          <span className="lane-name" />
          <span className="lane-track">
            {layout.ticks.map(({ at, left }, index) => (
              <span key={at} style={{ left: percent(left) }}>
                {label(at, layout.ticks[index - 1]?.at ?? today)}
              </span>
            ))}
          </span>
        </div>
        {layout.now === undefined ? null : (
          <div className="lane-now" aria-hidden="true">
            <b style={{ left: percent(layout.now) }}>
              <span>{clockOf(layout, format)(until, today)}</span>
            </b>
          </div>
        )}
      </div>
      {picture.unknown ? <p className="timeline-empty">{timeline.unknown}</p> : null}
    </section>
  )
})

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}

/** On the axis a day stands where it begins, and at the first mark where that is another day than today. */
function clockOf({ seconds }: TimelineLayout, format: Format): (at: number, before: number) => string {
  return (at, before) => (seconds ? format.clockSeconds(at, before) : format.clock(at, before))
}

function sinceStart(words: Words['timeline'], format: Format): (at: number) => string {
  return (at) => (at % 60_000 === 0 ? words.plusMinutes(at / 60_000) : `+${format.duration(at / 1000)}`)
}

function useTimeline() {
  const { batches } = useDrawnPlan()
  const release = usePipeline((view) => view?.release)
  const now = useClusterNow()
  const expected = useExpected()
  return useMemo(() => {
    if (expected.phase === 'draft') {
      const lanes = batches.map(({ uid, number }): Lane => ({ batch: uid, number, spans: [], marks: [] }))
      const layout = timelineLayout({ lanes, expected: expected.spans, from: 0, until: 0, phase: 'draft' })
      return {
        layout,
        phase: 'draft',
        until: 0,
        current: undefined,
        unknown: expected.spans.length === 0,
      } as const
    }
    if (release === undefined || release.lanes.length === 0) return undefined
    const phase = release.state === 'ended' ? 'ended' : 'running'
    const until = Math.max(release.startedAt, release.endedAt ?? now)
    const layout = timelineLayout({
      lanes: release.lanes,
      expected: expected.spans,
      from: release.startedAt,
      until,
      phase,
    })
    const current = release.current === undefined ? undefined : batches[release.current]?.uid
    return { layout, phase, until, current, unknown: false } as const
  }, [batches, release, now, expected])
}
