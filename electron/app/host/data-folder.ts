import { posix, win32 } from 'node:path'

/**
 * Where settings are kept: the same for each host, so that a release started in one goes on in another. A variable that
 * is empty, or not absolute, counts as one that is not set: else the folder would be wherever somebody stands.
 */
export function defaultDataFolder(machine: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homedir: string
  readonly platform?: string
}): string {
  const { env, homedir, platform = process.platform } = machine
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix
  const given = (name: string, otherwise: string): string => {
    const path = env[name] ?? ''
    return isAbsolute(path) ? path : otherwise
  }
  if (platform === 'win32') return join(given('APPDATA', homedir), 'Tranche')
  if (platform === 'darwin') return join(homedir, 'Library', 'Application Support', 'Tranche')
  return join(given('XDG_DATA_HOME', join(homedir, '.local', 'share')), 'tranche')
}
