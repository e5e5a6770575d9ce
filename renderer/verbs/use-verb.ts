import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Fault } from '../../shared/fault.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { verbKey } from '../stores/verbs.ts'

type VerbState = {
  readonly run: () => void
  /** Sent, and not answered yet. */
  readonly busy: boolean
  /** What became of this very verb, until it is tried again or dismissed. */
  readonly fault: Fault | undefined
  readonly dismiss: () => void
}

/** A verb where it is offered: here stands what is told of it, and of no other. */
export function useVerb(verb: VerbView): VerbState {
  const { verbs, notes } = useStores()
  const key = usePipeline((view) => (view === undefined ? '' : verbKey(view, verb)))
  const busy = useStore(verbs.store, (state) => state[key] === true)
  const note = useStore(notes.store, (state) => state.notes.find((one) => one.key === key))
  useEffect(() => notes.show(key), [notes, key])
  return {
    run: () => verbs.run(verb),
    busy,
    fault: note?.told.kind === 'fault' ? note.told.fault : undefined,
    dismiss: () => notes.forget(key),
  }
}
