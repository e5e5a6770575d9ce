import { memo } from 'react'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import type { Format } from '../i18n/format.ts'
import type { Words } from '../i18n/words.ts'
import { Icon } from '../parts/icon.tsx'
import { usePipeline } from '../stores/store-context.tsx'
import { FoldingSection } from '../parts/section.tsx'
import { useShortWindow } from '../parts/use-short-window.ts'

type Line = { readonly ok: boolean; readonly text: string }

/** What is kept an eye on while a release moves, over all batches. In a low window it folds to its count. */
export const Watching = memo(function Watching() {
  const { release: words } = useWords()
  const format = useFormat()
  const view = usePipeline((one) => one)
  const short = useShortWindow()
  if (view?.release === undefined || view.release.state === 'ended' || view.freshness.kind !== 'live')
    return null
  const lines = watched(view, words, format)
  const wrong = lines.filter((line) => !line.ok).length
  const side = wrong === 0 ? words.allWell(lines.length) : words.notWell(wrong)
  return (
    <FoldingSection key={String(short)} title={words.watching} side={side} open={!short}>
      <ul className="checks">
        {lines.map(({ ok, text }) => (
          <li key={text} className={ok ? 'check-ok' : 'check-warning'}>
            <Icon name={ok ? 'check' : 'warn'} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </FoldingSection>
  )
})

/** Each line is a fact of the picture; `ok` says whether it is as it should be at this point of the release. */
export function watched(view: PipelineView, words: Words['release'], format: Format): readonly Line[] {
  const { endpoints, batches, restarts, pace, release } = view
  const since = release === undefined ? '' : format.clock(release.startedAt, view.now)
  // A Deployment may be short of so many pods while it rolls; every other one has to be whole.
  const rolls = (look: PipelineView['batches'][number]['look']) => look === 'rolling' || look === 'returning'
  const short = ({ unavailable, desired }: PipelineView['batches'][number]) => Math.min(unavailable, desired)
  const missing = batches.reduce((sum, batch) => sum + (rolls(batch.look) ? short(batch) : 0), 0)
  const wanted = batches.reduce((sum, batch) => sum + batch.desired, 0)
  const own = {
    ready: endpoints.ready - endpoints.others.ready,
    all: endpoints.expected - endpoints.others.all,
  }
  const least = wanted - missing
  const ending = batches.reduce((sum, batch) => sum + batch.terminating, 0)
  return [
    { ok: restarts === 0, text: restarts === 0 ? words.noRestarts(since) : words.someRestarts(restarts) },
    ...(view.failedProbes === undefined
      ? []
      : [
          {
            ok: false,
            text: words.failedProbes(view.failedProbes, format.clock(view.failedProbes.lastAt, view.now)),
          },
        ]),
    { ok: own.ready >= least, text: words.serving(own.ready, own.all, least) },
    ...(pace?.podSeconds === undefined
      ? []
      : [{ ok: true, text: words.podsStart(Math.round(pace.podSeconds)) }]),
    ...(ending === 0 ? [] : [{ ok: true, text: words.podsEnding(ending) }]),
  ]
}
