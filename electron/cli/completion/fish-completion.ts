import type { CompletionEntry, OptionEntry } from './completion-entry.ts'

/** For fish 3 and later. */
export function fishCompletion(entries: readonly CompletionEntry[], common: readonly OptionEntry[]): string {
  const names = entries.map((one) => one.name).join(' ')
  const first = `not __fish_seen_subcommand_from ${names}`
  return [
    'complete -c tranche -f',
    ...common.map((one) => line(one)),
    ...entries.flatMap(({ name, what, words, options }) => {
      const here = `__fish_seen_subcommand_from ${name}`
      return [
        `complete -c tranche -n ${quoted(first)} -a ${name} -d ${quoted(what)}`,
        ...options.map((one) => line(one, here)),
        ...words
          .filter((some) => some.length > 0)
          .map(
            (some) =>
              `complete -c tranche -n ${quoted(`${here}; and not __fish_seen_subcommand_from ${some.join(' ')}`)} -a ${quoted(some.join(' '))}`,
          ),
      ]
    }),
    '',
  ].join('\n')
}

function line({ name, short, what, value }: OptionEntry, when?: string): string {
  return [
    'complete -c tranche',
    ...(when === undefined ? [] : [`-n ${quoted(when)}`]),
    ...(short === undefined ? [] : [`-s ${short}`]),
    `-l ${name}`,
    ...taking(value),
    `-d ${quoted(what)}`,
  ].join(' ')
}

function taking(value: OptionEntry['value']): readonly string[] {
  if (value === undefined) return []
  if (typeof value === 'object') return ['-x', `-a ${quoted(value.join(' '))}`]
  if (value === 'folder') return ['-x', "-a '(__fish_complete_directories)'"]
  return value === 'file' ? ['-r', '-F'] : ['-x']
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
