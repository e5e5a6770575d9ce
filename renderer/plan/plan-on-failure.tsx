import type { FailurePolicy } from '../../shared/release/plan.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { NumberField } from '../parts/number-field.tsx'
import type { PlanEdit } from './plan-edit.ts'
import { limitMinutes } from './plan-texts.ts'

const policies: readonly FailurePolicy[] = [
  'pause',
  'roll-back-batch',
  'roll-back-all',
  'roll-back-batch-by-batch',
]
const [leastSeconds, mostSeconds] = [10, 86_400]

type PlanOnFailureProps = { readonly edit: PlanEdit; readonly onChange: (edit: PlanEdit) => void }

/** What a failing batch brings about, and when one that does not move counts as failing. */
export function PlanOnFailure({ edit, onChange }: PlanOnFailureProps) {
  const { plan: words } = useWords()
  return (
    <div className="plan-failure">
      <label className="picker">
        <span className="picker-label">{words.onFailure}</span>
        <select
          value={edit.onFailure}
          onChange={(event) => {
            const onFailure = policies.find((one) => one === event.target.value)
            if (onFailure !== undefined) onChange({ ...edit, onFailure })
          }}
        >
          {policies.map((policy) => (
            <option key={policy} value={policy}>
              {words.policies[policy]}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </label>
      <span className="plan-limit">
        {words.limit}
        <NumberField
          label={words.limitLabel}
          value={Number(limitMinutes(edit.batchLimitSeconds))}
          least={leastSeconds / 60}
          most={mostSeconds / 60}
          step="any"
          onChange={(minutes) =>
            onChange({ ...edit, batchLimitSeconds: Math.max(leastSeconds, Math.round(minutes * 60)) })
          }
        />
        {words.limitUnit}
      </span>
    </div>
  )
}
