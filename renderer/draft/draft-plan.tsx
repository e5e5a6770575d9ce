import { createContext, useContext, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useDraft } from '../stores/store-context.tsx'
import { draftInput } from './draft-input.ts'
import type { DraftInput } from './draft-input.ts'
import { useCheck } from './use-check.ts'
import type { CheckState } from './use-check.ts'

type DraftPlan = { readonly input: DraftInput | undefined; readonly check: CheckState }

const DraftPlanContext = createContext<DraftPlan>({ input: undefined, check: { kind: 'nothing' } })

/** The draft and its checks, made once for the list of checks above and for the buttons below. */
export function DraftPlanProvider({ view, children }: DraftPlanProviderProps) {
  const draft = useDraft((state) => state)
  const input = useMemo(() => draftInput(view, draft), [view, draft])
  const check = useCheck(view, input)
  const plan = useMemo(() => ({ input, check }), [input, check])
  return <DraftPlanContext.Provider value={plan}>{children}</DraftPlanContext.Provider>
}

type DraftPlanProviderProps = { readonly view: PipelineView; readonly children: ReactNode }

export function useDraftPlan(): DraftPlan {
  return useContext(DraftPlanContext)
}
