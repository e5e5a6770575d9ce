import type { CommandName, OptionName } from '../arguments/option-table.ts'

export type HelpWords = {
  readonly usage: string
  readonly about: string
  readonly commandsHead: string
  readonly optionsHead: string
  readonly commonHead: string
  readonly exitHead: string
  readonly more: string
  readonly commands: Readonly<Record<CommandName, { readonly takes: string; readonly what: string }>>
  /** `=` and what an option takes, then what it does. */
  readonly options: Readonly<Record<OptionName, { readonly takes?: string; readonly what: string }>>
  readonly exits: readonly (readonly [code: string, what: string])[]
}
