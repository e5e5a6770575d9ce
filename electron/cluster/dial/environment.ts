import { join } from 'node:path'
import type { ForeignFiles } from './foreign-files.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The variables of this machine by the names that are asked for. Windows knows them in any case, `Path` above all, and a
 * copy of its environment does not any more: the programs on PATH would be nowhere.
 */
export function namedVariables(env: Environment, platform: string): Environment {
  if (platform !== 'win32') return env
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]))
}

/**
 * Where kubectl looks for `.kube`. Under Windows that is where one is found, HOME before the others as in a shell of Git;
 * where there is none, the first folder that exists.
 */
export async function kubectlHome(
  machine: { readonly env: Environment; readonly platform: string; readonly homedir: string },
  files: ForeignFiles,
): Promise<string> {
  const { env, platform, homedir } = machine
  if (platform !== 'win32') return homedir
  const drive = env['HOMEDRIVE'] ?? ''
  const path = env['HOMEPATH'] ?? ''
  const home = env['HOME'] ?? ''
  const profile = env['USERPROFILE'] ?? ''
  const ofDrive = drive === '' || path === '' ? '' : `${drive}${path}`
  for (const one of [home, ofDrive, profile]) {
    if (one !== '' && (await files.look(join(one, '.kube', 'config'))).kind !== 'unread') return one
  }
  for (const one of [home, profile, ofDrive])
    if (one !== '' && (await files.look(one)).kind === 'folder') return one
  return homedir
}
