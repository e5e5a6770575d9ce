import { helpEn } from './help-en.ts'
import { helpZh } from './help-zh.ts'
import type { CommandDescription } from '../arguments/command-description.ts'
import type { Language } from '../arguments/language.ts'
import { commonOptions, optionTable, type OptionRow } from '../arguments/option-table.ts'
import { padEnd, wrap, widthOf } from '../output/text-table.ts'

const width = 80

/** The whole help. */
export function helpText(commands: readonly CommandDescription[], language: Language): string {
  const words = wordsIn(language)
  return textOf([
    words.usage,
    '',
    ...wrap(words.about, width),
    '',
    words.commandsHead,
    ...twoColumns(commands.map((one) => [headOf(one), one.what[language]])),
    '',
    words.commonHead,
    ...commonLines(language),
    '',
    words.exitHead,
    ...twoColumns(words.exits),
    '',
    words.more,
  ])
}

/** The help of one command. */
export function commandHelp(command: CommandDescription, language: Language): string {
  const words = wordsIn(language)
  const own = [
    ...command.options.map((name) => [name, optionTable[name]] as const),
    ...Object.entries(command.ownOptions ?? {}),
  ]
  return textOf([
    `tranche ${headOf(command)}`,
    '',
    ...wrap(command.what[language], width),
    ...(own.length === 0 ? [] : ['', words.optionsHead, ...optionLines(own, language)]),
    '',
    words.commonHead,
    ...commonLines(language),
  ])
}

function wordsIn(language: Language): typeof helpEn {
  return language === 'zh' ? helpZh : helpEn
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}

function headOf({ name, takes }: CommandDescription): string {
  return [name, ...takes].join(' ')
}

function commonLines(language: Language): readonly string[] {
  return optionLines(
    commonOptions.map((name) => [name, optionTable[name]]),
    language,
  )
}

function optionLines(
  rows: readonly (readonly [name: string, row: OptionRow])[],
  language: Language,
): readonly string[] {
  return twoColumns(
    rows.map(([name, { short, takes, what }]) => {
      const value = typeof takes === 'object' ? takes[language] : takes
      const head = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
      return [head, what[language]]
    }),
  )
}

function twoColumns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const first = Math.min(30, Math.max(...rows.map(([head]) => widthOf(head))))
  return rows.flatMap(([head, what]) => {
    const [line = '', ...more] = wrap(what, width - first - 4)
    const start =
      widthOf(head) > first
        ? [`  ${head}`, `  ${padEnd('', first)}  ${line}`]
        : [`  ${padEnd(head, first)}  ${line}`]
    return [...start, ...more.map((one) => `  ${padEnd('', first)}  ${one}`)]
  })
}
