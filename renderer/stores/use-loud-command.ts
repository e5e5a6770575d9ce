import { useCallback } from 'react'
import type { CommandInput } from '../../shared/contract.ts'
import type { ToldCommand } from './notes.ts'
import { useStores } from './store-context.tsx'

/** A command whose button has no room for an answer: a refusal is told as a note. */
export function useLoudCommand<N extends ToldCommand>(name: N) {
  const { ports, ui, notes } = useStores()
  return useCallback(
    async (input: CommandInput<N>): Promise<boolean> => {
      const place = ui.getState().selection
      notes.forget(name)
      const reply = await ports.client.call(name, input)
      if (reply.ok) return true
      const told = { kind: 'fault', fault: reply.fault } as const
      notes.add({ key: name, place, what: { kind: 'command', name }, told })
      return false
    },
    [ports, ui, notes, name],
  )
}
