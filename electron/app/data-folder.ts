import { join } from 'node:path'

/** Where settings are kept: the same for each host, so that a release started in one goes on in another. */
export function defaultDataFolder(machine: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homedir: string
}): string {
  const { env, homedir } = machine
  if (process.platform === 'win32') return join(env['APPDATA'] ?? homedir, 'Tranche')
  if (process.platform === 'darwin') return join(homedir, 'Library', 'Application Support', 'Tranche')
  return join(env['XDG_DATA_HOME'] ?? join(homedir, '.local', 'share'), 'tranche')
}
