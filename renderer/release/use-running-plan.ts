import { useState } from 'react'
import type { Uid } from '../../shared/ids.ts'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { PlanView } from '../../shared/view/plan-view.ts'
import { changeableEdit, isSamePlan, onto, withoutBegun, type PlanEdit } from '../plan/plan-edit.ts'

type RunningPlan = {
  readonly edit: PlanEdit
  readonly changed: boolean
  /** What began since, and fell out of the edit. */
  readonly begun: readonly Uid[]
  /** What was changed elsewhere since: the plan as it was when the edit began, and as it is. Nothing is sent before that is settled. */
  readonly elsewhere: { readonly before: PlanEdit; readonly now: PlanEdit } | undefined
  /** The version that the edit was made on: whatever this page has not seen yet is refused. */
  readonly version: number
  write(edit: PlanEdit): void
  takeTheirs(): void
  keepMine(): void
}

/** An edit of the plan of a release that runs, bound to the plan that it was made on. */
export function useRunningPlan({ version }: Pick<ReleaseView, 'version'>, plan: PlanView): RunningPlan {
  const now = changeableEdit(plan)
  const [base, setBase] = useState({ plan: now, version })
  const [wanted, setWanted] = useState(now)
  const { edit, begun } = withoutBegun(wanted, plan)
  const before = withoutBegun(base.plan, plan).edit
  const isSame = isSamePlan(before, now)
  return {
    edit,
    changed: !isSamePlan(edit, now),
    begun,
    elsewhere: isSame ? undefined : { before, now },
    version: isSame ? version : base.version,
    write: setWanted,
    takeTheirs: () => {
      setBase({ plan: now, version })
      setWanted(now)
    },
    keepMine: () => {
      setBase({ plan: now, version })
      setWanted(onto(edit, now))
    },
  }
}
