import type { BatchView } from '../../shared/view/batch-view.ts'
import { settingRows, type Gates, type SettingRow } from '../../shared/release/gates/gate-table.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { NumberField } from '../parts/number-field.tsx'
import type { PlanStepEdit } from './plan-edit.ts'

type PlanRowProps = {
  readonly step: PlanStepEdit
  readonly batch: BatchView
  /** Can't go further up, or down. */
  readonly first: boolean
  readonly end: boolean
  /** No other batch follows it in the release. */
  readonly last: boolean
  readonly onMove: (by: -1 | 1) => void
  readonly onChange: (part: Partial<PlanStepEdit>) => void
}

export function PlanRow({ step, batch, first, end, last, onMove, onChange }: PlanRowProps) {
  const { plan: words } = useWords()
  const { number } = batch
  return (
    <tr
      className={step.leftOut ? 'is-left-out' : ''}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
        if (!event.altKey || by === undefined) return
        event.preventDefault()
        if (by < 0 ? !first : !end) onMove(by)
      }}
    >
      <td className="plan-order">
        <MoveButton
          step={step}
          direction="up"
          text={words.up(number)}
          off={first}
          onPress={() => onMove(-1)}
        />
        <MoveButton
          step={step}
          direction="down"
          text={words.down(number)}
          off={end}
          onPress={() => onMove(1)}
        />
      </td>
      <th scope="row">
        {words.batch(number)}
        <span title={batch.name}>{batch.name}</span>
      </th>
      <td>
        <input
          type="checkbox"
          checked={!step.leftOut}
          aria-label={words.part(number)}
          onChange={(event) => onChange({ leftOut: !event.target.checked })}
        />
      </td>
      {step.leftOut ? (
        <td colSpan={settingRows.length} className="plan-left-out">
          <Icon name="skip" />
          {words.leftOut}
        </td>
      ) : (
        settingRows.map((row) => (
          <SettingCell
            key={row[0]}
            row={row}
            batch={batch}
            gates={step.gates}
            last={last}
            onChange={(gates) => onChange({ gates })}
          />
        ))
      )}
    </tr>
  )
}

type MoveButtonProps = {
  readonly step: PlanStepEdit
  readonly direction: 'up' | 'down'
  readonly text: string
  readonly off: boolean
  readonly onPress: () => void
}

/** At the end of its way it stays reachable: who moves a batch there by key keeps the place. */
function MoveButton({ step, direction, text, off, onPress }: MoveButtonProps) {
  return (
    <button
      type="button"
      className="icon-button small"
      aria-label={text}
      title={text}
      aria-disabled={off}
      data-move={`${direction}-${step.batch}`}
      onClick={() => {
        if (!off) onPress()
      }}
    >
      <Icon name={direction} />
    </button>
  )
}

type SettingCellProps = {
  readonly row: SettingRow
  readonly batch: BatchView
  readonly gates: Gates
  readonly last: boolean
  readonly onChange: (gates: Gates) => void
}

function SettingCell({ row: [name, setting], batch, gates, last, onChange }: SettingCellProps) {
  const { plan: words } = useWords()
  const label = setting.words[words.language].of(batch.number)
  const change = (value: number | boolean) => onChange({ ...gates, [name]: value })
  if (last && setting.leadsOn === true)
    return (
      <td>
        <span className="dim">{words.lastHasNone}</span>
      </td>
    )
  if (setting.kind === 'flag')
    return (
      <td>
        <input
          type="checkbox"
          checked={gates[name] === true}
          aria-label={label}
          onChange={(event) => change(event.target.checked)}
        />
      </td>
    )
  const value = Number(gates[name])
  // What stands there already is left to stand.
  const most = Math.max(value, setting.mostOf?.(batch) ?? setting.most)
  return (
    <td className={setting.kind === 'seconds' ? 'plan-seconds' : ''}>
      <NumberField label={label} value={value} least={0} most={most} onChange={change} />
      {setting.kind === 'seconds' ? words.seconds : null}
    </td>
  )
}
