import { helpEn } from './help-en.ts'
import { helpZh } from './help-zh.ts'
import type { Language } from '../arguments/language.ts'
import {
  commandNames,
  commandOptions,
  commonOptions,
  shortNames,
  type CommandName,
  type OptionName,
} from '../arguments/option-table.ts'
import { padEnd, wrap, widthOf } from '../output/text-table.ts'
import type { HelpWords } from './help-words.ts'

const width = 80

/** The whole help, or that of one command. */
export function helpText(command: CommandName | undefined, language: Language): string {
  const words = language === 'zh' ? helpZh : helpEn
  const lines =
    command === undefined
      ? [
          words.usage,
          '',
          ...wrap(words.about, width),
          '',
          words.commandsHead,
          ...twoColumns(commandNames.map((name) => [nameOf(words, name), words.commands[name].what])),
          '',
          words.commonHead,
          ...optionLines(words, commonOptions),
          '',
          words.exitHead,
          ...twoColumns(words.exits),
          '',
          words.more,
        ]
      : [
          `tranche ${nameOf(words, command)}`,
          '',
          ...wrap(words.commands[command].what, width),
          ...(commandOptions[command].length === 0
            ? []
            : ['', words.optionsHead, ...optionLines(words, commandOptions[command])]),
          '',
          words.commonHead,
          ...optionLines(words, commonOptions),
        ]
  return `${lines.join('\n')}\n`
}

function nameOf(words: HelpWords, name: CommandName): string {
  const { takes } = words.commands[name]
  return takes === '' ? name : `${name} ${takes}`
}

function optionLines(words: HelpWords, names: readonly OptionName[]): readonly string[] {
  return twoColumns(
    names.map((name) => {
      const { takes, what } = words.options[name]
      const short = shortNames[name]
      const head = `${short === undefined ? '' : `-${short}, `}--${name}${takes === undefined ? '' : ` ${takes}`}`
      return [head, what]
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
