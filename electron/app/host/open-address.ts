import { win32 } from 'node:path'

export type Opener = {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly spawn: (program: string, args: readonly string[]) => void
}

/** With its folder where that is known: by its name alone Windows takes one that lies where we were started. */
export function openerOf({ platform, env }: Pick<Opener, 'platform' | 'env'>): string {
  if (platform === 'darwin') return '/usr/bin/open'
  return platform === 'win32' ? win32.join(env['SystemRoot'] || 'C:\\Windows', 'explorer.exe') : 'xdg-open'
}

/** A port that was opened here, and nothing else: whoever asks for another address is not obeyed. */
const own = /^http:\/\/127\.0\.0\.1:\d{1,5}\/$/

/** Shows a port of this machine in the person's own browser. The page itself opens no window anywhere. */
export function createAddressOpener(machine: Opener): (address: string) => void {
  return (address) => {
    if (own.test(address)) machine.spawn(openerOf(machine), [address])
  }
}
