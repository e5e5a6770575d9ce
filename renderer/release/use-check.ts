import { useEffect, useMemo, useState } from 'react'
import type { Fault } from '../../shared/fault.ts'
import type { CheckReport } from '../../shared/model/check.ts'
import { useStores } from '../stores/store-context.tsx'
import { draftKind } from './draft-input.ts'
import type { DraftInput } from './draft-input.ts'

export type CheckState =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'report'; readonly report: CheckReport }
  | { readonly kind: 'fault'; readonly fault: Fault }

const quietMs = 300

/** Preflight for the draft as it stands, asked once the hands have been still. An answer to an older draft is dropped. */
export function useCheck(input: DraftInput): CheckState {
  const { ports } = useStores()
  const key = useMemo(() => JSON.stringify(input), [input])
  const empty = draftKind(input) === 'nothing'
  const [answer, setAnswer] = useState<{ readonly key: string; readonly state: CheckState }>()
  useEffect(() => {
    if (empty) return
    let wanted = true
    const cancel = ports.after(quietMs, () => {
      const asked = JSON.parse(key) as DraftInput
      void ports.client.call('release/check', asked).then((reply) => {
        if (!wanted) return
        const state: CheckState = reply.ok
          ? { kind: 'report', report: reply.value }
          : { kind: 'fault', fault: reply.fault }
        setAnswer({ key, state })
      })
    })
    return () => {
      wanted = false
      cancel()
    }
  }, [ports, key, empty])
  if (empty) return { kind: 'nothing' }
  return answer?.key === key ? answer.state : { kind: 'checking' }
}
