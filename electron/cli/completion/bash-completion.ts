import type { CompletionEntry, OptionEntry } from './completion-entry.ts'

/**
 * For bash 3.2 (macOS) and later, without the package bash-completion. Everything it offers stands in it: nothing that
 * is on the line is run or evaluated.
 */
export function bashCompletion(entries: readonly CompletionEntry[], common: readonly OptionEntry[]): string {
  const all = [...common, ...entries.flatMap((one) => one.options)]
  const valued = unique(all.filter((one) => one.value !== undefined).flatMap(names))
  return `_tranche() {
  local IFS=$' \\t\\n'
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= place=0 words= options= i
  # In --lang=zh the sign stands for itself.
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${valued.join('|')}) [[ \${COMP_WORDS[i+1]} == = ]] && ((i++)); ((i++)) ;;
      -*|=) ;;
      *) if [[ -z $command ]]; then command=\${COMP_WORDS[i]}; else ((place++)); fi ;;
    esac
  done
  COMPREPLY=()
  case $before in
${unique(all.flatMap(valueCase)).join('\n')}
  esac
  case $command in
    '') words='${entries.map((one) => one.name).join(' ')}' ;;
${entries.map(commandCase).join('\n')}
  esac
  [[ $word == -* ]] && words="$options ${common.flatMap(names).join(' ')}"
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _tranche tranche
`
}

function commandCase({ name, words, options }: CompletionEntry): string {
  const places = words.flatMap((some, place) =>
    some.length === 0 ? [] : [`[[ $place == ${place} ]] && words='${some.join(' ')}'; `],
  )
  return `    ${name}) options='${options.flatMap(names).join(' ')}'; ${places.join('')};;`.replace(
    '; ;;',
    ' ;;',
  )
}

function valueCase(option: OptionEntry): readonly string[] {
  const { value } = option
  if (value === undefined) return []
  return [`    ${names(option).join('|')}) ${completing(value)}return ;;`]
}

function completing(value: NonNullable<OptionEntry['value']>): string {
  if (value === 'any') return ''
  if (typeof value === 'object') return `COMPREPLY=($(compgen -W '${value.join(' ')}' -- "$word")); `
  const kind = value === 'file' ? '-f' : '-d'
  return `compopt -o filenames 2>/dev/null; IFS=$'\\n'; COMPREPLY=($(compgen ${kind} -- "$word")); `
}

function names({ name, short }: OptionEntry): readonly string[] {
  return short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`]
}

function unique(all: readonly string[]): readonly string[] {
  return [...new Set(all)]
}
