import { useCallback, useRef, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract.ts'
import type { Fault, Reply } from '../../shared/fault.ts'
import { useStores } from './store-context.tsx'

export type CommandState = {
  readonly busy: boolean
  readonly fault: Fault | undefined
}

/** One command with its button's state: busy until answered, a fault is kept where it happened until the next call. */
export function useCommand<N extends CommandName>(name: N) {
  const { ports } = useStores()
  const [state, setState] = useState<CommandState>({ busy: false, fault: undefined })
  const running = useRef(false)
  const call = useCallback(
    async (input: CommandInput<N>): Promise<Reply<CommandOutput<N>> | undefined> => {
      // A second click before the answer does nothing: the state of React may be one frame late.
      if (running.current) return undefined
      running.current = true
      setState({ busy: true, fault: undefined })
      const reply = await ports.client.call(name, input)
      running.current = false
      setState({ busy: false, fault: reply.ok ? undefined : reply.fault })
      return reply
    },
    [ports, name],
  )
  return { ...state, call }
}
