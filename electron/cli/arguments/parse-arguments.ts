import { parseArgs } from 'node:util'
import { nearestWord } from './nearest-word.ts'
import {
  commandNames,
  commandOptions,
  commonOptions,
  isCommand,
  optionKinds,
  shortNames,
  type CommandName,
  type OptionName,
} from './option-table.ts'

/** What was typed: which command, what stands behind it, and the values of each option in order. */
export type Arguments = {
  readonly command?: CommandName
  readonly rest: readonly string[]
  readonly given: ReadonlyMap<OptionName, readonly string[]>
}

/** Why a command line can't be understood. */
export type UsageProblem =
  | { readonly kind: 'unknown-command'; readonly word: string; readonly near?: string }
  | { readonly kind: 'unknown-option'; readonly option: string; readonly near?: string }
  | { readonly kind: 'not-here'; readonly option: string; readonly command: string }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'value-for-flag'; readonly option: string }
  | { readonly kind: 'bad-value'; readonly option: string; readonly value: string; readonly allowed: string }
  | { readonly kind: 'too-many'; readonly word: string }
  | { readonly kind: 'together'; readonly options: readonly string[] }
  | { readonly kind: 'nothing-to-release' }
  | { readonly kind: 'ask-what' }
  | { readonly kind: 'back-to-what' }
  | { readonly kind: 'no-detach' }
  | { readonly kind: 'no-such-batch'; readonly word: string; readonly batches: readonly string[] }
  | { readonly kind: 'which-container'; readonly word?: string; readonly names: readonly string[] }
  /** Several references without a container: each would be for the application. */
  | { readonly kind: 'which-image'; readonly images: readonly string[] }
  | { readonly kind: 'one-batch'; readonly names: readonly string[] }
  | { readonly kind: 'which-batch'; readonly word: string; readonly names: readonly string[] }
  | { readonly kind: 'which-context'; readonly names: readonly string[] }
  | { readonly kind: 'no-such-context'; readonly word: string; readonly near?: string }
  | { readonly kind: 'no-contexts'; readonly lookedAt: readonly string[] }
  | { readonly kind: 'which-service'; readonly names: readonly string[]; readonly namespace: string }
  | { readonly kind: 'no-file'; readonly path: string; readonly message: string }
  | { readonly kind: 'needs-consent' }
  | { readonly kind: 'needs-yes' }

type Parsed =
  { readonly ok: true; readonly value: Arguments } | { readonly ok: false; readonly problem: UsageProblem }

const mostWords: Partial<Record<CommandName, number>> = { contexts: 0, doctor: 0, ask: 2 }

export function parseArguments(args: readonly string[]): Parsed {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(optionKinds).map(([name, kind]) => {
        const short = shortNames[name as OptionName]
        return [name, { type: kind === 'flag' ? 'boolean' : 'string', ...(short !== undefined && { short }) }]
      }),
    ),
    allowPositionals: true,
    // Its own complaints are in English only and know nothing of what is near.
    strict: false,
    tokens: true,
  })
  const [word, ...rest] = positionals
  if (word !== undefined && !isCommand(word))
    return wrong({ kind: 'unknown-command', word, ...near(word, commandNames) })
  const given = new Map<OptionName, readonly string[]>()
  const mine: readonly OptionName[] =
    word === undefined ? commonOptions : [...commonOptions, ...commandOptions[word]]
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName: option, value } = token
    if (!isOption(name))
      return wrong({
        kind: 'unknown-option',
        option,
        ...near(
          option,
          mine.map((one) => `--${one}`),
        ),
      })
    if (!mine.includes(name)) return wrong({ kind: 'not-here', option, command: word ?? '' })
    const kind = optionKinds[name]
    if (kind === 'flag' && value !== undefined) return wrong({ kind: 'value-for-flag', option })
    if (kind !== 'flag' && (value === undefined || value === '')) return wrong({ kind: 'no-value', option })
    const values = kind === 'list' && name !== 'image' ? (value ?? '').split(',') : [value ?? '']
    given.set(name, kind === 'list' ? [...(given.get(name) ?? []), ...values] : values)
  }
  const most = word === undefined ? 0 : (mostWords[word] ?? 1)
  const extra = rest[most]
  if (extra !== undefined) return wrong({ kind: 'too-many', word: extra })
  return { ok: true, value: { ...(word !== undefined && { command: word }), rest, given } }
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(optionKinds, name)
}

function near(word: string, all: readonly string[]): { readonly near?: string } {
  const found = nearestWord(word, all)
  return found === undefined ? {} : { near: found }
}

function wrong(problem: UsageProblem): Parsed {
  return { ok: false, problem }
}
