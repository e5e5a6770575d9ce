import type { Arguments, CommandDescription } from '../arguments/command-description.ts'
import type { Language } from '../arguments/language.ts'
import type { CommandContext } from '../session/command-context.ts'
import type { Ending } from '../session/ending.ts'

/** A command of the terminal. Once it stands in the command table its line, its help and its completion are there. */
export type Command = ActingCommand | PrintingCommand

/** Works with a cluster, or with what is known of several. */
export type ActingCommand = CommandDescription & {
  /** It keeps nothing on this machine: that nothing can be kept is no news to whoever only looks. */
  readonly readsOnly?: true
  readonly run: (context: CommandContext) => Promise<Ending>
}

/** Prints something that is known without any cluster; no application is started for it. */
type PrintingCommand = CommandDescription & {
  readonly print: (line: Arguments, commands: readonly CommandDescription[], language: Language) => string
}
