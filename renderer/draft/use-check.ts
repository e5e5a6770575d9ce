import type { Fault } from '../../shared/fault.ts'
import type { CheckReport } from '../../shared/preflight/check.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useStores } from '../stores/store-context.tsx'
import { useAnswer } from '../stores/use-answer.ts'
import { checkOccasion } from '../release/check-occasion.ts'
import { draftKind } from './draft-input.ts'
import type { DraftInput } from './draft-input.ts'

export type CheckState =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'report'; readonly report: CheckReport }
  | { readonly kind: 'fault'; readonly fault: Fault }

const quietMs = 300
/** A cluster that moves is not asked at each of its moves. */
const laterMs = 2_000

/**
 * Preflight for the draft as it stands, asked once the hands have been still, and again when the cluster has changed in
 * a way that checks look at. An answer to an older draft is dropped; one about this draft stays until the next.
 */
export function useCheck(view: PipelineView, input: DraftInput): CheckState {
  const { ports } = useStores()
  const isEmpty = draftKind(input) === 'nothing'
  const { value, fault } = useAnswer({
    subject: isEmpty ? undefined : JSON.stringify(input),
    occasion: checkOccasion(view),
    quietMs,
    laterMs,
    ask: () => ports.client.call('release/check', input),
  })
  if (isEmpty) return { kind: 'nothing' }
  if (fault !== undefined) return { kind: 'fault', fault }
  return value === undefined ? { kind: 'checking' } : { kind: 'report', report: value }
}
