import type { CommandContext } from '../session/command-context.ts'

type At = Pick<CommandContext, 'options' | 'out'> & {
  readonly target: { readonly namespace: string; readonly service: string }
}

/** Says how to go on, as a command line that can be pasted. */
export function nextCommand(at: At, command: string, more: readonly string[] = []): void {
  const line = commandLine(at, at.target, [command, ...more])
  at.out.put({ kind: 'next', command: line }, [])
  // Never wrapped: it is there to be copied.
  at.out.aside([`  ${line}`])
}

export function commandLine(
  { options }: Pick<CommandContext, 'options'>,
  target: { readonly namespace: string; readonly service: string },
  words: readonly string[],
): string {
  const { kubeconfig, context, dataFolder, namespace } = options
  const given = [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(dataFolder === undefined ? [] : ['--data-folder', dataFolder]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
  ]
  return ['tranche', ...words, target.service, ...given].map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
