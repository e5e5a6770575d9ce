import type { PluginConsent } from '../../../shared/model/plugin-consent.ts'
import { pluginWords } from '../../../shared/words/plugin-words.ts'
import { quoted } from '../../../shared/words/quoted.ts'
import type { Language } from '../arguments/language.ts'
import { padEnd, widthOf } from '../output/text-table.ts'

const heads = {
  en: {
    title: 'To sign in, this context runs a program on this machine:',
    program: 'program',
    written: 'written as',
    argument: (number: number, of: number) => `argument ${number}/${of}`,
    noArguments: 'no arguments',
    variable: 'variable',
    file: 'named in',
  },
  zh: {
    title: '登录此上下文需要在本机运行一个程序：',
    program: '程序',
    written: '配置中写作',
    argument: (number: number, of: number) => `参数 ${number}/${of}`,
    noArguments: '无参数',
    variable: '环境变量',
    file: '来自文件',
  },
} as const

/**
 * What would be run, one argument a line, each as it is and where it ends. What is longer than a line goes on under a
 * mark in front: words of a kubeconfig can't be taken for a line of ours.
 */
export function consentLines(
  plugin: PluginConsent,
  { language, columns }: { readonly language: Language; readonly columns: number },
): readonly string[] {
  const words = heads[language]
  const rows: readonly (readonly [head: string, text: string])[] = [
    [words.program, quoted(plugin.command)],
    ...(plugin.written === plugin.command ? [] : ([[words.written, quoted(plugin.written)]] as const)),
    ...(plugin.args.length === 0 ? ([[words.noArguments, '']] as const) : []),
    ...plugin.args.map(
      (argument, index) => [words.argument(index + 1, plugin.args.length), quoted(argument)] as const,
    ),
    ...plugin.env.map((name) => [words.variable, quoted(name)] as const),
    [words.file, quoted(plugin.file)],
  ]
  const width = Math.max(...rows.map(([head]) => widthOf(head)))
  const room = Math.max(20, columns - width - 8)
  return [
    words.title,
    ...rows.flatMap(([head, text]) =>
      cut(text, room).map((part, index) =>
        `  ${padEnd(index === 0 ? head : '', width)}  ${index === 0 ? '' : '… '}${part}`.trimEnd(),
      ),
    ),
    ...plugin.warnings.flatMap((warning) =>
      cut(pluginWords[language].warning(warning), columns - 4).map(
        (part, index) => `${index === 0 ? '!' : ' '} ${part}`,
      ),
    ),
  ]
}

/** In pieces that fit, wherever that is: what is quoted has no place at which it may be broken. */
function cut(text: string, room: number): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (const letter of text) {
    if (part !== '' && widthOf(part + letter) > room) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}
