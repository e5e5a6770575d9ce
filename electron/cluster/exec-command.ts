import { createHash } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { ExecSpec } from './connection-spec.ts'

/** What a person has to agree to before a credential plugin runs. */
export type ExecCommand = {
  /** Changes with anything that changes what would be run. */
  readonly key: string
  /** The program as it was found on PATH; the bare name if it was not found. */
  readonly command: string
  readonly args: readonly string[]
  /** Names only: values may be secrets. */
  readonly env: readonly string[]
  readonly file: string
}

type Environment = Readonly<Record<string, string | undefined>>

export function execCommandOf(exec: ExecSpec, env: Environment): ExecCommand {
  const command = findOnPath(exec.command, env) ?? exec.command
  const identity = JSON.stringify([command, exec.args, exec.env, exec.file])
  return {
    key: createHash('sha256').update(identity).digest('hex'),
    command,
    args: exec.args,
    env: exec.env.map((one) => one.name),
    file: exec.file,
  }
}

/**
 * The executable that a name stands for. Only absolute folders count: a relative one depends on where we run. PATHEXT
 * is there on Windows only, where `az` is `az.cmd`.
 */
export function findOnPath(command: string, env: Environment): string | undefined {
  if (isAbsolute(command)) return command
  const endings = env['PATHEXT']?.split(';') ?? []
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .flatMap((folder) => ['', ...endings].map((ending) => join(folder, `${command}${ending}`)))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
