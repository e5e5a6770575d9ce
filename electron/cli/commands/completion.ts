import type { CommandDescription } from '../arguments/command-description.ts'
import type { Language } from '../arguments/language.ts'
import { bashCompletion } from '../completion/bash-completion.ts'
import { commonEntries, completionEntries } from '../completion/completion-entry.ts'
import { fishCompletion } from '../completion/fish-completion.ts'
import { zshCompletion } from '../completion/zsh-completion.ts'
import type { Command } from './command.ts'

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

const whichShell = {
  en: 'Say for which shell: tranche completion bash, zsh or fish. For example: source <(tranche completion bash)',
  zh: '请说明用于哪种 shell：tranche completion bash、zsh 或 fish。例如：source <(tranche completion bash)',
}

export const completionCommand: Command = {
  name: 'completion',
  takes: ['bash|zsh|fish'],
  options: [],
  what: {
    en: 'Prints what makes a shell complete the commands and options of tranche: source <(tranche completion bash), or tranche completion fish | source.',
    zh: '输出让 shell 补全 tranche 命令和选项的脚本：source <(tranche completion bash)，或 tranche completion fish | source。',
  },
  problem: ({ rest: [shell] }) => (isShell(shell) ? undefined : { kind: 'of-command', text: whichShell }),
  print: ({ rest: [shell] }, commands, language) =>
    isShell(shell) ? completionFor(shell, commands, language) : '',
}

function completionFor(
  shell: keyof typeof shells,
  commands: readonly CommandDescription[],
  language: Language,
): string {
  return shells[shell](completionEntries(commands, language), commonEntries(language))
}

function isShell(word: string | undefined): word is keyof typeof shells {
  return word !== undefined && Object.hasOwn(shells, word)
}
