import type { HistoryView } from '../../shared/history/history-view.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { WhereRows } from '../verbs/where-rows.tsx'
import { changeText } from './change-text.ts'
import type { GoBackRow, GoBackWish } from '../../shared/history/go-back-rows.ts'
import { useToday } from './use-today.ts'

type FactsProps = {
  readonly history: HistoryView
  readonly wish: GoBackWish
  readonly rows: readonly GoBackRow[]
}

/** Where it happens, and what is touched. */
export function GoBackFacts({ history, wish, rows }: FactsProps) {
  const { release: words, history: own } = useWords()
  const going = rows.filter((row) => row.to !== undefined)
  const pods = going.reduce((sum, row) => sum + row.pods, 0)
  const total = rows.reduce((sum, row) => sum + row.pods, 0)
  const from = useWishText(history, wish)
  return (
    <dl id="go-back-facts" className="facts">
      <WhereRows />
      <dt>{words.batches}</dt>
      <dd>
        {going.length === 0 ? own.nothing : ranges(going.map((row) => row.batch.number))}{' '}
        <span className="dim mono">{going.map((row) => row.batch.name).join(', ')}</span>
      </dd>
      <dt>{words.pods}</dt>
      <dd>{own.keepServing(pods, total)}</dd>
      {from === undefined ? null : (
        <>
          <dt>{own.where}</dt>
          <dd>{from}</dd>
        </>
      )}
    </dl>
  )
}

function useWishText(history: HistoryView, wish: GoBackWish): string | undefined {
  const { history: words } = useWords()
  const format = useFormat()
  const today = useToday()
  switch (wish.kind) {
    case 'nothing':
    case 'revision':
      return undefined
    case 'time':
      return words.asAtTime(format.clockSeconds(wish.at, today))
    case 'before':
    case 'after': {
      const release = history.releases.find((one) => one.id === wish.release)
      if (release === undefined) return undefined
      const text = wish.kind === 'before' ? words.beforeStart : words.afterEnd
      return text(changeText(release, words), format.clock(release.startedAt, today))
    }
  }
}
