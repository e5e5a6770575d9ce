import { parseArgs } from 'node:util'
import type { Arguments, CommandDescription } from './command-description.ts'
import { nearestWord } from './nearest-word.ts'
import { commonOptions, optionTable, type OptionName, type OptionRow } from './option-table.ts'
import type { UsageProblem } from './usage-problem.ts'

type Parsed<C> =
  | { readonly ok: true; readonly command?: C; readonly line: Arguments }
  | { readonly ok: false; readonly problem: UsageProblem }

/** The options that may stand on a line with this command, or with none. */
export function optionsOf(command?: CommandDescription): Readonly<Record<string, OptionRow>> {
  const names: readonly OptionName[] = [...commonOptions, ...(command?.options ?? [])]
  return { ...Object.fromEntries(names.map((name) => [name, optionTable[name]])), ...command?.ownOptions }
}

/** Takes a line apart. What the values mean is not looked at. */
export function parseArguments<C extends CommandDescription>(
  args: readonly string[],
  commands: readonly C[],
): Parsed<C> {
  const own = commands.flatMap((one) => Object.entries(one.ownOptions ?? {}))
  const known: Readonly<Record<string, OptionRow>> = { ...Object.fromEntries(own), ...optionTable }
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { kind, short }]) => [
        name,
        { type: kind === 'flag' ? 'boolean' : 'string', ...(short !== undefined && { short }) },
      ]),
    ),
    allowPositionals: true,
    // Its own complaints are in English only and know nothing of what is near.
    strict: false,
    tokens: true,
  })
  const [word, ...rest] = positionals
  const command = commands.find((one) => one.name === word)
  if (word !== undefined && command === undefined) {
    const names = commands.map((one) => one.name)
    return wrong({ kind: 'unknown-command', word, ...near(word, names) })
  }
  const mine = optionsOf(command)
  const given = new Map<string, readonly string[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName: option, value } = token
    const row = Object.hasOwn(mine, name) ? mine[name] : undefined
    if (row === undefined) {
      return Object.hasOwn(known, name)
        ? wrong({ kind: 'not-here', option, command: word ?? '' })
        : wrong({ kind: 'unknown-option', option, ...near(option, Object.keys(mine).map(long)) })
    }
    const { kind } = row
    if (kind === 'flag' && value !== undefined) return wrong({ kind: 'value-for-flag', option })
    if (kind !== 'flag' && (value === undefined || value === '')) return wrong({ kind: 'no-value', option })
    const values = kind === 'list' && name !== 'image' ? (value ?? '').split(',') : [value ?? '']
    given.set(name, kind === 'list' ? [...(given.get(name) ?? []), ...values] : values)
  }
  const takes = command?.takes.length ?? 0
  const extra = rest[takes]
  if (extra !== undefined) return wrong({ kind: 'too-many', word: extra, command: word ?? '', takes })
  return { ok: true, ...(command !== undefined && { command }), line: { rest, given } }
}

function long(name: string): string {
  return `--${name}`
}

function near(word: string, all: readonly string[]): { readonly near?: string } {
  const found = nearestWord(word, all)
  return found === undefined ? {} : { near: found }
}

function wrong(problem: UsageProblem): { readonly ok: false; readonly problem: UsageProblem } {
  return { ok: false, problem }
}
