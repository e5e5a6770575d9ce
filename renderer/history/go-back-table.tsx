import type { Uid } from '../../shared/ids.ts'
import type { Revision } from '../../shared/history/history-view.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { versionText } from '../../shared/history/go-back-rows.ts'
import type { GoBackRow } from '../../shared/history/go-back-rows.ts'
import { useToday } from './use-today.ts'

type TableProps = {
  readonly rows: readonly GoBackRow[]
  /** An empty digest: it stays as it is. */
  readonly onChoose: (batch: Uid, digest: string) => void
}

/** From what to what, batch by batch; each can be given another revision, or be left as it is. */
export function GoBackTable({ rows, onChoose }: TableProps) {
  const { history: words } = useWords()
  return (
    <table className="go-back-table">
      <thead>
        <tr>
          <th scope="col">{words.columns.batch}</th>
          <th scope="col">{words.columns.pods}</th>
          <th scope="col">{words.columns.now}</th>
          <th scope="col">{words.columns.to}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.batch.batch} row={row} onChoose={onChoose} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row, onChoose }: { readonly row: GoBackRow; readonly onChoose: TableProps['onChoose'] }) {
  const { history: words } = useWords()
  const { batch, pods, from, to, stays } = row
  const option = useOptionText()
  const why = stays === undefined || stays === 'not-asked' ? '' : words.stays[stays]
  return (
    <tr className={to === undefined ? 'stays' : ''}>
      <th scope="row">{batch.number}</th>
      <td>{pods}</td>
      <td>
        <span className="mono">{versionText(from)}</span>
        {from === undefined ? null : <span className="dim small-text">{words.revision(from.revision)}</span>}
      </td>
      <td>
        <select
          value={to?.digest ?? ''}
          aria-label={words.chooseFor(batch.number)}
          onChange={(event) => onChoose(batch.batch, event.target.value)}
        >
          <option value="">{words.stay}</option>
          {batch.revisions
            .filter((one) => !one.current)
            .map((one) => (
              <option key={one.digest} value={one.digest}>
                {option(one)}
              </option>
            ))}
        </select>
        {why === '' ? null : <span className="small-text dim">{why}</span>}
      </td>
    </tr>
  )
}

/** Version first: a narrow field cuts the rest off. */
function useOptionText(): (revision: Revision) => string {
  const { history: words } = useWords()
  const format = useFormat()
  const today = useToday()
  return (one) => [versionText(one), words.revision(one.revision), format.clock(one.since, today)].join(' · ')
}
