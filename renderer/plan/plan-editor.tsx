import { settingRows } from '../../shared/release/gates/gate-table.ts'
import { useEffect, useRef, useState } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { lastPart, movedStep, withStep, type PlanEdit } from './plan-edit.ts'
import { PlanOnFailure } from './plan-on-failure.tsx'
import { PlanRow } from './plan-row.tsx'

export type PlanEditorProps = {
  readonly edit: PlanEdit
  /** By their uids, whatever their order. */
  readonly batches: readonly BatchView[]
  /** Of a release that runs: the batches that have begun, which stand above and can't be changed. */
  readonly begun?: readonly BatchView[]
  readonly onChange: (edit: PlanEdit) => void
}

type Moved = { readonly batch: string; readonly direction: 'up' | 'down'; readonly text: string }

/** Order, part, gates of each batch; what happens on failure. */
export function PlanEditor({ edit, batches, begun = [], onChange }: PlanEditorProps) {
  const { plan: words } = useWords()
  const table = useRef<HTMLTableElement>(null)
  const [moved, setMoved] = useState<Moved>()
  // The row has got another place in the document, which takes the focus from what was pressed.
  useEffect(() => {
    if (moved === undefined) return
    table.current?.querySelector<HTMLElement>(`[data-move="${moved.direction}-${moved.batch}"]`)?.focus()
  }, [moved])
  const last = lastPart(edit)
  const move = (batch: BatchView, by: -1 | 1) => {
    const next = movedStep(edit, batch.uid, by)
    const place = next.steps.findIndex((step) => step.batch === batch.uid) + 1
    const text = words.movedTo(batch.number, begun.length + place, begun.length + next.steps.length)
    setMoved({ batch: batch.uid, direction: by < 0 ? 'up' : 'down', text })
    onChange(next)
  }
  return (
    <>
      <div className="plan-scroll">
        <table className="plan-table" ref={table}>
          <thead>
            <tr>
              {(Object.keys(words.columns) as (keyof typeof words.columns)[]).map((key) => (
                <th key={key} scope="col" className={`plan-${key}`}>
                  {words.columns[key]}
                </th>
              ))}
              {settingRows.map(([name, setting]) => (
                <th key={name} scope="col">
                  {setting.words[words.language].column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {begun.map((batch) => (
              <tr key={batch.uid} className="is-begun">
                <td />
                <th scope="row">{words.batch(batch.number)}</th>
                <td colSpan={settingRows.length + 1}>{words.begun}</td>
              </tr>
            ))}
            {edit.steps.map((step, index) => {
              const batch = batches.find((one) => one.uid === step.batch)
              return batch === undefined ? null : (
                <PlanRow
                  key={step.batch}
                  step={step}
                  batch={batch}
                  first={index === 0}
                  end={index === edit.steps.length - 1}
                  last={step.batch === last}
                  onMove={(by) => move(batch, by)}
                  onChange={(part) => onChange(withStep(edit, step.batch, part))}
                />
              )
            })}
          </tbody>
        </table>
      </div>
      <p className="plan-hint">{words.orderHint}</p>
      <p className="sr" role="status">
        {moved?.text ?? ''}
      </p>
      <PlanOnFailure edit={edit} onChange={onChange} />
    </>
  )
}
