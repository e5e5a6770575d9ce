import { useCallback, useContext, useEffect, useId, useRef, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import type { Fault, Reply } from '../../shared/fault.ts'
import { isTold } from './notes.ts'
import { Opening } from './opening.ts'
import { useStores, useUi } from './store-context.tsx'
import type { Selection } from './ui.ts'

type CommandState = {
  readonly busy: boolean
  readonly fault: Fault | undefined
}

type Own = CommandState & { readonly about: string }

/**
 * One command with its button's state: busy until answered, a fault is kept where it happened until the next call. Both
 * are about what was looked at when it was called: of a refusal that comes later, or whose place goes, a note stays.
 */
export function useCommand<N extends CommandName>(name: N) {
  const { ports, ui, notes, clusters } = useStores()
  const id = useId()
  // Whoever closes a dialog has read what stood in it.
  const inDialog = useContext(Opening) !== undefined
  const about = useUi((state) => JSON.stringify(state.selection))
  const [state, setState] = useState<Own>({ about, busy: false, fault: undefined })
  const here = useRef<string | undefined>(undefined)
  const latest = useRef(state)
  const set = useCallback((next: Own) => {
    latest.current = next
    setState(next)
  }, [])
  const note = useCallback(
    (fault: Fault, of: string) => {
      // Who did not agree knows it.
      if (!isTold(name) || fault.code === 'declined') return
      const place = JSON.parse(of) as Selection
      const isHere = of === JSON.stringify(ui.getState().selection)
      if (name === 'cluster/connect' && isHere && saysSo(clusters.getState().payload, place, fault)) return
      notes.add({
        key: `${id} ${of}`,
        place,
        what: { kind: 'command', name },
        told: { kind: 'fault', fault },
      })
    },
    [notes, name, id, ui, clusters],
  )
  const running = useRef<string | undefined>(undefined)
  useEffect(() => {
    here.current = about
    // Who comes back before the answer finds it still on its way: another press would do nothing.
    if (running.current === about) set({ about, busy: true, fault: undefined })
    return () => {
      here.current = undefined
      const { fault, about: of } = latest.current
      if (fault !== undefined && of === about && !inDialog) note(fault, of)
      set({ about: '', busy: false, fault: undefined })
    }
  }, [about, inDialog, note, set])
  const call = useCallback(
    async (input: CommandInput<N>): Promise<Reply<CommandOutput<N>> | undefined> => {
      const asked = JSON.stringify(ui.getState().selection)
      // A second click before the answer does nothing: the state of React may be one frame late.
      if (running.current === asked) return undefined
      running.current = asked
      set({ about: asked, busy: true, fault: undefined })
      const reply = await ports.client.call(name, input)
      if (running.current === asked) running.current = undefined
      if (here.current === asked)
        set({ about: asked, busy: false, fault: reply.ok ? undefined : reply.fault })
      else if (!reply.ok) note(reply.fault, asked)
      return reply
    },
    [ports, ui, name, note, set],
  )
  const isOwn = state.about === about
  return { busy: isOwn && state.busy, fault: isOwn ? state.fault : undefined, call }
}

/**
 * A cluster that could not be connected says so by itself while it is looked at, and who has given up knows it. One
 * that is connected by now, or rests, says nothing of it.
 */
function saysSo(view: ClustersView | undefined, { connection }: Selection, fault: Fault): boolean {
  const state = view?.clusters.find((one) => one.id === connection)?.state.kind
  return fault.code === 'closed' || state === 'connecting' || state === 'consent' || state === 'failed'
}
