import type { z } from 'zod'
import type { CommandName, CommandOutput, commands } from '../../shared/contract.ts'
import type { Reply } from '../../shared/fault.ts'
import type { GuardedName, Permit } from './command-ways.ts'

export type Handlers = {
  readonly [N in CommandName]: (input: Parsed<N>) => Promise<Reply<CommandOutput<N>>>
}
export type Parsed<N extends CommandName> = z.output<(typeof commands)[N]['input']>
/** What the commands do. One that may be refused on a read-only cluster is handed the permit that it has to ask. */
export type Acts = {
  readonly [N in CommandName]: N extends GuardedName
    ? (input: Parsed<N>, permit: Permit) => Promise<Reply<CommandOutput<N>>>
    : (input: Parsed<N>) => Promise<Reply<CommandOutput<N>>>
}
