import type { InEveryLanguage } from './language.ts'
import type { OptionName, OptionRow } from './option-table.ts'
import type { UsageProblem } from './usage-problem.ts'

/** What was typed behind the name of a command: its words, and the values of each option in order. */
export type Arguments = {
  readonly rest: readonly string[]
  readonly given: ReadonlyMap<string, readonly string[]>
}

/** What the terminal has to know of a command to read its line and to explain it. */
export type CommandDescription = {
  readonly name: string
  /** The words that may stand behind its name, as its help shows them. `[SERVICE]` is read as the Service. */
  readonly takes: readonly string[]
  /** Those of the option table that it takes besides the common ones. */
  readonly options: readonly OptionName[]
  /** Options that no other command has. */
  readonly ownOptions?: Readonly<Record<string, OptionRow>>
  readonly what: InEveryLanguage
  /** What is wrong with its line, beyond what is wrong with a single option. */
  readonly problem?: (line: Arguments) => UsageProblem | undefined
}
