import { parseTime, type ParsedTime } from '../../../shared/history/time-text.ts'
import type { FailurePolicy } from '../../../shared/release/plan.ts'
import { parseDuration } from './durations.ts'
import { languageOf, type Language } from './language.ts'
import type { Arguments, CommandDescription } from './command-description.ts'
import { failurePolicies, templateConflicts, type OptionName, type OptionRow } from './option-table.ts'
import { optionsOf, parseArguments } from './parse-arguments.ts'
import type { UsageProblem } from './usage-problem.ts'

/** A command line, understood. */
export type Options = {
  readonly language: Language
  readonly json: boolean
  readonly help: boolean
  readonly version: boolean
  readonly verbose: boolean
  readonly yes: boolean
  readonly trustPlugins: boolean
  readonly training: boolean
  readonly timeoutSeconds?: number
  readonly context?: string
  readonly kubeconfig?: string
  readonly dataFolder?: string
  readonly namespace?: string
  readonly service?: string
  readonly watch: boolean
  readonly untilApproval: boolean
  readonly approveAll: boolean
  readonly withoutLock: boolean
  /** The production cluster that is meant to be changed, by its name. */
  readonly production?: string
  readonly supersede?: 'canary' | 'rest'
  /** `go-back` may take the place of a release that has not ended. */
  readonly takeOver: boolean
  readonly batchByBatch: boolean
  readonly back: BackOptions
  /** As it was typed: what only one command reads. */
  readonly line: Arguments
  readonly batches: readonly string[]
  readonly draft: DraftOptions
}

/** The value of `--at` for the time before the last changes that belong together. */
export const beforeIncident = 'incident'

/** Where `go-back` goes, if not to a tag. */
export type BackOptions = {
  readonly revision?: number
  /** As it was typed: `14:05` depends on the day. */
  readonly at?: string
  /** Ids of releases. */
  readonly before?: string
  readonly after?: string
}

export type DraftOptions = {
  /** `reference`, or `container=reference`. */
  readonly images: readonly string[]
  readonly tag?: string
  /** The container that is the application. */
  readonly container?: string
  readonly restart: boolean
  readonly template?: string
  /** Which of two holds where the edited template and a batch both changed a place. */
  readonly templateConflicts?: (typeof templateConflicts)[number]
  readonly skip: readonly string[]
  readonly batchLimitSeconds?: number
  readonly onFailure: FailurePolicy
}

type Read<C> =
  | { readonly ok: true; readonly options: Options; readonly command?: C }
  | { readonly ok: false; readonly problem: UsageProblem }

/** The language to complain in, before anything else is understood. */
export function languageAsked(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const index = args.findIndex((one) => one === '--lang' || one.startsWith('--lang='))
  const asked = args[index]?.split('=')[1] ?? args[index + 1]
  return index >= 0 && (asked === 'zh' || asked === 'en') ? asked : languageOf(env)
}

/** A command line, read as one of these commands, or as none where none is named. */
export function readOptions<C extends CommandDescription>(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  commands: readonly C[],
): Read<C> {
  const parsed = parseArguments(args, commands)
  if (!parsed.ok) return parsed
  const { command, line } = parsed
  const { rest, given } = line
  const value = (name: OptionName): string | undefined => given.get(name)?.at(-1)
  const problem = problemOf(line, command)
  if (problem !== undefined) return { ok: false, problem }
  const context = value('context')
  const kubeconfig = value('kubeconfig')
  const dataFolder = value('data-folder')
  const namespace = value('namespace')
  const service = value('service') ?? rest[command?.takes.indexOf('[SERVICE]') ?? 0]
  const timeoutSeconds = seconds(value('timeout'))
  const production = value('production')
  const supersede = oneOf(value('supersede'), ['canary', 'rest'])
  return {
    ok: true,
    ...(command !== undefined && { command }),
    options: {
      line,
      language: languageAsked(args, env),
      json: value('output') === 'json',
      help: given.has('help'),
      version: given.has('version'),
      verbose: given.has('verbose'),
      yes: given.has('yes'),
      trustPlugins: given.has('trust-plugins'),
      training: given.has('training'),
      watch: given.has('watch'),
      untilApproval: given.has('until'),
      approveAll: given.has('approve-all'),
      withoutLock: given.has('without-lock'),
      takeOver: given.has('take-over'),
      batchByBatch: given.has('batch-by-batch'),
      batches: given.get('batch') ?? [],
      back: backOptions(line),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      ...(context !== undefined && { context }),
      ...(kubeconfig !== undefined && { kubeconfig }),
      ...(dataFolder !== undefined && { dataFolder }),
      ...(namespace !== undefined && { namespace }),
      ...(service !== undefined && { service }),
      ...(production !== undefined && { production }),
      ...(supersede !== undefined && { supersede }),
      draft: draftOptions(line),
    },
  }
}

function backOptions({ given }: Arguments): BackOptions {
  const value = (name: OptionName): string | undefined => given.get(name)?.at(-1)
  const [revision, at, before, after] = [value('revision'), value('at'), value('before'), value('after')]
  return {
    ...(revision !== undefined && { revision: Number(revision) }),
    ...(at !== undefined && { at }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }
}

function draftOptions({ given }: Arguments): DraftOptions {
  const value = (name: OptionName): string | undefined => given.get(name)?.at(-1)
  const tag = value('tag')
  const container = value('container')
  const template = value('template')
  const conflicts = oneOf(value('template-conflicts'), templateConflicts)
  const batchLimitSeconds = seconds(value('batch-limit'))
  return {
    images: given.get('image') ?? [],
    restart: given.has('restart'),
    skip: given.get('skip') ?? [],
    onFailure: oneOf(value('on-failure'), failurePolicies) ?? 'pause',
    ...(tag !== undefined && { tag }),
    ...(container !== undefined && { container }),
    ...(template !== undefined && { template }),
    ...(conflicts !== undefined && { templateConflicts: conflicts }),
    ...(batchLimitSeconds !== undefined && { batchLimitSeconds }),
  }
}

/** Where `go-back` may go. */
export const backTo = ['tag', 'revision', 'at', 'before', 'after'] as const satisfies readonly OptionName[]
/** Only one of each row. */
const exclusive: readonly (readonly string[])[] = [
  ['restart', 'template', 'image'],
  ['restart', 'template', 'tag'],
  ['image', 'tag'],
  ['restart', 'template', 'container'],
  backTo,
  ['approve-all', 'no-approval'],
  ['approve-all', 'until'],
  ['context', 'training'],
  ['kubeconfig', 'training'],
]

/** What may stand there instead: which of two, where the clocks were set back. */
export function timesAllowed(wrong: Exclude<ParsedTime, { readonly kind: 'time' }>): string {
  return wrong.kind === 'twice'
    ? wrong.texts.join(', ')
    : `14:05, 14:05:30, 2026-11-24T14:05, 2026-11-24T14:05+01:00, ${beforeIncident}`
}

function problemOf(line: Arguments, command?: CommandDescription): UsageProblem | undefined {
  const { given } = line
  const rows = optionsOf(command)
  for (const [name, values] of given) {
    const value = values.at(-1) ?? ''
    const allowed = rows[name]?.reads === undefined ? undefined : wrongFor(rows[name].reads, value)
    if (allowed !== undefined) return { kind: 'bad-value', option: `--${name}`, value, allowed }
  }
  for (const row of exclusive) {
    const together = row.filter((name) => given.has(name))
    if (together.length > 1) return { kind: 'together', options: together.map((name) => `--${name}`) }
  }
  return given.has('help') ? undefined : command?.problem?.(line)
}

/** What may stand there instead, if it can't be read. */
function wrongFor(reads: NonNullable<OptionRow['reads']>, value: string): string | undefined {
  switch (reads) {
    case 'duration':
      return seconds(value) === undefined ? '30, 30s, 2m, 1h' : undefined
    case 'number':
      return /^\d+$/.test(value) ? undefined : '0, 1, 2 …'
    case 'time': {
      const time = value === beforeIncident ? undefined : parseTime(value, 0)
      return time === undefined || time.kind === 'time' ? undefined : timesAllowed(time)
    }
    case 'file':
    case 'folder':
      return undefined
    default:
      return reads.includes(value) ? undefined : reads.join(', ')
  }
}

function seconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text)
}

function oneOf<T extends string>(text: string | undefined, all: readonly T[]): T | undefined {
  return all.find((one) => one === text)
}
