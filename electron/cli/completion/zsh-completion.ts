import type { CompletionEntry, OptionEntry } from './completion-entry.ts'

/** For zsh with `compinit`; as a file `_tranche` in `$fpath`, or sourced. */
export function zshCompletion(entries: readonly CompletionEntry[], common: readonly OptionEntry[]): string {
  return `#compdef tranche
_tranche() {
  local context state state_descr line
  typeset -A opt_args
  local -a common commands
  common=(
${common.map((one) => `    ${spec(one)}`).join('\n')}
  )
  commands=(
${entries.map(({ name, what }) => `    ${quoted(`${name}:${what.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _arguments -C $common '1: :->command' '*:: :->line' && return
  case $state in
    command) _describe command commands ;;
    line)
      case $words[1] in
${entries.map(commandCase).join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == _tranche ]]; then _tranche "$@"; else compdef _tranche tranche; fi
`
}

function commandCase({ name, words, options }: CompletionEntry): string {
  const places = words.map((some, place) =>
    quoted(`${place + 1}: :${some.length === 0 ? '' : `(${some.join(' ')})`}`),
  )
  return `        ${name}) _arguments $common ${[...options.map(spec), ...places].join(' ')} ;;`
}

function spec({ name, short, what, value }: OptionEntry): string {
  const about = `[${what.replace(/[[\]\\:]/g, '\\$&')}]${value === undefined ? '' : `: :${action(value)}`}`
  const long = value === undefined ? `--${name}` : `--${name}=`
  const list = quoted(about)
  return short === undefined
    ? `'*'${long}${list}`
    : `'*'{-${short}${value === undefined ? '' : '+'},${long}}${list}`
}

function action(value: NonNullable<OptionEntry['value']>): string {
  if (typeof value === 'object') return `(${value.join(' ')})`
  if (value === 'file') return '_files'
  return value === 'folder' ? '_files -/' : ''
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
