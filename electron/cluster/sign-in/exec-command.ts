import { createHash } from 'node:crypto'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { PluginConsent } from '../../../shared/model/plugin-consent.ts'
import type { ExecSpec } from '../dial/connection-spec.ts'
import { pluginWarnings } from './plugin-warnings.ts'
import { argumentsToAgreeTo } from '../dial/redact.ts'

declare const found: unique symbol
/** The absolute path of a program, and the only thing that is ever started: a bare name would be looked for once more. */
export type ProgramPath = string & { readonly [found]: true }

/** What a person agrees to is what runs. */
export type ExecCommand = PluginConsent & { readonly command: ProgramPath }

type Environment = Readonly<Record<string, string | undefined>>

/** What would be run. What is nowhere to be found is refused before anybody is asked to agree to it. */
export function execCommandOf(exec: ExecSpec, env: Environment): Reply<ExecCommand> {
  const command = findOnPath(exec.command, env)
  if (command === undefined) {
    const lookedIn = foldersOf(env).join(delimiter)
    const { command: written, installHint: hint } = exec
    return failed('plugin', { kind: 'plugin-not-found', command: written, lookedIn, hint })
  }
  // `cmd.exe` runs those, for which a line ends there, and with it the quotes around an argument.
  if (/\.(cmd|bat)$/i.test(command) && exec.args.some((argument) => /[\r\n]/.test(argument)))
    return failed('plugin', { kind: 'plugin-batch-file', command })
  const identity = JSON.stringify([command, exec.args, exec.env, exec.file])
  const variables = exec.env.map((one) => one.name)
  return ok({
    key: createHash('sha256').update(identity).digest('hex'),
    command,
    written: exec.command,
    // Secrets among them are hidden, and count for the key all the same.
    args: argumentsToAgreeTo(exec.args),
    env: variables,
    file: exec.file,
    warnings: pluginWarnings(command, variables),
  })
}

/**
 * The program that a name stands for. Only absolute folders count: a relative one depends on where we run. PATHEXT
 * is there on Windows only, where `az` is `az.cmd`, and what is called `az` beside it is for another system.
 */
export function findOnPath(command: string, env: Environment): ProgramPath | undefined {
  if (isAbsolute(command)) return command as ProgramPath
  // A path from nowhere: the text was pasted.
  if (/[/\\]/.test(command) || command === '') return undefined
  const listed = (env['PATHEXT'] ?? '').split(';').filter((ending) => ending !== '')
  const endings = listed.length > 0 && !command.includes('.') ? listed : ['', ...listed]
  return foldersOf(env)
    .flatMap((folder) => endings.map((ending) => join(folder, `${command}${ending}`) as ProgramPath))
    .find(isProgram)
}

function foldersOf(env: Environment): readonly string[] {
  return (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    // A folder may be entered, which is the same right.
    return statSync(path).isFile()
  } catch {
    return false
  }
}
