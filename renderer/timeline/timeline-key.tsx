import type { Bar, TimelineLayout } from '../../shared/view/timeline-layout.ts'
import { useWords } from '../i18n/use-words.ts'

const always = ['updating', 'baking', 'waiting', 'expected'] as const
const atTimes = ['failing', 'returning'] as const

/** What the bars mean. Failing and rolling back are explained when they happen. */
export function TimelineKey({ layout }: { readonly layout: TimelineLayout | undefined }) {
  const { timeline } = useWords()
  const has = (kind: Bar['kind']) => layout?.lanes.some((lane) => lane.bars.some((bar) => bar.kind === kind))
  const kinds = layout === undefined ? [] : [...always, ...atTimes.filter(has)]
  return (
    <header className="timeline-head">
      <h2>{timeline.title}</h2>
      <p className="timeline-key" aria-hidden="true">
        {kinds.map((kind) => (
          <span key={kind}>
            <i className={`bar is-${kind}`} />
            {timeline.bar[kind]}
          </span>
        ))}
      </p>
    </header>
  )
}
