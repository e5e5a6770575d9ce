import type { BatchView } from '../../shared/view/batch-view.ts'
import type { Gates } from '../../shared/release/plan.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { NumberField } from '../parts/number-field.tsx'
import type { PlanStepEdit } from './plan-edit.ts'

const mostBakeSeconds = 86_400
const mostRestarts = 1_000

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
        <td colSpan={5} className="plan-left-out">
          <Icon name="skip" />
          {words.leftOut}
        </td>
      ) : (
        <Gate batch={batch} gates={step.gates} last={last} onChange={(gates) => onChange({ gates })} />
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

type GateProps = {
  readonly batch: BatchView
  readonly gates: Gates
  readonly last: boolean
  readonly onChange: (gates: Gates) => void
}

function Gate({ batch, gates, last, onChange }: GateProps) {
  const { plan: words } = useWords()
  const { number } = batch
  const change = (part: Partial<Gates>) => onChange({ ...gates, ...part })
  return (
    <>
      <td className="plan-bake">
        <NumberField
          label={words.bakeOf(number)}
          value={gates.bakeSeconds}
          least={0}
          most={mostBakeSeconds}
          onChange={(bakeSeconds) => change({ bakeSeconds })}
        />
        {words.seconds}
      </td>
      <td>
        <NumberField
          label={words.toleranceOf(number)}
          value={gates.tolerance}
          least={0}
          most={Math.max(0, batch.desired - 1, gates.tolerance)}
          onChange={(tolerance) => change({ tolerance })}
        />
      </td>
      <td>
        <NumberField
          label={words.restartsOf(number)}
          value={gates.restartsAllowed}
          least={0}
          most={mostRestarts}
          onChange={(restartsAllowed) => change({ restartsAllowed })}
        />
      </td>
      <td>
        <input
          type="checkbox"
          checked={gates.waitForEnding}
          aria-label={words.endingOf(number)}
          onChange={(event) => change({ waitForEnding: event.target.checked })}
        />
      </td>
      <td>
        {last ? (
          <span className="dim">{words.lastHasNone}</span>
        ) : (
          <input
            type="checkbox"
            checked={gates.approval}
            aria-label={words.approvalOf(number)}
            onChange={(event) => change({ approval: event.target.checked })}
          />
        )}
      </td>
    </>
  )
}
