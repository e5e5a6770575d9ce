import { createHash } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { ConnectionSpec } from './connection-spec.ts'

/** What a person has to agree to before a credential plugin runs. */
export type ExecCommand = {
  /** Changes with anything that changes what would be run. */
  readonly key: string
  readonly command: string
  readonly args: readonly string[]
  /** Names only: values may be secrets. */
  readonly env: readonly string[]
  readonly file: string
}

export function execCommandOf(
  spec: ConnectionSpec,
  env: Readonly<Record<string, string | undefined>>,
): ExecCommand | undefined {
  if (spec.user.kind !== 'exec') return undefined
  const { exec } = spec.user
  const command = findOnPath(exec.command, env['PATH'] ?? '') ?? exec.command
  const identity = JSON.stringify([command, exec.args, exec.env, exec.file])
  return {
    key: createHash('sha256').update(identity).digest('hex'),
    command,
    args: exec.args,
    env: exec.env.map((one) => one.name),
    file: exec.file,
  }
}

function findOnPath(command: string, path: string): string | undefined {
  if (isAbsolute(command)) return command
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, command))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
