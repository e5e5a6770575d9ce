import { commonOptions, optionTable, type OptionRow } from '../arguments/option-table.ts'
import type { CommandDescription } from '../arguments/command-description.ts'
import type { Language } from '../arguments/language.ts'

/** What a shell has to know to complete a line; the same for every shell. */
export type CompletionEntry = {
  readonly name: string
  readonly what: string
  /** Words that may stand behind the name, place by place; none where any word may stand. */
  readonly words: readonly (readonly string[])[]
  readonly options: readonly OptionEntry[]
}

export type OptionEntry = {
  readonly name: string
  readonly short: string | undefined
  readonly what: string
  /** What its value is; undefined for a flag. */
  readonly value: 'any' | 'file' | 'folder' | readonly string[] | undefined
}

export function completionEntries(
  commands: readonly CommandDescription[],
  language: Language,
): readonly CompletionEntry[] {
  return commands.map(({ name, takes, options, ownOptions, what }) => ({
    name,
    what: firstSentence(what[language]),
    words: takes.map((word) => (word.includes('|') ? word.split('|') : [])),
    options: [
      ...options.map((one) => optionEntry(one, optionTable[one], language)),
      ...Object.entries(ownOptions ?? {}).map(([one, row]) => optionEntry(one, row, language)),
    ],
  }))
}

export function commonEntries(language: Language): readonly OptionEntry[] {
  return commonOptions.map((name) => optionEntry(name, optionTable[name], language))
}

function optionEntry(name: string, row: OptionRow, language: Language): OptionEntry {
  return { name, short: row.short, what: firstSentence(row.what[language]), value: valueOf(row) }
}

function valueOf({ kind, reads }: OptionRow): OptionEntry['value'] {
  if (kind === 'flag') return undefined
  if (typeof reads === 'object' || reads === 'file' || reads === 'folder') return reads
  return 'any'
}

/** A shell shows it in one line beside the word. */
function firstSentence(text: string): string {
  return /^.*?(?=[.;](?:\s|$)|。|；)/.exec(text)?.[0] ?? text
}
