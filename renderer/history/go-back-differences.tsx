import { useState } from 'react'
import type { Target } from '../../shared/contract.ts'
import type { TemplateDiff } from '../../shared/model/template-preview.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { TemplateDiffs } from '../draft/template-diff.tsx'
import { useCommand } from '../stores/use-command.ts'
import type { GoBackRow } from '../../shared/history/go-back-rows.ts'

type Props = { readonly target: Target; readonly rows: readonly GoBackRow[] }

/** What going back changes in the pod templates, line by line: images and numbers alone don't say all. */
export function GoBackDifferences({ target, rows }: Props) {
  const { history: words, change } = useWords()
  const command = useCommand('history/differences')
  const [seen, setSeen] = useState<{ readonly key: string; readonly diffs: readonly TemplateDiff[] }>()
  const revisions = rows.flatMap(({ batch, to }) =>
    to === undefined ? [] : [{ batch: batch.batch, digest: to.digest }],
  )
  // Differences of another choice, or of what ran before somebody's change, are not shown.
  const key = JSON.stringify([revisions, rows.map((row) => row.batch.digest)])
  const diffs = seen?.key === key ? seen.diffs : undefined
  if (revisions.length === 0) return null
  const toggle = async () => {
    setSeen(undefined)
    if (diffs !== undefined) return
    const reply = await command.call({ target, revisions })
    if (reply?.ok === true) setSeen({ key, diffs: reply.value })
  }
  return (
    <>
      <button
        type="button"
        className="btn small"
        aria-expanded={diffs !== undefined}
        aria-busy={command.busy}
        onClick={() => void toggle()}
      >
        {command.busy ? change.template.comparing : words.differences}
        <Icon name={diffs === undefined ? 'down' : 'up'} />
      </button>
      {diffs === undefined ? null : (
        <div className="diffs">
          <TemplateDiffs changes={{ batches: diffs }} />
        </div>
      )}
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </>
  )
}
